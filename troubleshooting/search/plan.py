"""The words of a query -> what to ask the index for, in each language.

A word becomes a slot: the terms any of which will do, and a weight by its rarity. Words that the
language does not know are corrected towards the words it does know, but only in languages that
the query may be written in: of a French message no English words are guessed.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from .backend import Conjunction
from .stemming import analyser
from .vocabulary import Vocabulary

#: A language in which the words of a query are so much less at home is not corrected in.
_AT_HOME = 0.2
#: Known words that an unknown one is taken for.
_NEAREST = 4
#: A word that no text holds says less of what is meant than a rare one: it may be a name.
_UNKNOWN = 0.7
#: Numbers of entries by term are remembered so long; they only weigh.
_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Slot:
    """A word of the query in one language.

    ``terms`` is empty for a word that the language does not know; ``count`` is the number of
    entries that hold one of them, ``corrected`` the known words it was taken for.
    """

    word: str
    terms: tuple[str, ...]
    count: int
    weight: float
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The slots of one language.

    ``sequence`` are the terms in the order asked, each as often as asked, joined by spaces, and
    ``surface`` all folded words, corrected; ``home`` is how much of the query is in words of the
    language, 0 to 1.
    """

    language: str
    slots: tuple[Slot, ...]
    sequence: str
    surface: str
    home: float

    @property
    def weight(self) -> float:
        """The weight of all slots together."""
        return sum(slot.weight for slot in self.slots)

    @property
    def is_phrase(self) -> bool:
        """Whether the query is more than keywords: it has stop words, or errors of typing."""
        return len(self.surface.split()) > len(self.sequence.split()) or any(
            slot.corrected for slot in self.slots
        )

    def of_known_words(self) -> Plan:
        """The same without the words that the language does not know."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.terms))

    def conjunction(self) -> Conjunction | None:
        """All words must be there; None if one of them cannot be."""
        if not self.slots or not all(slot.terms for slot in self.slots):
            return None
        return tuple(slot.terms for slot in self.slots)


class Frequencies:
    """How many entries hold a term, remembered for a while."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: dict[str, int] = {}
        self._until = 0.0

    def count(self, term: str, ask: Callable[[str], int]) -> int:
        """The number for ``term``; ``ask`` is called when it is not remembered."""
        now = self._clock()
        if now > self._until or len(self._counts) > 100_000:
            self._counts.clear()
            self._until = now + _SECONDS
        count = self._counts.get(term)
        if count is None:
            count = self._counts[term] = ask(term)
        return count


frequencies: dict[str, Frequencies] = defaultdict(Frequencies)


def rarity(count: int, total: int) -> float:
    """The weight of a word that ``count`` of ``total`` entries hold (as in BM25)."""
    return math.log(1 + (total - min(count, total) + 0.5) / (count + 0.5))


class Planner:
    """Makes the plans of one search.

    ``count`` tells how many entries hold a term, ``seen`` whether one that the reader may see
    does: a word is corrected only towards those.
    """

    def __init__(
        self,
        known: Vocabulary,
        count: Callable[[str], int],
        total: int,
        seen: Callable[[str], bool] = lambda term: True,
    ) -> None:
        self.known = known
        self.count = count
        self.total = max(total, 1)
        self.seen = seen

    def plans(self, words: Sequence[str], reader: str) -> list[Plan]:
        """A plan for each language, the one that the query is written in first."""
        homes = {language: self._home(language, words) for language in self.known.languages}
        best = max(homes.values(), default=0.0)
        plans = [
            self._plan(language, words, home, home >= best - _AT_HOME)
            for language, home in homes.items()
        ]
        return sorted(plans, key=lambda plan: (-plan.home, plan.language != reader))

    def _home(self, language: str, words: Sequence[str]) -> float:
        """The share of ``words`` that the language knows; stop words tell most."""
        stop, knows = analyser(language).stop_words, self.known.lists
        score = sum(2.0 if word in stop else float(knows(language, word)) for word in words)
        return score / max(1, sum(2.0 if word in stop else 1.0 for word in words))

    def _plan(self, language: str, words: Sequence[str], home: float, correct: bool) -> Plan:
        is_stop = analyser(language).is_stop
        content = [word for word in words if not is_stop(word)]
        slots = {word: self._slot(language, word, correct) for word in dict.fromkeys(content)}
        first = [slots[word].terms[0] if slots[word].terms else word for word in content]
        meant = [
            slots[word].corrected[0] if word in slots and slots[word].corrected else word
            for word in words
        ]
        return Plan(language, tuple(slots.values()), " ".join(first), " ".join(meant), home)

    def _slot(self, language: str, word: str, correct: bool) -> Slot:
        make = analyser(language).term
        known = self.known.knows(language, word)
        near = () if self.known.lists(language, word) or not correct else self._near(language, word)
        terms = tuple(dict.fromkeys([make(other) for other in ((word,) if known else ()) + near]))
        count = sum(map(self.count, terms))
        weight = rarity(count, self.total) * (1.0 if terms else _UNKNOWN)
        return Slot(word, terms, count, weight, () if known else near)

    def _near(self, language: str, word: str) -> tuple[str, ...]:
        """The words nearest to an unknown one; of equally near ones those that occur most."""
        make = analyser(language).term
        near = self.known.nearest(language, word)
        near.sort(key=lambda other: (other[0] != word[0], -self.count(make(other)), other))
        return tuple(other for other in near[:_NEAREST] if self.seen(make(other)))
