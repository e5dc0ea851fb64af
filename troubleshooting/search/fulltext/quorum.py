"""Entries that hold most of what a query says, where none or few hold all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from ..context import SearchContext
from ..engines.contract import Match, Select
from ..engines.tables import ENTRY, TEXT
from ..reading.plan import QueryPlan
from .conditions import condition

#: The share of the query's weight that an entry must hold when none holds all of it.
QUORUM = 0.25
#: Entries that are walked for one word at most. Once so many are for the rarest words together, the
#: commoner ones say too little to be walked as well; of a language that the query is hardly written
#: in fewer are, and fewer are looked at more closely.
_WALKED = 20_000
_ENOUGH, _ENOUGH_ABROAD = 3_000, 1_000
_CHECKED, _CHECKED_ABROAD = 40, 10
_STRICT = 20
#: A placeholder for a weight. With the same text for all weights a statement is prepared once.
_NUMBER = "CAST(%s AS DOUBLE PRECISION)"


def most_words(
    context: SearchContext, plans: Sequence[QueryPlan], match: Match | None
) -> Select | None:
    """Select entries that match all words, and those that may hold enough of the query's weight.

    Which of these do is for the ranking to see: the commonest words are not looked up. None if
    there can be no such entry.
    """
    best = max((plan.home for plan in plans), default=0.0)
    parts = [part for plan in plans if (part := _of_plan(context, plan, plan.is_near(best)))]
    if match:
        parts.append(context.engine.ids(match, context.visible_sets, _STRICT))
    if not parts:
        return None
    sql = " UNION ".join(f"SELECT id FROM ({part.sql}) p{n}" for n, part in enumerate(parts))
    return Select(sql, tuple(value for part in parts for value in part.parameters))


def _of_plan(context: SearchContext, plan: QueryPlan, is_near: bool) -> Select | None:
    words = _words(plan)
    needed = QUORUM * plan.weight
    left = sum(word.weight for word in words)
    enough, checked = (_ENOUGH, _CHECKED) if is_near else (_ENOUGH_ABROAD, _CHECKED_ABROAD)
    parts: list[tuple[_Word, Select]] = []
    walked = 0
    for word in words:
        # An entry that held none of the words before cannot make it with what is left.
        if left < needed or (len(parts) > 1 and walked + word.entries > enough):
            break
        walked += word.entries
        parts.append((word, context.engine.ids(Match(((word.terms,),)), None, _WALKED)))
        left -= word.weight
    if not parts:
        return None
    walks = " UNION ALL ".join(
        f"SELECT id, {_NUMBER} AS held FROM ({part.sql}) w{n}" for n, (_, part) in enumerate(parts)
    )
    grouped = (
        f"SELECT id, SUM(held) AS held FROM ({walks}) s GROUP BY id HAVING SUM(held) >= {_NUMBER}"
    )
    asked = [value for word, part in parts for value in (round(word.weight, 6), *part.parameters)]
    asked.append(round(needed - left - 1e-3, 6))
    source = f"({grouped}) g"
    if only := condition(context, [plan]):
        source += (
            f" JOIN {TEXT} t ON t.entry_id = g.id JOIN {ENTRY} e ON e.translation_id = g.id"
            f" WHERE {only.sql}"
        )
        asked += only.parameters
    return Select(
        f"SELECT g.id FROM {source} ORDER BY g.held DESC, g.id LIMIT {checked}", tuple(asked)
    )


class _Word(NamedTuple):
    """Terms any of which will do, and what they weigh in all the slots that ask for them.

    ``entries`` is how many hold the word itself.
    """

    terms: tuple[str, ...]
    weight: float
    entries: int


def _words(plan: QueryPlan) -> list[_Word]:
    """Return the words of ``plan``, the heaviest first, each once however often it was typed."""
    weights: dict[tuple[str, ...], float] = defaultdict(float)
    counts: dict[tuple[str, ...], int] = {}
    for slot in plan.slots:
        if slot.any_terms:
            weights[slot.any_terms] += slot.weight
            counts[slot.any_terms] = slot.count
    found = (_Word(terms, weight, counts[terms]) for terms, weight in weights.items())
    return sorted(found, key=lambda one: -one.weight)
