"""Entries that hold most of what a query says, where none or few hold all of it."""

from __future__ import annotations

from collections.abc import Sequence

from ..context import Context
from ..engines.contract import Match, Select
from ..reading.plan import Plan, Slot

#: The share of the query's weight that an entry must hold when none holds all of it.
QUORUM = 0.25
#: Words that more entries hold are not looked up once the rarer ones decide.
_COMMON = 3000
#: Entries that are walked for one word, and those that are looked at more closely, at most; of a
#: language that the query is hardly written in the latter are few.
_WALKED = 20_000
_CHECKED, _CHECKED_ABROAD = 100, 25
_STRICT = 50
#: A placeholder for a weight. With the same text for all weights a statement is prepared once.
_NUMBER = "CAST(%s AS DOUBLE PRECISION)"


def most_words(context: Context, plans: Sequence[Plan], match: Match | None) -> Select | None:
    """Entries that match all words, and those that may hold enough of the query's weight.

    Which of these do is for the ranking to see: the commonest words are not looked up. None if
    there can be no such entry.
    """
    best = max((plan.home for plan in plans), default=0.0)
    parts = [
        part
        for plan in plans
        if (part := _of_plan(context, plan, _CHECKED if plan.is_near(best) else _CHECKED_ABROAD))
    ]
    if match:
        parts.append(context.engine.ids(match, context.visible_sets, _STRICT))
    if not parts:
        return None
    sql = " UNION ".join(f"SELECT id FROM ({part.sql}) p{n}" for n, part in enumerate(parts))
    return Select(sql, tuple(value for part in parts for value in part.parameters))


def _of_plan(context: Context, plan: Plan, checked: int) -> Select | None:
    slots = sorted((slot for slot in plan.slots if slot.any_terms), key=lambda one: -one.weight)
    needed = QUORUM * plan.weight
    left = sum(slot.weight for slot in slots)
    if left < needed or not slots:
        return None
    parts: list[tuple[Slot, Select]] = []
    for number, slot in enumerate(slots):
        if left < needed and slot.count > _COMMON:
            break
        # An entry that held none of the rarer words cannot make it with what is left.
        rarer = () if left >= needed else tuple(t for one in slots[:number] for t in one.any_terms)
        match = Match(((slot.any_terms, rarer) if rarer else (slot.any_terms,),))
        parts.append((slot, context.engine.ids(match, None, _WALKED)))
        left -= slot.weight
    walks = " UNION ALL ".join(
        f"SELECT id, {_NUMBER} AS held FROM ({part.sql}) w{n}" for n, (_, part) in enumerate(parts)
    )
    sql = (
        f"SELECT id FROM ({walks}) s GROUP BY id HAVING SUM(held) >= {_NUMBER}"
        f" ORDER BY SUM(held) DESC, id LIMIT {checked}"
    )
    asked = (value for slot, part in parts for value in (round(slot.weight, 6), *part.parameters))
    return Select(sql, (*asked, round(needed - left - 1e-3, 6)))
