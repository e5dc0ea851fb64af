"""The articles that editors pinned to a query, as hits for readers who may see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..context import SearchContext, marks
from ..engines.statements import RowQuery, Step
from ..engines.tables import ENTRY
from ..fulltext.conditions import which_meet
from ..fulltext.hits import ChosenEntry
from ..reading.interpretation import Interpretation
from ..words.folding import words

#: The tier of these hits; what a hit is worth there orders nothing.
TIER, VALUE = "pin", 20.0


class _Row(NamedTuple):
    entry: int
    article: int
    facets: int
    language: str


def find_pinned(context: SearchContext, reading: Interpretation) -> Step[list[ChosenEntry]]:
    """Return the pinned articles with the chosen facets, in the order of their entries.

    One that the reader may not see is not there, nor one that the query excludes.
    """
    codes = [one.canonical for code in reading.query.codes for one in code.readings] + [
        known.canonical for answer in reading.answers if answer.used for known in answer.known_codes
    ]
    said = words(reading.query.text)
    articles = context.own.pinned(context.vocabulary.languages, said, codes)
    if not articles:
        return []
    source = f"FROM {ENTRY} e WHERE e.facets_id IS NOT NULL AND e.article_id IN {marks(articles)}"
    columns = ("e.translation_id", "e.article_id", "e.facets_id", "e.language")
    question = RowQuery(_Row, columns, source, tuple(articles))
    yield [question]
    kept = yield from which_meet(context, reading.plans, {row.entry for row in question.rows})
    rows = [
        row for row in question.rows if row.facets in context.scope.wanted and row.entry in kept
    ]
    rows.sort(key=lambda row: (row.language != context.language, row.language))
    best = {row.article: row for row in reversed(rows)}
    return [
        ChosenEntry(row.entry, row.article, row.language, row.facets, TIER, "", VALUE)
        for row in map(best.get, articles)
        if row
    ]


def first(pinned: Sequence[ChosenEntry], entries: Sequence[ChosenEntry]) -> list[ChosenEntry]:
    """Return ``entries`` after the pinned articles; one that was found stays the hit that it is."""
    by_article = {one.article: one for one in reversed(entries)}
    before = [by_article.get(one.article, one) for one in pinned]
    chosen = {one.article for one in pinned}
    return [*before, *(one for one in entries if one.article not in chosen)]
