"""How many entries hold a term, and whether the reader may see one: asked together, remembered.

Numbers are remembered for a while, since they only weigh. Whether a term may be seen is not.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from .asking import Question, Step
from .context import Context
from .tables import ENTRY

_SECONDS = 300
_MOST = 100_000
#: Terms of one search that are looked up; further ones are taken for unseen.
_ASKED = 1_500


class Frequencies:
    """Numbers of entries by term; the empty term stands for all entries."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: dict[str, int] = {}
        self._until = 0.0

    def unknown(self, terms: Collection[str]) -> set[str]:
        """Those of ``terms`` of which no number is remembered; forgets what is too old."""
        now = self._clock()
        if now > self._until or len(self._counts) > _MOST:
            self._counts = {}
            self._until = now + _SECONDS
        return {term for term in terms if term not in self._counts}

    def remember(self, term: str, count: int) -> None:
        """Note the number of entries that hold ``term``."""
        self._counts[term] = count

    def count(self, term: str) -> int:
        """The number of entries that hold ``term``; 0 where none is remembered."""
        return self._counts.get(term, 0)


frequencies: dict[str, Frequencies] = defaultdict(Frequencies)


@dataclass(slots=True)
class TermFacts:
    """What is known of the terms of one search once its questions are answered."""

    counts: Frequencies
    asked: Sequence[str] = ()
    all_are_seen: bool = True
    seen: Collection[str] = ()

    def is_seen(self, term: str) -> bool:
        """Whether an entry that the reader may see holds ``term``."""
        return self.all_are_seen or term in self.seen

    @property
    def total(self) -> int:
        """The number of all entries."""
        return self.counts.count("")


def facts_of(
    context: Context, terms: Collection[str], before: TermFacts | None = None
) -> Step[TermFacts]:
    """How many entries hold ``terms``, and which of them stand where the reader may see them.

    What was found out ``before`` is not asked again.
    """
    facts = TermFacts(frequencies[context.name], all_are_seen=not context.scope.hidden)
    unknown = facts.counts.unknown({"", *terms})
    needed = (unknown - {""}) | (set() if facts.all_are_seen else set(terms))
    if before and needed <= set(before.asked):
        return before
    facts.asked = sorted(needed)[:_ASKED]
    questions = []
    if facts.asked:
        questions.append(context.engine.term_facts(facts.asked, context.visible_sets))
    if "" in unknown:
        questions.append(Question(("COUNT(*)",), (), f"FROM {ENTRY}"))
    answers = yield questions
    if facts.asked:
        for place, count, _ in answers[0]:
            facts.counts.remember(facts.asked[place], count)
        facts.seen = {facts.asked[place] for place, _, seen in answers[0] if seen}
    if "" in unknown:
        facts.counts.remember("", answers[-1][0][0])
    return facts
