"""Nothing tells of an article that a reader may not see, on every database of the tests."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from troubleshooting.access import Reader
from troubleshooting.models import Article, Platform, SearchFacets
from troubleshooting.search import suggest
from troubleshooting.search.engines.tables import TEXT
from troubleshooting.search.words import frequencies
from troubleshooting.search.words.stemming import analyser

from ..conftest import add, ask, slugs

pytestmark = pytest.mark.django_db


class TestVisibility:
    @pytest.fixture
    def secret(self, base):
        return base(
            "secret",
            [],
            {
                "fr": {
                    "title": "Zorglub confidentiel",
                    "messages": ["Le zorglub est à plumes sèches"],
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
            "confidentiel\nle zorglub est à plumes sèches",
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

    def told(self, text: str) -> dict[str, Any]:
        told = ask(text).to_json()
        seen = SearchFacets.objects.visible_to(Reader.PUBLIC)
        told["suggested"] = [one.text for one in suggest(seen, text, "fr")]
        return {name: value for name, value in told.items() if name != "elapsed_ms"}

    @pytest.mark.parametrize("large", [False, True])
    @pytest.mark.parametrize("held", ["imprimante", "badgeuse", "imprimante badgeuse"])
    @pytest.mark.parametrize(
        "text",
        ["imprimante badgeuse", "l’imprimante et la badgeuse refusent", "imprimente badgeuse",
         "imprimante badgeuse\nerreur inconnue", "une imprimante, le profil, une badgeuse"],
    )  # fmt: skip
    def test_drafts_make_no_word_common(self, base, staff, text, held, large, monkeypatch):
        """Words weigh by how rare they are: among texts that the reader may see.

        Whoever sees others, and searched before.
        """
        if large:
            monkeypatch.setattr(frequencies, "_LARGE", 0)
        for word in ("imprimante", "badgeuse"):
            add(word, [], {"fr": {"title": f"La {word} attend", "problem": f"La {word} attend."}})
        before = self.told(text)
        for number in range(20):
            title = f"Brouillon {number} : {held}"
            add(f"draft-{number}", [], {"fr": {"title": title}}, status="draft")
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {TEXT}")
        for forget in (False, True):
            if forget:
                frequencies.frequencies.clear()
                ask(text, user=staff)
            assert self.told(text) == before

    @pytest.mark.parametrize(
        ("text", "held"),
        [
            ("imprimante badjeuse", "badjeuse"),  # the very word
            ("imprimante badjuese", "badjeuse badjuse"),  # nearer than what is meant
            ("imprimantes bdgeuses", "bdgeuse bdgeus adgeuse"),
            ("imprim", "impri imprima imprimac imprimad imprimae imprimaf imprimag imprimah"),
            ("badgeurs", "badgeur badgeage badgeons"),  # of the same root
            ("imprimenta", "imprimentb imprimentc imprimentd imprimentf imprimentg imprimenth"),
            ("imprimante badge use", "badge use"),  # in pieces
            ("imprimante badg1use", "badgiuse badgluse"),  # misread in a screenshot
        ],
    )
    def test_drafts_explain_no_word(self, base, text, held):
        """A word that hidden texts alone hold corrects nothing, and hides no other."""
        for word in ("imprimante", "badgeuse"):
            add(word, [], {"fr": {"title": f"La {word} attend", "problem": f"La {word} attend."}})
        before = self.told(text)
        add("draft", [], {"fr": {"title": f"Brouillon : {held}"}}, status="draft")
        assert self.told(text) == before

    def test_a_sample_of_what_is_seen_tells_how_common_words_are(self, base, monkeypatch):
        """In a large base common words are not counted one by one, nor are hidden texts sampled."""
        monkeypatch.setattr(frequencies, "_LARGE", 0)
        monkeypatch.setattr(frequencies, "_TELLING", 3)
        for number in range(12):
            word = "imprimante" if number % 2 else "badgeuse"
            add(f"seen-{number}", [], {"fr": {"title": f"La {word} attend"}})
            add(f"draft-{number}", [], {"fr": {"title": "Trombone imprimante"}}, status="draft")
        ask("rien de tel")  # how large the base is
        ask("rien d’autre")
        (of_public,) = frequencies.frequencies.values()
        known, term = of_public.known(), analyser("fr").term
        assert known[term("imprimante")] == pytest.approx(6, abs=1)
        assert known[term("badgeuse")] == pytest.approx(6, abs=1)
        assert term("trombone") not in known

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
