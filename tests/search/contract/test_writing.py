"""The contract, continued: the index follows what is written, and so do remembered numbers."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from troubleshooting.models import Article, ArticleTranslation, SearchEntry
from troubleshooting.search import remove_entry, write_entry
from troubleshooting.search.engines import ddl, tables
from troubleshooting.search.index.verifying import differences
from troubleshooting.search.index.writing import rebuild
from troubleshooting.search.words.frequencies import ALL, frequencies

from ..conftest import add, ask, document, slugs

pytestmark = pytest.mark.django_db


class TestWriting:
    def test_a_rollback_takes_the_entry_back(self, base):
        with transaction.atomic():
            add("gone", [], {"fr": {"title": "Éphémère", "codes": ["0x80BB0001"]}})
            assert slugs(ask("éphémère")) == ["gone"]
            transaction.set_rollback(True)
        assert ask("éphémère").total == 0
        assert ask("0x80BB0001").total == 0

    def test_writing_again_replaces(self, base):
        text = ArticleTranslation.objects.get(article__slug="profile-ios")
        write_entry(connection, document(text, problem="Le trombone.", codes=["0x80CC0001"]))
        assert slugs(ask("trombone")) == ["profile-ios"]
        assert ask("0x80CF0440").total == 0
        assert slugs(ask("0x80CC0001")) == ["profile-ios"]
        assert slugs(ask("échec de l’installation du profil")) == ["profile-android"]

    def test_deleting_a_text_or_an_article_takes_it_out(self, base):
        ArticleTranslation.objects.get(article__slug="device-cap", language="fr").delete()
        hit = ask("0x8007064C").hits[0]
        assert (hit.language, hit.languages) == ("en", ("en",))
        assert [v.value for v in ask("0x8007064C").facets["language"]] == ["en"]
        Article.objects.get(slug="device-cap").delete()
        assert ask("0x8007064C").total == 0
        assert ddl.full_text_is_intact(connection)

    def test_removing_an_entry(self, base):
        remove_entry(connection, SearchEntry.objects.get(article__slug="authority").pk)
        assert ask("autorité de gestion").total == 0

    def test_a_rebuild_gives_the_same(self, base):
        documents = [
            document(text, problem=f"{text.article.slug} {text.language}", codes=["0x8007064C"])
            for text in ArticleTranslation.objects.select_related("article")
        ]
        for one in documents:
            write_entry(connection, one)
        before = ask("0x8007064C"), ask("device cap")
        assert rebuild(connection, documents) == len(documents)
        after = ask("0x8007064C"), ask("device cap")
        assert [(r.hits, r.total, r.facets) for r in after] == [
            (r.hits, r.total, r.facets) for r in before
        ]
        assert before[0].total == 5
        assert list(differences(connection, documents)) == []

    def test_texts_with_control_characters_are_stored(self, base):
        add("nul", [], {"fr": {"title": "Trouble", "messages": ["a\x00b c d"], "cause": "\x00x"}})
        assert slugs(ask("trouble")) == ["nul"]


class TestRememberedNumbers:
    """Numbers of entries by term are remembered, but not beyond what they are good for."""

    def remembered(self) -> dict[str, int]:
        (kept,) = frequencies.values()
        return kept._counts

    def test_a_base_that_grows_quickly_counts_anew(self, base):
        ask("profil")
        term, before = self.remembered()["fr:profil"], self.remembered()[ALL]
        base("another-profile", [], {"fr": {"title": "Profil absent", "problem": "Profil ?"}})
        ask("profil")
        now = self.remembered()
        assert (now["fr:profil"], now[ALL]) == (term + 1, before + 1)

    def test_a_base_that_hardly_changed_does_not(self, base):
        for number in range(20):
            base(f"filling-{number}", [], {"fr": {"title": f"Titre {number}"}})
        ask("profil")
        before = dict(self.remembered())
        base("another-profile", [], {"fr": {"title": "Profil absent", "problem": "Profil ?"}})
        ask("profil")
        assert self.remembered()["fr:profil"] == before["fr:profil"]

    def test_the_number_of_all_is_counted_only_after_a_change(self, base):
        ask("profil")
        with CaptureQueriesContext(connection) as queries:
            ask("profil")
        counted = f"FROM {tables.ENTRY}) q"
        assert not any(counted in one["sql"] for one in queries.captured_queries)
