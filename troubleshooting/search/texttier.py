"""Full text: entries that hold all the words asked for, or else most of their weight.

Ranking inside the engine costs as much as there are matches, so it is asked for only where these
are few. For common words it ranks by titles and keys alone and tops up with a bounded walk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .backend import Match, listed
from .context import Context, marks
from .document import gram
from .plan import Plan
from .rerank import IS_MESSAGE, Scored, rerank
from .tables import GRAM, MESSAGE

#: Candidates whose terms are compared with the query.
RERANKED = 100
#: A term or query that more entries match is common, and its matches are not ranked one by one.
COMMON = 3000
#: Words of a query of which one may be left out when titles and messages are compared with it.
_FEWEST, _MOST = 3, 10
#: If more titles and messages hold all but one word, such words name nothing.
_NEAR = 1000
#: Entries that are walked for one word, and those that are looked at more closely, at most.
WALKED = 20_000
CHECKED = 200
#: The share of the query's weight that an entry must hold when none holds all of it.
QUORUM = 0.5
#: Fewer strict matches than this are topped up by those of the quorum.
FEW = 5
#: How far down the list a reader can page.
DEEPEST = 500


@dataclass(slots=True)
class Found:
    """The result of the text tier: the best entries, and all articles by combination.

    ``entries`` are all that match, where they are few enough to be listed.
    """

    best: list[Scored] = field(default_factory=list)
    counts: dict[int, int] = field(default_factory=dict)
    entries: set[int] = field(default_factory=set)

    @property
    def found(self) -> bool:
        """Whether anything was found."""
        return bool(self.counts)


def strict_match(plans: Sequence[Plan]) -> Match | None:
    """All words, in any language that knows them all."""
    conjunctions = tuple(c for plan in plans if (c := plan.conjunction()))
    return Match(conjunctions) if conjunctions else None


def find(context: Context, plans: Sequence[Plan], want: int, narrow: bool = False) -> Found:
    """The entries that answer ``plans``, the best ``want`` of them in order.

    ``narrow`` asks for all words, and for nothing if too many entries hold these.
    """
    match = strict_match(plans)
    counts = context.visible_counts(context.engine.facet_counts(match)) if match else {}
    total = sum(counts.values())
    most = min(max(RERANKED, want), DEEPEST)
    if total < FEW and not narrow:
        return _most_words(context, plans, match if total else None, most)
    if not total or (narrow and total > COMMON):
        return Found()
    best = rerank(context, plans, _strict(context, match, total, most, plans))
    if total > COMMON:
        return Found(best, counts)
    near = [] if narrow or _is_named(best) else _near(context, plans)
    if not near and not narrow:
        return Found(best, counts)
    entries = {*context.engine.walk(match, None, 2 * COMMON), *(one.entry for one in near)}
    counts = context.visible_counts(context.engine.facet_counts_of(entries))
    fresh = [one for one in near if one.entry not in {other.entry for other in best}]
    return Found(sorted([*best, *fresh], key=lambda one: -one.value), counts, entries)


def _most_words(context: Context, plans: Sequence[Plan], match: Match | None, most: int) -> Found:
    """The few entries that hold all words, and those that hold most of their weight."""
    strict = context.engine.walk(match, None, FEW * 10) if match else []
    held = quorum(context, plans)
    promising = [*strict, *sorted(held.keys() - set(strict), key=lambda e: (-held[e], e))]
    scored = rerank(context, plans, promising[:CHECKED], context.scope.visible)
    enough = [one for one in scored if one.score.coverage >= QUORUM or one.entry in strict]
    entries = {one.entry for one in enough}
    counts = context.visible_counts(context.engine.facet_counts_of(entries))
    shown = [one for one in enough if one.facets in context.scope.wanted]
    return Found(shown[:most], counts, entries)


def _strict(
    context: Context, match: Match, total: int, most: int, plans: Sequence[Plan]
) -> list[int]:
    """About ``most`` of the entries that hold all words, the most promising."""
    engine, sets = context.engine, _sets(context)
    named = _with_message(context, plans)
    if total <= COMMON:
        return list(dict.fromkeys([*named, *engine.ranked(match, sets, most)]))
    head = Match(match.any_of, head=True)
    in_head = engine.walk(head, sets, COMMON + 1)
    if len(in_head) <= COMMON:
        in_head = engine.ranked(head, sets, most)
    if len(in_head) < most:
        in_head += engine.walk(match, sets, most)
    return list(dict.fromkeys([*named, *in_head[:most]]))


def _with_message(context: Context, plans: Sequence[Plan]) -> list[int]:
    """Entries with a message of exactly the words asked; among thousands they could be missed."""
    surfaces = sorted({plan.surface for plan in plans if plan.conjunction()})
    checksums = [gram(surface.split()) for surface in surfaces if " " in surface]
    if not checksums:
        return []
    sql = (
        f"SELECT m.entry_id FROM {GRAM} g JOIN {MESSAGE} m ON m.id = g.message_id"
        f" WHERE g.gram IN {listed(checksums)} AND m.words IN {marks(surfaces)} LIMIT {RERANKED}"
    )
    return [row[0] for row in context.rows(sql, surfaces)]


def _is_named(best: Sequence[Scored]) -> bool:
    """Whether a title or message is nearly the query."""
    return any(max(one.score.message, one.score.title) >= IS_MESSAGE for one in best)


def _near(context: Context, plans: Sequence[Plan]) -> list[Scored]:
    """Entries whose title or message is nearly the query but for one word.

    A word in another form than the message has it, or corrected to the wrong word, must not
    hide the message behind texts that merely hold all the words somewhere. Mere keywords are not
    tried: they are no message, and titles that hold common words are many.
    """
    either = [
        tuple(slot.terms for slot in slots if slot is not left_out)
        for plan in plans
        for slots in [[slot for slot in plan.slots if slot.terms]]
        if plan.is_phrase and _FEWEST <= len(slots) <= _MOST
        for left_out in slots
    ]
    if not either:
        return []
    match = Match(tuple(either), head=True)
    if len(context.engine.walk(match, _sets(context), _NEAR + 1)) > _NEAR:
        return []
    entries = context.engine.ranked(match, _sets(context), RERANKED)
    scored = rerank(context, plans, entries)
    return [one for one in scored if max(one.score.message, one.score.title) >= IS_MESSAGE]


def _sets(context: Context) -> list[int] | None:
    """The combinations to ask the engine for; None when every entry may be shown."""
    return sorted(context.scope.wanted) if context.scope.is_narrowed else None


def quorum(context: Context, plans: Sequence[Plan]) -> dict[int, float]:
    """Entries that may hold enough of the query's weight, with the share they surely hold.

    Which of them do is for ``rerank`` to see: the commonest words are not looked up.
    """
    found: dict[int, float] = {}
    for plan in plans:
        slots = sorted((slot for slot in plan.slots if slot.terms), key=lambda one: -one.weight)
        needed = QUORUM * plan.weight
        left = sum(slot.weight for slot in slots)
        if left < needed:
            continue
        held: dict[int, float] = {}
        for slot in slots:
            if left < needed and slot.count > COMMON:
                break
            entries = context.engine.walk(Match(((slot.terms,),)), None, WALKED)
            # An entry that held none of the rarer words cannot make it with what is left.
            for entry in entries if left >= needed else held.keys() & set(entries):
                held[entry] = held.get(entry, 0.0) + slot.weight
            left -= slot.weight
        sure = {e: weight for e, weight in held.items() if weight + left >= needed}
        found.update({e: weight / plan.weight for e, weight in sure.items()})
    return found
