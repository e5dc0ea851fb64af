"""Full text: entries that hold all the words asked for, or else most of their weight.

Ranking inside the engine costs as much as there are matches, so it is asked for only where these
are few. For common words it ranks by titles and keys alone and tops up with a bounded walk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .backend import Match, listed
from .context import Context
from .plan import Plan, Slot
from .rerank import Scored, rerank
from .tables import ENTRY

#: Candidates whose terms are compared with the query.
RERANKED = 100
#: A term or query that more entries match is common, and its matches are not ranked one by one.
COMMON = 3000
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
    if narrow:
        if not 0 < total <= COMMON:
            return Found()
        entries = set(context.engine.walk(match, None, COMMON * 4))
        return Found(rerank(context, plans, _strict(context, match, total, most)), counts, entries)
    if total >= FEW:
        return Found(rerank(context, plans, _strict(context, match, total, most)), counts)
    strict = context.engine.walk(match, None, FEW * 10) if total else []
    held = quorum(context, plans)
    entries = held.keys() | set(strict)
    if not entries:
        return Found()
    promising = sorted(entries, key=lambda entry: (-held.get(entry, 2.0), entry))
    best = _in_scope(context, promising[:COMMON])[:most]
    counts = context.visible_counts(context.engine.facet_counts_of(entries))
    return Found(rerank(context, plans, best), counts, set(entries))


def _strict(context: Context, match: Match, total: int, most: int) -> list[int]:
    """At most ``most`` of the entries that hold all words, the most promising."""
    engine, sets = context.engine, _sets(context)
    if total <= COMMON:
        return engine.ranked(match, sets, most)
    head = Match(match.any_of, head=True)
    in_head = engine.walk(head, sets, COMMON + 1)
    if len(in_head) <= COMMON:
        in_head = engine.ranked(head, sets, most)
    if len(in_head) < most:
        in_head += engine.walk(match, sets, most)
    return list(dict.fromkeys(in_head))[:most]


def _sets(context: Context) -> list[int] | None:
    """The combinations to ask the engine for; None when every entry may be shown."""
    return sorted(context.scope.wanted) if context.scope.is_narrowed else None


def quorum(context: Context, plans: Sequence[Plan]) -> dict[int, float]:
    """Entries that hold enough of the query's weight in words that are not common.

    Common words decide nothing; entries that only share those are no answer.
    """
    found: dict[int, float] = {}
    for plan in plans:
        rare = [slot for slot in plan.slots if slot.terms and slot.count <= COMMON]
        needed = QUORUM * plan.weight
        if not rare or sum(slot.weight for slot in rare) < needed:
            continue
        held = _held(context, sorted(rare, key=lambda slot: -slot.weight), needed)
        found.update({e: weight / plan.weight for e, weight in held.items() if weight >= needed})
    return found


def _held(context: Context, slots: Sequence[Slot], needed: float) -> dict[int, float]:
    """Entries with the weight of ``slots`` they hold, if that can still be what is ``needed``.

    The rarest words come first. Once those that are left weigh less than what is needed, an
    entry that held none of the former cannot make it.
    """
    held: dict[int, float] = {}
    left = sum(slot.weight for slot in slots)
    for slot in slots:
        entries = context.engine.walk(Match(((slot.terms,),)), None, COMMON)
        for entry in entries if left >= needed else held.keys() & set(entries):
            held[entry] = held.get(entry, 0.0) + slot.weight
        left -= slot.weight
    return held


def _in_scope(context: Context, entries: Sequence[int]) -> list[int]:
    """Those of ``entries`` that may be shown, in their order."""
    sql = f"SELECT translation_id FROM {ENTRY} WHERE translation_id IN {listed(entries)}"
    shown = {row[0] for row in context.rows(f"{sql} AND facets_id IN {context.wanted}")}
    return [entry for entry in entries if entry in shown]
