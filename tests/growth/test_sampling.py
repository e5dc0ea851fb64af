"""A sample of what is seen costs what it holds, not the square of what is seen."""

from __future__ import annotations

import json
from bisect import bisect_left

import pytest
from django.db import connection

from tests.growth.test_saves import of_sqlite
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    SearchEntry,
    SearchFacets,
    SearchText,
)
from troubleshooting.search.engines.contract import backend

pytestmark = pytest.mark.django_db
#: Combinations of facets, and the entries that are asked for.
COMBINATIONS, ASKED = 8, 20
#: Four times the entries have as many places, farther apart, and an index of a level more.
MOST = 1.5


@pytest.fixture
def combinations() -> list[int]:
    made = [SearchFacets(status="published", audience="public", members=json.dumps({"x": n}))
            for n in range(COMBINATIONS)]  # fmt: skip
    return sorted(one.pk for one in SearchFacets.objects.bulk_create(made))


def add(number: int, combinations: list[int]) -> None:
    """Add entries, each named by its key alone, by turns with one of the ``combinations``."""
    first = Article.objects.count()
    articles = Article.objects.bulk_create(
        Article(slug=f"s{one}", status="published") for one in range(first, first + number)
    )
    texts = ArticleTranslation.objects.bulk_create(
        ArticleTranslation(article=one, language="en", title=one.slug) for one in articles
    )
    entries = SearchEntry.objects.bulk_create(
        SearchEntry(translation=text, article=text.article, language="en") for text in texts
    )
    SearchText.objects.bulk_create(
        SearchText(entry=one, title="", title_terms=str(one.pk), passages="[]") for one in entries
    )
    for place, facets in enumerate(combinations):
        own = [one.pk for one in entries[place :: len(combinations)]]
        SearchEntry.objects.filter(pk__in=own).update(facets=facets)


def sampled(seen: list[int]) -> list[int]:
    """Return the keys of a sample of entries with the combinations ``seen``."""
    query = backend(connection).some_terms(frozenset(seen), ASKED)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {query.columns[0]} {query.source}", query.parameters)
        return sorted(int(terms) for (terms,) in cursor.fetchall())


@pytest.mark.parametrize("seen", [slice(8), slice(2, 3), slice(0, 8, 7), slice(5, 7), slice(0)])
def test_it_holds_the_first_entries_behind_even_distances(combinations: list[int], seen: slice):
    add(130, combinations)
    Article.objects.filter(slug__in=["s3", "s20", "s21", "s90"]).delete()
    sets = combinations[seen]
    keys = sorted(SearchEntry.objects.filter(facets__in=sets).values_list("pk", flat=True))
    step = 1 + (keys[-1] - keys[0]) // ASKED if keys else 1
    places = range(keys[0], keys[-1] + 1, step) if keys else ()
    assert sampled(sets) == sorted({keys[bisect_left(keys, place)] for place in places})


@pytest.mark.sqlite  # PostgreSQL knows how many rows there are, and may well read all texts once
def test_of_more_entries_it_costs_the_same(combinations: list[int]):
    add(400, combinations)
    few = of_sqlite(lambda: sampled(combinations))
    add(1200, combinations)
    assert few > 20
    assert of_sqlite(lambda: sampled(combinations)) <= MOST * few
