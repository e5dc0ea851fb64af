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

#: All terms of a text with spaces around each; no row of terms goes on from one part to the next.
_TERMS = (
    f"(' ' || t.title_terms || ' {BREAK} ' || t.key_terms || ' {BREAK} ' || t.body_terms || ' ')"
)


def condition(context: SearchContext, plans: Sequence[QueryPlan]) -> Condition | None:
    """Return what an entry meets in its language, by ``QueryPlan.conditions``; None for nothing.

    The same as ``Conditions.allow``.
    """
    if all(plan.conditions == ANY for plan in plans):
        return None
    each, parameters = [], []
    for plan in plans:
        wanted = _wanted(plan.conditions)
        holds = context.engine.holds(_TERMS)
        signs = ["" if is_there else "NOT " for _, is_there in wanted]
        each.append(" AND ".join(["e.language = %s", *(f"{sign}{holds}" for sign in signs)]))
        parameters += [plan.language, *(terms for terms, _ in wanted)]
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
