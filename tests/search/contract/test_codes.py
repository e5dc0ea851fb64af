"""Codes find their article in every form, on every database that the tests run on."""

from __future__ import annotations

import pytest

from ..conftest import ask, slugs

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

    @pytest.mark.parametrize("text", ["1041c", "d1041c", "7d1041c"])
    def test_the_last_digits_are_compared_whatever_stands_before_them(self, base, text):
        base("digits", [], {"en": {"title": "Digits", "codes": ["0x87D1041C"]}})
        assert slugs(ask(text)) == ["digits"]

    @pytest.mark.parametrize("text", ["BTM 1O54", "BTM-1O54 on import", "btm 1054", "btm lO54"])
    def test_a_name_that_a_camera_read_in_two_words_is_that_name(self, base, text):
        base("map", [], {"en": {"title": "Map failure", "codes": ["BTM1054"]}})
        assert slugs(ask(text, "en")) == ["map"]

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

    @pytest.mark.parametrize("text", ["device cap reached", "mdm authority not defined"])
    def test_the_words_of_a_whole_name_are_read_as_that_name_alone(self, base, text):
        understood = ask(text, "en").understood
        (reading,) = [one for one in understood if one.what == "reading"]
        assert (reading.reading, reading.value.casefold()) == ("symbol", text.replace(" ", ""))
        assert [one for one in understood if one.what == "correction"] == []

    def test_a_code_that_is_typed_twice_is_read_once(self, base):
        understood = ask("0x8007064C retry 0x8007064C, then 8007064c", "en").understood
        assert [one.value for one in understood if one.what == "reading"] == ["0x8007064C"]

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

    @pytest.mark.parametrize(("near", "far"), [("61", "E12"), ("3E", "E12"), ("3E", "FFE")])
    def test_of_a_facility_the_nearest_number_comes_first(self, base, near, far):
        """None is one slip away from what was typed. Above it or below makes no difference."""
        base("far", [], {"en": {"title": "Far", "codes": [f"0x80180{far}"]}})
        base("near", [], {"en": {"title": "Near", "codes": [f"0x80180F{near}"]}})
        told = [one.slug for one in ask("0x80180F50", "en").guesses]
        assert told[:2] == ["near", "far"]

    @pytest.mark.parametrize(
        ("parts", "is_guess"),
        [
            ({"title": "Alert 42", "problem": "TLS1_ALERT_BAD_CERTIFICATE (42)"}, False),
            ({"title": "Flags", "codes": ["0x0000002A"], "problem": "CERT_FLAG 0x0000002A"}, False),
            ({"title": "Windows 11, error 42", "problem": "Alert 42 of the gateway"}, False),
            ({"title": "Setup ends", "problem": "The setup says Win32 error 42."}, True),
            ({"title": "Erreur 42", "problem": "Le programme dit 42 (Windows Installer)."}, True),
            ({"title": "Shares", "problem": "ERROR_NOT_FOUND_BY_ANYBODY, Windows error 42"}, True),
        ],
    )
    @pytest.mark.parametrize("text", ["0x8007002A", "-2147024854", "HRESULT_FROM_WIN32(42)"])
    def test_the_number_in_an_hresult_is_at_most_a_guess(self, base, text, parts, is_guess):
        base("number", [], {"en": {"codes": ["42"], **parts}})
        result = ask(text, "en")
        assert (slugs(result), result.understood[0].known) == ([], False)
        by_code = [one.why for one in result.guesses if one.tier == "code"]
        assert by_code == ["42", "0x8007064C"][not is_guess :]
        assert len({one.slug for one in result.guesses}) == len(result.guesses)

    def test_the_name_of_a_windows_error_documents_its_number(self, base):
        parts = {"title": "No such call", "codes": ["50"], "problem": "ERROR_NOT_SUPPORTED"}
        base("number", [], {"en": parts})
        assert ask("0x80070032", "en").guesses[0].slug == "number"

    def test_in_a_log_the_number_in_an_hresult_is_no_reason(self, base):
        base("alert", [], {"en": {"title": "TLS alert 50", "codes": ["50"]}})
        base("own", [], {"en": {"title": "Enrolment", "codes": ["0x80070032"]}})
        assert slugs(ask("10:01 failed hr=0x80070032\n10:02 exit", "en")) == ["own"]

    @pytest.mark.parametrize("text", ["322756", "198038", "2607496", "04032026", "0612345678"])
    def test_a_long_number_is_a_code_only_where_it_is_documented(self, base, text):
        base("cites", [], {"en": {"title": "A hotfix", "problem": f"Install KB{text} ({text})."}})
        result = ask(text, "en")
        assert [one.what for one in result.understood] == ["word"]
        assert slugs(result) == ["cites"]
        base("defines", [], {"en": {"title": "A code", "codes": [f"0x{text[-8:]:0>8}"]}})
        assert slugs(ask(text, "en"))[0] == ("cites" if len(text) > 8 else "defines")

    @pytest.mark.parametrize(
        "text",
        [
            "crash\ntime stamp: 0x8a1b2c3d\n",
            "crash\ntimestamp=0x8a1b2c3d\n",
            "E/err( 2314): gone\nI/err( 2314): up\n",
            '{"rc": 1}\n{"rc": 2}\n',
            "GET / status=200\nGET /a status=304\n",
        ],
    )
    def test_moments_processes_and_outcomes_of_a_log_are_no_codes(self, base, text):
        codes = ["2314", "1", "2", "200", "304"]
        base("other", [], {"en": {"title": "Other", "codes": codes}})
        result = ask(text, "en")
        assert (result.evidence, [one for one in result.hits if one.tier == "code"]) == ([], [])

    @pytest.mark.parametrize(
        "text",
        [
            "MainEngineThread is returning 1603",
            "MSI: MainEngineThread is returning 1603\n=== done ===",
            "process exited with 1603",
            "le programme a retourné 1603",
        ],
    )
    def test_what_a_program_returned_is_a_code(self, base, text):
        base("fatal", [], {"en": {"title": "Fatal error", "codes": ["1603"]}})
        assert slugs(ask(text, "en"))[:1] == ["fatal"]

    @pytest.mark.parametrize(
        ("text", "code"),
        [("AADSTS50O2O", "AADSTS50020"), ("aadsts5oo20", "AADSTS50020"), ("HCW8O34", "HCW8034")],
    )
    def test_letters_for_digits_of_a_name_are_read_where_it_is_documented(self, base, text, code):
        base("agent", [], {"en": {"title": "Hybrid", "codes": ["HCW8034"]}})
        read = [(one.value, one.note) for one in ask(text, "en").understood]
        assert read[0] == (code, "letters")
        assert ask(text.replace("5", "6").replace("8", "9"), "en").hits == []

    @pytest.mark.parametrize("text", ["Office 365", "iOS 12", "Windows 10 1612", "version 2738"])
    def test_a_number_beside_words_is_no_code(self, base, text):
        assert not [hit for hit in ask(text).hits if hit.tier == "code"]

    def test_words_beside_a_code_decide_between_its_articles(self, base):
        for slug in ("wifi", "mail"):
            parts = {"title": f"About {slug}", "codes": ["0x80072EE7"], "problem": f"{slug} down"}
            base(slug, [], {"en": parts})
        assert slugs(ask("mail 0x80072ee7", "en"))[0] == "mail"
        assert slugs(ask("wifi 0x80072ee7", "en"))[0] == "wifi"

    @pytest.mark.parametrize("text", ["7004", "erreur 7004", "Code : 7004"])
    def test_a_number_that_a_title_says_is_no_end_of_a_code(self, base, text):
        base("update", [], {"fr": {"title": "Échec de la mise à jour", "codes": ["0x80CF7004"]}})
        base("mail", [], {"fr": {"title": "7004 : certificat SMIME incorrect"}})
        found = ask(text)
        assert slugs(found) == ["mail"]
        assert "update" in [hit.slug for hit in found.guesses]

    def test_a_number_is_the_end_of_a_code_where_no_text_says_it(self, base):
        base("update", [], {"fr": {"title": "Échec de la mise à jour", "codes": ["0x80CF7004"]}})
        assert slugs(ask("7004")) == ["update"]
        assert slugs(ask("erreur 7004 mise à jour"))[0] == "update"

    @pytest.mark.parametrize(
        "text", ["zorglub erreur 1612", "erreur 1612 zorglub", "zorglub error 70440"]
    )
    def test_beside_a_word_that_nothing_is_about_it_is_a_guess(self, base, text):
        base("other", [], {"fr": {"title": "Autre chose", "codes": ["0x80070440"]}})
        found = ask(text)
        assert found.hits == []
        assert found.guesses

    def test_a_whole_code_beside_such_a_word_is_no_guess(self, base):
        assert slugs(ask("zorglub 0x8007064c"))[0] == "device-cap"
        assert slugs(ask("zorglub error 064c"))[0] == "device-cap"

    def test_an_exclusion_changes_nothing_of_that(self, base):
        found = ask("zorglub erreur 1612 -certificat")
        assert [hit.slug for hit in found.guesses] == ["device-cap"]
        assert "widened" not in found.notices

    def test_a_text_that_lacks_the_number_does_not_say_it(self, base):
        base("update", [], {"fr": {"title": "Échec de la mise à jour", "codes": ["0x80CF7004"]}})
        for n in range(3):
            base(f"mail-{n}", [], {"fr": {"title": f"7004 : certificat {n}"}})
        found = ask("erreur 7004 mise à jour")
        assert slugs(found)[0] == "update"
        assert "update" not in [hit.slug for hit in found.guesses]

    def test_an_undocumented_number_beside_it_changes_nothing_of_a_code(self, base):
        base("update", [], {"fr": {"title": "Échec de la mise à jour", "codes": ["0x80CF7004"]}})
        base("mail", [], {"fr": {"title": "Compte", "problem": "Le compteur montre 8812."}})
        assert slugs(ask("erreur 7004, erreur 8812"))[0] == "update"
