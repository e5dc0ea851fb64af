"""The contract, continued: suggestions while typing, and whatever is typed instead of a query."""

from __future__ import annotations

import json

import pytest

from troubleshooting.access import Reader
from troubleshooting.models import SearchFacets
from troubleshooting.search import suggest
from troubleshooting.search.engine import SearchRequest

from ..conftest import ask, slugs

pytestmark = pytest.mark.django_db


class TestSuggestions:
    def seen(self):
        return SearchFacets.objects.visible_to(Reader.PUBLIC)

    def texts(self, typed: str, language: str = "fr") -> list[str]:
        return [one.text for one in suggest(self.seen(), typed, language)]

    def test_codes_by_their_beginning(self, base):
        assert self.texts("0x8007") == ["0x8007064C"]
        assert self.texts("8007") == ["0x8007064C"]
        assert "DeviceCapReached" in self.texts("devicec")
        assert "DeviceCapReached" in self.texts("CapRea")

    def test_messages_and_titles_by_a_word_begun(self, base):
        assert "Portail d’entreprise temporairement indisponible" in self.texts("portail temp")
        assert "Autorité de gestion non définie" in self.texts("autorite de ges")
        assert "Échec de l’installation du profil" in self.texts("l’instal")

    def test_each_text_once_and_the_readers_language_first(self, base):
        found = self.texts("échec")
        assert len(found) == len(set(found)) == 1

    @pytest.mark.parametrize("typed", ["", "a", "%", "__", "0x%", "\x00", "'\"*", "é" * 5000, "\\"])
    def test_nothing_typed_is_an_error(self, base, typed):
        assert suggest(self.seen(), typed, "fr") == []


BAD = (
    *("", " ", "\x00", "\x00" * 50, '"', "'", "*", "(", ")", "\\", "%s", "%", "_", "^x", "-x"),
    *("a*", "NEAR(", "NEAR(a b)", "a AND", "OR", "NOT x", "col:x", "{title} : x"),
    *(
        "'; DROP TABLE x; --",
        "😀",
        "😀 😀",
        "\u202eabc\u202c",
        "\u200f",
        "مرحبا",
        "你好",
        "\ud800",
        "&<>\"'",
    ),
    *("\r", "\u2028", "ﬁ", "İ", "a" * 500, "é" * 499, "0x" + "f" * 400, "-" * 400, "1 " * 200),
)


class TestBadInput:
    @pytest.mark.parametrize("text", BAD)
    @pytest.mark.parametrize("language", ["fr", "en", "de"])
    def test_there_is_an_answer(self, base, text, language):
        result = ask(text, language)
        assert result.total >= len(result.hits) == 0 or result.hits
        json.dumps(result.to_json())

    def test_markup_in_texts_and_queries_is_escaped(self, base):
        base(
            "xss",
            [],
            {"fr": {"title": "Balise", "problem": "<script>alert(1)</script> balise & co"}},
        )
        hit = ask("balise <script>").hits[0]
        assert "<script>" not in hit.snippet
        assert "&lt;<mark>script</mark>&gt;" in hit.snippet

    def test_a_megabyte_is_cut_and_said_so(self, base):
        result = ask("mot 0x8007064C\n" * 70_000)
        assert result.notices == ["cut"]
        assert slugs(result) == ["device-cap"]

    def test_terms_are_capped(self, base):
        assert ask(" ".join(f"mot{number}" for number in range(5000))).kind == "log"
        result = ask(" ".join(f"p{n}" for n in range(120)))
        assert (result.hits, result.notices, result.words_searched) == ([], ["terms_capped"], 48)
        ticket = ask("un\n" + " ".join(f"mot{n}" for n in range(60)))
        assert (ticket.notices, ticket.words_searched) == (["terms_capped"], 48)
        assert ask("portail indisponible").notices == []

    def test_an_offset_beyond_the_end_is_the_beginning(self, base):
        result = ask("profil", offset=1000)
        assert (result.hits, result.offset) == (ask("profil").hits, 0)
        assert ask("profil", offset=1, limit=1).offset == 1


def test_the_request_has_sound_defaults():
    assert SearchRequest("x", "fr").limit == 20
