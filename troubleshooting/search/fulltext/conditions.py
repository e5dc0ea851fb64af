"""What a reader typed to narrow a search, as a condition on entries in SQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from ..context import SearchContext
from ..engines.contract import Condition
from ..engines.statements import RowQuery, Step
from ..engines.tables import ENTRY, TEXT
from ..index.document import BREAK
from ..reading.operators import ANY, Conditions
from ..reading.plan import QueryPlan


def _terms(table: str) -> str:
    """Return the SQL of all terms of a text with spaces around each.

    No row of terms goes on from one part to the next.
    """
    fields = (f"{table}.{name}" for name in ("title_terms", "key_terms", "body_terms"))
    joined = f" || ' {BREAK} ' || ".join(fields)
    return f"(' ' || {joined} || ' ')"


def condition(context: SearchContext, plans: Sequence[QueryPlan]) -> Condition | None:
    """Return what an entry meets in its language, by ``QueryPlan.conditions``; None for nothing.

    The same as ``Conditions.allow``, and an article that matched in another language than the
    reader's does not show there what was excluded.
    """
    if all(plan.conditions == ANY for plan in plans):
        return None
    each, parameters = [], []
    here, shown = (context.engine.holds(_terms(table)) for table in ("t", "x"))
    for plan in plans:
        wanted = _wanted(plan.conditions)
        parts = [
            "e.language = %s",
            *(here if is_there else f"NOT {here}" for _, is_there in wanted),
        ]
        parameters += [plan.language, *(terms for terms, _ in wanted)]
        if unseen := plan.conditions.unseen:
            parts.append(
                f"NOT EXISTS (SELECT 1 FROM {ENTRY} y"
                f" JOIN {TEXT} x ON x.entry_id = y.translation_id"
                " WHERE y.article_id = e.article_id AND y.language = %s"
                f" AND ({' OR '.join([shown] * len(unseen))}))"
            )
            parameters += [context.language, *unseen]
        each.append(" AND ".join(parts))
    return Condition(f"({' OR '.join(f'({one})' for one in each)})", tuple(parameters))


def _wanted(conditions: Conditions) -> list[tuple[str, bool]]:
    """Return the rows of terms, and whether they have to be there."""
    there = [(row, True) for row in conditions.phrases]
    return there + [(row, False) for row in conditions.excluded]


class _Entry(NamedTuple):
    entry: int


def which_meet(
    context: SearchContext, plans: Sequence[QueryPlan], entries: Collection[int]
) -> Step[Collection[int]]:
    """Return the ``entries`` (keys of translations) that every condition of ``plans`` allows.

    What is quoted has to be there, what is excluded must not (``QueryPlan.conditions``).
    """
    only = condition(context, plans)
    if only is None or not entries:
        return entries
    inside, parameters = context.engine.among("t.entry_id", sorted(entries))
    question = RowQuery(
        _Entry,
        ("t.entry_id",),
        f"FROM {TEXT} t JOIN {ENTRY} e ON e.translation_id = t.entry_id"
        f" WHERE {inside} AND {only.sql}",
        (*parameters, *only.parameters),
    )
    yield [question]
    return {row.entry for row in question.rows}
