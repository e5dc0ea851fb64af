"""What the search promises, the same on every database that the tests run on."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from troubleshooting.access import Reader
from troubleshooting.models import Article, Platform, SearchFacets
from troubleshooting.search import suggest
from troubleshooting.search.engines.tables import TEXT
from troubleshooting.search.words import frequencies

from ..conftest import CAP_FR, ask, slugs

pytestmark = pytest.mark.django_db

CODE_FORMS = [
    ("0x8007064c", "device-cap"),
    ("8007064C", "device-cap"),
    ("hr=0x8007064C.", "device-cap"),
    ("-2147023284", "device-cap"),
    ("2147944012", "device-cap"),
    ("1612", "device-cap"),
    ("064c", "device-cap"),
    ("0x800706", "device-cap"),
    ("error 1612", "device-cap"),
    ("erreur 0x8007064C", "device-cap"),
    ("DeviceCapReached", "device-cap"),
    ("devicecapreached", "device-cap"),
    ("MdmAuthorityNot", "authority"),
    ("AuthorityNotDefined", "authority"),
    ("AADSTS50020", "license"),
    ("aadsts50020", "license"),
    ("5.7.124", "license"),
    ("240005", "license"),
    ("0x00240005", "license"),
    ("0xAB2", "license"),
    ("2738", "license"),
    ("0x80CF0440", "profile-ios"),
    ("80cf0440", "profile-ios"),
    ("ERROR_INSTALL_SOURCE_ABSENT", "device-cap"),
    ("error_install_source_absent", "device-cap"),
    ("INSTALL_SOURCE_ABSENT", "device-cap"),
    ("WU_S_REBOOT_REQUIRED", "license"),
    ("#8007064C", "device-cap"),
    ("0x8O07O64C", "device-cap"),
    ("8007-064C", "device-cap"),
    ("eight zero zero seven zero six four charlie", "device-cap"),
    ("7064c", "device-cap"),
    ("cf0440", "profile-ios"),
    ("ends in 0440", "profile-ios"),
    ("HRESULT_FROM_WIN32(1612)", "device-cap"),
    ("setup-0x8007064c.log", "device-cap"),
    ("https://help.example.org/?error=0x8007064c", "device-cap"),
    ("device cap reached", "device-cap"),
    ("Device-Cap Reached", "device-cap"),
    ('{"code":"DeviceCapReached"}', "device-cap"),
    ("DeviceCapReached/NoEnrollmentPolicy", "device-cap"),
    ("mdm authority not defined", "authority"),
    ("error install source absent", "device-cap"),
    ("Device Cap", "device-cap"),
    ("devicecap", "device-cap"),
    ("notdefined", "authority"),
    ("authority not defined", "authority"),
    ("DeviceCapReachd", "device-cap"),
    ("mdm autority not definned", "authority"),
    ("MdmAuthNotDefined", "authority"),
]
SLIPS = ["0x8007064D", "0x8007046C", "0x807064C", "0x8007064CC", "80070064C", "0x80O7064D"]


class TestCodes:
    @pytest.mark.parametrize(("text", "slug"), CODE_FORMS)
    def test_every_form_leads_to_the_article(self, base, text, slug):
        result = ask(text)
        assert slugs(result)[0] == slug
        assert result.hits[0].tier == "code"
        assert result.total == 1

    @pytest.mark.parametrize("text", SLIPS)
    def test_a_code_one_slip_away_is_offered_first(self, base, text):
        result = ask(text)
        assert slugs(result) == []
        assert (result.guesses[0].slug, result.guesses[0].why) == ("device-cap", "0x8007064C")

    @pytest.mark.parametrize("text", ["not defined", "problem", "cap reached"])
    def test_a_word_or_the_end_of_a_name_in_two_words_is_no_code(self, base, text):
        assert [one.what for one in ask(text).understood if one.what == "reading"] == []

    @pytest.mark.parametrize("text", ["cf9999 on my laptop", "log-0x80079999.txt", "error retry"])
    def test_what_only_the_base_could_tell_to_be_a_code_is_none_without_it(self, base, text):
        assert [one.what for one in ask(text).understood if one.what == "reading"] == []

    def test_the_words_of_a_name_are_searched_as_words_too(self, base):
        base("words", [], {"en": {"title": "Device cap reached on a kiosk"}})
        assert slugs(ask("device cap reached", "en")) == ["device-cap", "words"]

    def test_what_was_read_is_said_with_the_parts_of_an_hresult(self, base):
        (reading,) = ask("-2147023284").understood
        assert (reading.value, reading.note, reading.known) == ("0x8007064C", "signed", True)
        assert reading.details["hresult"]["facility_name"] == "WIN32"
        assert reading.details["hresult"]["win32"] == 1612

    def test_a_reading_can_be_removed(self, base):
        (reading,) = ask("1612").understood
        assert ask("1612", without=frozenset([reading.id])).hits == []

    def test_each_word_correction_and_message_can_be_removed(self, base):
        said = {one.value: one.id for one in ask("portail entreprse").understood}
        assert said == {
            "portail": "word:portail",
            "entreprse": "word:entreprse",
            "entreprise": "correction:entreprse=entreprise",
        }
        uncorrected = ask("portail entreprse", without=frozenset([said["entreprise"]]))
        assert [one.value for one in uncorrected.understood] == ["portail", "entreprse"]
        alone = ask("portail entreprse", without=frozenset([said["entreprse"]]))
        assert [one.value for one in alone.understood] == ["portail"]
        assert slugs(alone) == ["device-cap"]

    def test_a_message_of_a_pasted_text_can_be_removed(self, base):
        text = "note\nPortail d'entreprise temporairement indisponible\n0x80CF0440\n"
        found = ask(text)
        (message,) = [one for one in found.understood if one.what == "message"]
        without = ask(text, without=frozenset([message.id]))
        assert (slugs(found), slugs(without)) == (["profile-ios", "device-cap"], ["profile-ios"])
        assert [one.what for one in without.evidence] == ["code"]
        nothing = ask(text, without=frozenset(one.id for one in found.understood))
        assert (nothing.hits, nothing.evidence) == ([], [])

    def test_an_undocumented_sign_in_error_has_no_digits_to_slip_in(self, base):
        result = ask("AADSTS1126")
        assert (result.hits, result.understood[0].known) == ([], False)

    def test_an_undocumented_code_is_no_hit_but_has_guesses(self, base):
        result = ask("0x80180014")
        assert (result.hits, result.total) == ([], 0)
        assert [(hit.why, hit.guess) for hit in result.guesses] == [("0x80180018", True)]
        assert not result.understood[0].known

    def test_a_code_of_another_facility_with_the_same_low_word_is_a_guess(self, base):
        result = ask("0x8024064C")
        assert result.hits == []
        assert result.guesses[0].why == "0x8007064C"

    @pytest.mark.parametrize("text", ["Office 365", "iOS 12", "Windows 10 1612", "version 2738"])
    def test_a_number_beside_words_is_no_code(self, base, text):
        assert not [hit for hit in ask(text).hits if hit.tier == "code"]

    def test_words_beside_a_code_decide_between_its_articles(self, base):
        for slug in ("wifi", "mail"):
            parts = {"title": f"About {slug}", "codes": ["0x80072EE7"], "problem": f"{slug} down"}
            base(slug, [], {"en": parts})
        assert slugs(ask("mail 0x80072ee7", "en"))[0] == "mail"
        assert slugs(ask("wifi 0x80072ee7", "en"))[0] == "wifi"


class TestMessages:
    @pytest.mark.parametrize(
        "text",
        [
            "Portail d’entreprise temporairement indisponible",
            "portail d'entreprise temporairement indisponible",
            "PORTAIL ENTREPRISE TEMPORAIREMENT INDISPONIBLE",
            "portail entreprse temporairment indisponible",
            "portail indisponible",
            "portails entreprises temporairement indisponibles",
            "Company Portal Temporarily Unavailable",
            "compny portal temporarly unavailable",
        ],
    )
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_a_message_is_found_however_it_is_typed(self, base, text, language):
        assert slugs(ask(text, language))[0] == "device-cap"

    def test_a_hit_through_the_other_language_says_so(self, base):
        hit = ask("company portal temporarily unavailable", "fr").hits[0]
        assert (hit.language, hit.found_in) == ("fr", "en")
        assert hit.title == CAP_FR["title"]
        assert "<mark>Company</mark>" in hit.snippet

    def test_an_article_in_one_language_is_shown_in_it(self, base):
        hit = ask("assign license", "fr").hits[0]
        assert (hit.slug, hit.language, hit.found_in) == ("license", "en", "en")

    def test_an_apostrophe_is_no_operator(self, base):
        assert slugs(ask("l'autorité de gestion"))[0] == "authority"
        assert slugs(ask("d’l’autorite"))[0] == "authority"

    @pytest.mark.parametrize(
        ("text", "slug"),
        [
            ("certificat refusé sur son iPad", "b-ios"),
            ("certificat refusé android 14", "c-android"),
        ],
    )
    def test_of_two_alike_the_one_for_the_platform_named_comes_first(self, base, text, slug):
        for name in ("a-macos", "b-ios", "c-android"):
            base(name, [name[2:]], {"fr": {"title": "Certificat refusé"}})
        result = ask(text)
        found = [hit.slug for hit in [*result.hits, *result.guesses]]
        assert next(one for one in found if one[1] == "-") == slug

    def test_a_hit_leads_to_the_section_that_matched(self, base):
        hit = ask("retirer les appareils qui ne servent plus").hits[0]
        assert (hit.section, hit.anchor) == ("resolution", "resolution-1")
        assert hit.url.endswith("/articles/device-cap/#resolution-1")

    def test_nothing_is_better_than_something_else(self, base):
        result = ask("imprimante sans papier")
        assert (result.hits, result.total) == ([], 0)
        assert set(result.searched) == {"fr", "en"}

    @pytest.mark.parametrize(
        "text", ["profil xylophone", "indisponible quantique", "quantum devices"]
    )
    def test_less_than_half_of_what_was_asked_is_a_guess(self, base, text):
        result = ask(text)
        assert (result.hits, result.total, result.facets) == ([], 0, {})
        assert all(hit.guess for hit in result.guesses)

    def test_what_is_nearly_half_of_it_is_offered_as_a_guess(self, base):
        result = ask("profil refusé xylophone")
        assert (result.hits, result.total) == ([], 0)
        assert {hit.slug for hit in result.guesses} == {"profile-ios", "profile-android"}

    def test_a_short_word_is_not_taken_for_another(self, base):
        base("list", [], {"en": {"title": "Long list", "problem": "Make a long list of users."}})
        result = ask("bake", "en")
        assert result.hits == []
        assert [(hit.slug, hit.guess) for hit in result.guesses] == [("list", True)]

    @pytest.mark.parametrize("mark", "\u200e\u200f\u202a\u202e\u2066\u2069\u200b\u200d\ufeff\u00ad")
    def test_invisible_characters_do_not_matter(self, base, mark):
        assert slugs(ask(f"{mark}0x80{mark}07064c{mark}")) == ["device-cap"]
        assert slugs(ask(f"por{mark}tail indis{mark}ponible{mark}"))[0] == "device-cap"
        text = f"start\nhr={mark}0x8007{mark}064C{mark} failed, Device{mark}CapReached\n"
        found = [(one.value, text[one.start : one.end]) for one in ask(text).evidence]
        assert found == [
            ("0x8007064C", f"0x8007{mark}064C"),
            ("DeviceCapReached", f"Device{mark}CapReached"),
        ]

    def test_corrections_are_said(self, base):
        said = {
            (one.text, one.value)
            for one in ask("portail entreprse").understood
            if one.what == "correction"
        }
        assert said == {("entreprse", "entreprise")}

    def test_equal_messages_for_different_platforms_ask_which(self, base):
        result = ask("échec de l’installation du profil")
        assert {choice.value for choice in result.choices} == {"ios", "android"}
        chosen = ask("échec de l’installation du profil", filters={"platform": ["android"]})
        assert slugs(chosen)[0] == "profile-android"
        assert chosen.choices == []


class TestLogs:
    LOG = (
        "2026-01-05 12:00:01 [pid 4711] {6985F007-7D3E-EB44-AB68-49B5D7913E95} 10.0.0.1 start\n"
        "CONTOSO\\jdoe: enrolment failed, DeviceCapReached (0x8007064C)\n"
        "écran : Portail d'entreprise temporairement indisponible\n"
        "also 0x80180014 at 0x00007ffe12345678\n"
    )

    def test_the_evidence_is_where_it_says(self, base):
        result = ask(self.LOG)
        assert result.kind == "log"
        found = {(one.line, one.what, self.LOG[one.start : one.end], one.known): one.value
                 for one in result.evidence}  # fmt: skip
        assert found == {
            (2, "code", "DeviceCapReached", True): "DeviceCapReached",
            (2, "code", "0x8007064C", True): "0x8007064C",
            (3, "message", "Portail d'entreprise temporairement indisponible", True): (
                "Portail d’entreprise temporairement indisponible"
            ),
            (4, "code", "0x80180014", False): "0x80180014",
        }

    def test_a_code_is_known_in_every_spelling(self, base):
        result = ask("first 0x8007064C\nthen hr=0x8007064c and -2147023284\n")
        assert [(one.line, one.known) for one in result.evidence] == [
            (1, True), (2, True), (2, True),
        ]  # fmt: skip
        assert result.total == 1

    def test_the_card_says_why(self, base):
        (hit,) = ask(self.LOG).hits
        assert hit.slug == "device-cap"
        assert "2" in hit.why
        assert "DeviceCapReached" in hit.why

    def test_a_part_of_a_long_message_is_enough(self, base):
        message = "You can't sign in because your device is missing a required certificate."
        base("certificate", [], {"en": {"title": "Sign-in fails", "messages": [message]}})
        result = ask("agent note\nhe reads: your device is missing a required certificate\n", "en")
        assert slugs(result) == ["certificate"]
        assert result.hits[0].why == f"line 2: {message}"

    def test_a_ticket_without_codes_is_searched_for_its_words(self, base):
        result = ask("Bonjour,\nl’autorité de gestion ne serait pas définie ?\n")
        assert slugs(result)[:1] == ["authority"]

    def test_noise_alone_finds_nothing(self, base):
        result = ask("2026-01-05 12:00:01\n10.0.19041.1 AB-12\n{6985F007-7D3E-EB44-AB68-49B5D7}\n")
        assert result.hits == []
        assert result.evidence == []


class TestFacets:
    def test_counts_are_of_the_whole_result(self, base):
        result = ask("profil", limit=1)
        assert len(result.hits) == 1
        assert result.total == 2
        counts = {value.value: value.count for value in result.facets["platform"]}
        assert counts == {"ios": 1, "android": 1}

    def test_articles_for_all_platforms_show_for_each(self, base):
        result = ask("autorité gestion", filters={"platform": ["ios"]})
        assert slugs(result) == ["authority"]

    def test_no_value_leads_to_an_empty_page(self, base):
        for text in ("profil", "appareils", "0x8007064C", "license"):
            result = ask(text, "en")
            for name, values in result.facets.items():
                for value in values:
                    chosen = ask(text, "en", filters={name: [value.value]})
                    assert chosen.total == value.count > 0
                    assert len(chosen.hits) == value.count

    def test_values_of_one_facet_widen_and_facets_narrow(self, base):
        both = ask("profil", filters={"platform": ["ios", "android"]})
        assert both.total == 2
        one = ask("profil", filters={"platform": ["ios", "android"], "family": ["hex"]})
        assert slugs(one) == ["profile-ios"]

    def test_an_unknown_facet_or_value_is_no_error(self, base):
        assert ask("profil", filters={"colour": ["red"]}).total == 2
        assert ask("profil", filters={"platform": ["beos"]}).total == 0


class TestVisibility:
    @pytest.fixture
    def secret(self, base):
        return base(
            "secret",
            [],
            {
                "fr": {
                    "title": "Zorglub confidentiel",
                    "messages": ["Le zorglub est en panne sèche"],
                    "codes": ["0x80AA0001"],
                    "problem": "Zorglub.",
                }
            },
            status="draft",
        )

    @pytest.fixture
    def staff(self, db):
        return get_user_model().objects.create_superuser("editor")

    @pytest.mark.parametrize(
        "text",
        [
            "zorglub",
            "zorglup",
            "0x80AA0001",
            "80AA",
            "0x80AA",
            "confidentiel\nle zorglub est en panne sèche",
            "0x80AA0001\nagain",
            "0x80AA0002",
        ],
    )
    def test_a_draft_shows_nowhere(self, secret, staff, text):
        result = ask(text)
        told = json.dumps(result.to_json())
        assert (result.hits, result.guesses, result.total, result.facets) == ([], [], 0, {})
        assert "zorglub" in text or "zorglub" not in told.casefold()
        assert not any(one.known for one in [*result.understood, *result.evidence])
        assert ask(text, user=staff).hits or ask(text, user=staff).guesses

    def test_a_draft_is_not_suggested(self, secret):
        seen = SearchFacets.objects.visible_to(Reader.PUBLIC)
        for text in ("zorg", "le zorg", "0x80aa", "80aa", "confid"):
            assert suggest(seen, text, "fr") == []

    def test_staff_see_the_status_as_a_facet(self, secret, staff):
        assert "status" not in ask("profil").facets
        assert [v.value for v in ask("zorglub", user=staff).facets["status"]] == ["draft"]

    def test_a_change_by_query_counts_at_once(self, base):
        Article.objects.filter(slug="profile-ios").update(status="archived")
        assert slugs(ask("profil")) == ["profile-android"]
        assert ask("0x80CF0440").total == 0
        Article.objects.filter(slug="profile-ios").update(status="published", audience="staff")
        assert slugs(ask("profil")) == ["profile-android"]
        Article.objects.filter(slug="profile-ios").update(audience="public")
        assert ask("profil").total == 2

    @pytest.mark.parametrize("large", [False, True])
    def test_what_others_may_see_is_not_remembered(self, secret, staff, large, monkeypatch):
        """Nor what could be seen before, however the base is asked."""
        if large:
            monkeypatch.setattr(frequencies, "_LARGE", 0)
        for _ in range(2):
            assert ask("zorglub profil", user=staff).understood
            assert ask("zorglub", user=staff).hits
            assert ask("zorglub").to_json()["hits"] == ask("zorglub").to_json()["guesses"] == []
            assert ask("profil").total == 2
        Article.objects.filter(slug="secret").update(status="published")
        assert ask("zorglub").hits
        Article.objects.filter(slug="secret").update(status="draft")
        assert not ask("zorglub").hits

    def test_the_commonest_terms_weigh_the_same(self, base, monkeypatch):
        """PostgreSQL is asked for them at once; what is found stays what it was."""
        monkeypatch.setattr(frequencies, "_LARGE", 0)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {TEXT}")
        first, second = (ask("installation du profil") for _ in range(2))
        assert slugs(first) == slugs(second)
        assert [hit.score for hit in first.hits] == [hit.score for hit in second.hits]

    def test_platforms_follow_the_article(self, base):
        Article.objects.get(slug="profile-ios").platforms.clear()
        hit = ask("0x80CF0440").hits[0]
        assert hit.platforms == ("all",)
        windows, _ = Platform.objects.get_or_create(slug="windows", defaults={"name": "Windows"})
        Article.objects.get(slug="profile-ios").platforms.set([windows])
        assert ask("0x80CF0440").hits[0].platforms == ("windows",)
        links = Article.platforms.through.objects.filter(article__slug="profile-ios")
        links.update(platform=Platform.objects.get(slug="android"))
        assert ask("0x80CF0440").hits[0].platforms == ("android",)
