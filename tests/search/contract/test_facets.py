"""Facets count and narrow what was found, on every database that the tests run on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from troubleshooting.access import Reader
from troubleshooting.editing import save_translation
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    Platform,
    SearchFacets,
    SourceDocument,
)
from troubleshooting.search import browse
from troubleshooting.search.engines.ddl import delete_unused_facets
from troubleshooting.search.engines.tables import CONTENT, COUNTS_STATE, FACETS_STATE
from troubleshooting.search.facets import reading
from troubleshooting.search.result import FacetValue

from ..conftest import add, ask, slugs

pytestmark = pytest.mark.django_db


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


def state(row: int = FACETS_STATE) -> str:
    """Return the token that tells processes whether the combinations are those of before."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT token FROM {CONTENT} WHERE id = {row}")
        return str(cursor.fetchone()[0])


def counted(reader: Reader = Reader.PUBLIC) -> tuple[int, dict[str, list[FacetValue]]]:
    """Return how many articles a reader sees, and the values of each facet, with no choice."""
    browsed = browse(SearchFacets.objects.visible_to(reader), {})
    return browsed.total, {name: list(values) for name, values in browsed.facets.items()}


def visible_articles(reader: Reader) -> int:
    return Article.objects.visible_to(reader).with_text().count()


def write(problem: str) -> None:
    """Save an article as an editor does."""
    article, _ = Article.objects.get_or_create(slug="cap", status="published")
    texts = {"title": "Plafond atteint", "problem": problem}
    save_translation(article=article, language="fr", texts=texts, author=None, origin="editor")


def save_a_document() -> None:
    """Write a row again, as an import does that found nothing new."""
    SourceDocument.objects.get().save()


def hide() -> None:
    Article.objects.filter(slug="profile-ios").update(status="draft")


def widen() -> None:
    Article.objects.get(slug="profile-ios").platforms.set(Platform.objects.all())


def rename_a_platform() -> None:
    Platform.objects.filter(slug="ios").update(name="iPhone")


def move_a_platform() -> None:
    Platform.objects.filter(slug="ios").update(position=77)


def rename_a_document() -> None:
    SourceDocument.objects.update(title="Ascenseurs")


def delete() -> None:
    Article.objects.get(slug="profile-ios").delete()


def take_a_text() -> None:
    """Leave the article its other text: it is counted as before, but elsewhere."""
    ArticleTranslation.objects.filter(article__slug="device-cap", language="en").delete()


def write_an_article_like_another() -> None:
    """No combination is new, but one has more articles."""
    add(
        "license-2",
        [],
        {
            "en": {
                "title": "License",
                "codes": ["0x80180018", "0x00240005", "AADSTS50020", "5.7.124", "0xAB2"],
            }
        },
        kind="error",
    )


class TestState:
    """It stays over nearly every save: to read a large base's combinations takes a second."""

    @pytest.mark.parametrize(
        ("change", "is_renewed"),
        [
            (save_a_document, False),
            (move_a_platform, False),
            (hide, True),
            (widen, True),
            (rename_a_platform, True),
            (rename_a_document, True),
        ],
    )
    def test_it_is_another_only_where_a_facet_is(
        self, base, change: Callable[[], None], is_renewed: bool
    ):
        SourceDocument.objects.create(key="lifts", language="fr", title="Lifts", raw=b"")
        before = state()
        change()
        assert (state() != before) is is_renewed

    @pytest.mark.parametrize(
        ("change", "is_renewed"),
        [
            (save_a_document, False),
            (move_a_platform, False),
            (rename_a_platform, False),
            (hide, True),
            (widen, True),
            (delete, True),
            (take_a_text, True),
            (write_an_article_like_another, True),
        ],
    )
    def test_counts_are_those_of_before_only_where_they_are(
        self, base, change: Callable[[], None], is_renewed: bool
    ):
        SourceDocument.objects.create(key="lifts", language="fr", title="Lifts", raw=b"")
        counted()
        before = state(COUNTS_STATE)
        change()
        assert (state(COUNTS_STATE) != before) is is_renewed
        for visible in Reader:
            remembered = counted(visible)
            reading._counted.clear()
            assert counted(visible) == remembered
            assert remembered[0] == visible_articles(visible)

    def test_counts_stay_when_a_text_is_saved_that_changes_no_facet(self):
        write("Le journal montre `0x8007064C`.")
        before = state(COUNTS_STATE)
        write("Le journal montre `0x8007064D`, et rien d’autre.")
        assert state(COUNTS_STATE) == before

    def test_counts_that_are_known_are_not_read_again(self, base):
        counted()
        with CaptureQueriesContext(connection) as asked:
            counted()
        (query,) = asked
        with connection.cursor() as cursor:
            cursor.execute(query["sql"])
            # the states alone: of the articles, of the combinations
            assert len(cursor.fetchall()) == 2

    def test_it_stays_when_a_text_is_saved_that_changes_no_facet(self):
        write("Le journal montre `0x8007064C`.")
        before = state()
        write("Le journal montre `0x8007064D`, et rien d’autre.")
        assert state() == before
        write("Le journal ne montre aucun code.")  # so its family is another: none
        assert state() != before

    def test_what_is_renamed_is_found_by_its_name_at_once(self, base):
        ask("profil")
        rename_a_platform()
        names = {v.value: v.names for v in ask("profil").facets["platform"]}
        assert names["ios"][""] == "iPhone"


def known(reader: Reader) -> tuple[object, ...]:
    """Return all that a process knows of the combinations that ``reader`` may see."""
    browsed = browse(SearchFacets.objects.visible_to(reader), {})
    found = {one.combinations for one in reading._remembered.values()}
    (held,) = [one for one in found if one.ids == browsed.combinations] or [None]
    assert held
    values = {name: list(values) for name, values in browsed.facets.items()}
    return held.by_id, held.ids, held.names, held._having, held.offered, browsed.total, values


def change_an_address() -> None:
    """Every combination that is known is called otherwise."""
    Platform.objects.filter(slug="ios").update(slug="iphone")


def write_of_other_things() -> None:
    write("Le journal montre `0x8007064C`.")
    save_translation(
        article=Article.objects.get(slug="cap"), language="en", texts={"title": "Cap"},
        author=None, origin="editor",
    )  # fmt: skip


def forget_what_is_unused() -> None:
    hide()
    delete_unused_facets(connection)


def put_another_in_its_place() -> None:
    """As after a transaction that was rolled back: the keys are given out again."""
    for one in SearchFacets.objects.filter(members__contains='"kind":["error"]'):
        one.members = one.members.replace('"kind":["error"]', '"kind":["other"]')
        one.mark += 1
        one.save()
    SearchFacets.objects.create(status="draft", audience="staff", members="{}")


class TestRemembered:
    """Where combinations come in, they alone are read; what is known is as if all were."""

    @pytest.mark.parametrize("reader", Reader)
    @pytest.mark.parametrize(
        "change",
        [
            write_of_other_things,
            hide,
            widen,
            delete,
            rename_a_platform,
            change_an_address,
            forget_what_is_unused,
            put_another_in_its_place,
        ],
    )
    def test_it_is_what_would_be_read_anew(
        self, base, reader: Reader, change: Callable[[], None], monkeypatch
    ):
        monkeypatch.setattr(reading, "_remembered", {})
        known(reader)
        change()
        extended = known(reader)
        reading._remembered.clear()
        assert extended == known(reader)

    def test_only_what_is_new_is_read(self, base, monkeypatch):
        monkeypatch.setattr(reading, "_remembered", {})
        known(Reader.EDITOR)
        write_of_other_things()
        before, made = SearchFacets.objects.count(), []
        make = reading._facet_set
        monkeypatch.setattr(reading, "_facet_set", lambda *row: made.append(row[0]) or make(*row))
        known(Reader.EDITOR)
        assert 0 < len(made) < before

    def test_each_combination_has_a_mark_of_its_own(self, base):
        marks = set(SearchFacets.objects.values_list("mark", flat=True))
        assert len(marks) == SearchFacets.objects.count()
        assert all(0 <= mark < 2**32 for mark in marks)
