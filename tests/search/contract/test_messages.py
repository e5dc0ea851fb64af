"""Messages and words find their article, on every database that the tests run on."""

from __future__ import annotations

import pytest

from troubleshooting.search.words.folding import fold

from ..conftest import CAP_FR, ask, slugs

pytestmark = pytest.mark.django_db


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
            "P0rtail d'entrepri5e ternporairement indisp0nible",
            "C0mpany Porta1 Ternporari1y Unavai1able",
        ],
    )
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_a_message_is_found_however_it_is_typed(self, base, text, language):
        assert slugs(ask(text, language))[0] == "device-cap"

    def test_a_hit_through_the_other_language_says_so(self, base):
        hit = ask("company portal temporarily unavailable", "fr").hits[0]
        assert (hit.language, hit.found_in) == ("fr", "en")
        assert hit.title == CAP_FR["title"]
        assert (hit.snippet, hit.snippet_language) == (CAP_FR["problem"], "fr")
        assert "<mark>Company</mark> <mark>Portal</mark>" in hit.matched
        assert hit.url.endswith("/fr/articles/device-cap/#problem-1")

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

    @pytest.mark.parametrize(("answers", "are_guesses"), [(1, True), (2, True), (3, False)])
    def test_guesses_follow_where_answers_are_few(self, base, answers, are_guesses):
        for number in range(answers):
            base(f"answer-{number}", [], {"fr": {"title": "Imprimante bloquée, tiroir"}})
        base("partly", [], {"fr": {"title": "Imprimante neuve"}})
        result = ask("imprimante bloquée tiroir")
        assert len(result.hits) == answers
        assert [hit.slug for hit in result.guesses] == (["partly"] if are_guesses else [])

    @pytest.mark.parametrize(
        ("title", "text", "is_hit"),
        [
            ("Copie du registre", "restaurer registre sauvegarde xylophone", True),
            ("Machine refusée", "restaurer registre sauvegarde xylophone", False),
            ("Machine refusée", "restaurer registre sauvegarde", True),
        ],
    )
    def test_what_stands_in_no_title_must_hold_more(self, base, title, text, is_hit):
        problem = "Restaurez le registre, puis vérifiez la sauvegarde."
        base("backup", [], {"fr": {"title": title, "problem": problem}})
        result = ask(text)
        assert (slugs(result) == ["backup"]) is is_hit
        assert is_hit or [hit.slug for hit in result.guesses] == ["backup"]

    @pytest.mark.parametrize(
        ("problem", "text", "is_hit"),
        [
            ("L’imprimante est à restaurer.", "corbeille restaurer imprimante xylophone", False),
            ("Restaurez l’imprimante.", "corbeille restaurer imprimante xylophone", True),
            ("L’imprimante est à restaurer.", "corbeille restaurer imprimante", True),
        ],
    )
    def test_words_scattered_over_a_text_answer_only_what_they_nearly_all_say(
        self, base, problem, text, is_hit
    ):
        base("bin", [], {"fr": {"title": "Une corbeille pleine", "problem": problem}})
        result = ask(text)
        assert (slugs(result) == ["bin"]) is is_hit
        assert is_hit or [hit.slug for hit in result.guesses] == ["bin"]

    def test_a_correction_beside_what_every_text_says_is_a_guess(self, base):
        for number in range(12):
            base(
                f"account-{number}",
                [],
                {"fr": {"title": "Un compte", "problem": "Composez le compte."}},
            )
        result = ask("compoz compte")
        assert result.hits == []
        assert result.guesses
        assert ask("composez compte").hits

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

    @pytest.mark.parametrize(
        ("query", "language", "value"),
        [
            ("autorité de gestion non defnie", "fr", "définie"),  # in a title
            ("autorité de gestion non defnie", "en", "définie"),
            ("l’autorité de l’adminstrateur", "fr", "administrateur"),  # without the article
            ("imprimante & écran sinchronise", "fr", "synchronisé"),  # beside signs of markup
        ],
    )
    def test_a_correction_is_shown_as_texts_spell_it(self, base, query, language, value):
        text = {"title": "Imprimante", "problem": "Si <b> & Écran SYNCHRONISÉ : imprimante."}
        base("printer", [], {"fr": text})
        (said,) = [one for one in ask(query, language).understood if one.what == "correction"]
        assert said.value == value
        assert said.id.endswith(f"={fold(value)}")

    def test_equal_messages_for_different_platforms_ask_which(self, base):
        result = ask("échec de l’installation du profil")
        assert {choice.value for choice in result.choices} == {"ios", "android"}
        chosen = ask("échec de l’installation du profil", filters={"platform": ["android"]})
        assert slugs(chosen)[0] == "profile-android"
        assert chosen.choices == []
