"""Asks which articles are near to a query in meaning."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from ..context import SearchContext
from ..engines.statements import RowQuery, Step
from ..engines.tables import ENTRY
from ..fulltext.conditions import which_meet
from ..fulltext.hits import ChosenEntry
from ..reading.interpretation import Interpretation
from .loading import opened

#: The tier of what nothing but its meaning speaks for.
TIER = "meaning"
#: Articles that have a rank.
RANKED = 30


class _Row(NamedTuple):
    entry: int
    article: int
    facets: int
    language: str


def find_alike(context: SearchContext, reading: Interpretation) -> Step[list[ChosenEntry]]:
    """Return the articles near to a query, the nearest first; none without a model.

    Codes answer for themselves. ``value`` tells by how many standard deviations an article stands
    out from all that the reader may see.
    """
    model = None if reading.query.codes else opened()
    if model is None:
        return []
    (query,) = model.encode([reading.query.text])
    if not query.any():
        return []
    vectors = import_module(f"{__package__}.vectors")
    held = vectors.all_vectors(context, model)
    visible, wanted = context.scope.ids, context.scope.wanted
    near = vectors.nearest(held, query, visible, wanted, RANKED)
    if not near:
        return []
    these, entries = context.engine.among("e.translation_id", sorted(one.entry for one in near))
    columns = ("e.translation_id", "e.article_id", "e.facets_id", "e.language")
    question = RowQuery(_Row, columns, f"FROM {ENTRY} e WHERE {these}", tuple(entries))
    yield [question]
    kept = yield from which_meet(context, reading.plans, {row.entry for row in question.rows})
    rows = {row.entry: row for row in question.rows if row.entry in kept and row.facets in wanted}
    return [
        ChosenEntry(
            one.entry, one.article, rows[one.entry].language, rows[one.entry].facets,
            TIER, "", one.stands_out, guess=True,
        )
        for one in near
        if one.entry in rows
    ]  # fmt: skip
