"""The words of a query -> what to ask the index for, in each language.

A word becomes a slot: the terms any of which will do, and a weight by its rarity. Words that the
language does not know are corrected towards the words it does know, but only in languages that
the query may be written in: of a French message no English words are guessed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import OSA

from ..engines.contract import Conjunction
from ..words.stemming import analyser
from ..words.vocabulary import Vocabulary

#: A language in which the words of a query are so much less at home is not corrected in.
_AT_HOME = 0.2
#: Known words that an unknown one is taken for.
_NEAREST = 4
#: The share of what a query says that an entry must hold to be an answer rather than a guess.
ENOUGH = 0.5
#: Letters of a word of which one may be wrong before nothing is left of the word.
_LETTERS = 4
#: A word that no text holds says less of what is meant than a rare one: it may be a name.
_UNKNOWN = 0.7


@dataclass(frozen=True, slots=True)
class Slot:
    """A word of the query in one language.

    ``terms`` is empty for a word that the language does not know; ``count`` is the number of
    entries that hold one of them, ``corrected`` the known words it was taken for. ``weight``
    orders; ``information`` is what the word says as it was typed, which is most if no text has it.
    """

    word: str
    terms: tuple[str, ...]
    count: int
    weight: float
    corrected: tuple[str, ...] = ()
    information: float = 0.0

    @property
    def evidence(self) -> float:
        """What it says for an entry that it holds the word, at most ``information``.

        One error in so many letters says nothing: of short words nearly any has a known neighbour.
        """
        if not self.corrected:
            return self.information
        errors = OSA.distance(self.word, self.corrected[0])
        return self.information * max(0.0, 1 - errors * _LETTERS / len(self.word))


@dataclass(frozen=True, slots=True)
class Plan:
    """The slots of one language.

    ``information`` is that of all words typed. ``sequence`` are the terms in the order asked, each
    as often as asked, joined by spaces, and ``surface`` all folded words, corrected; ``home`` is
    how much of the query is in words of the language, 0 to 1.
    """

    language: str
    slots: tuple[Slot, ...]
    sequence: str
    surface: str
    home: float
    information: float = 0.0

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

    def is_near(self, home: float) -> bool:
        """Whether the query may be written in this language, ``home`` being that of the best."""
        return self.home >= home - _AT_HOME

    def of_known_words(self) -> Plan:
        """The same without the words that the language does not know."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.terms))

    def is_answered(self, evidence: float) -> bool:
        """Whether an entry whose words say so much for it says half of what was asked for."""
        return evidence >= ENOUGH * self.information

    def conjunction(self) -> Conjunction | None:
        """All words must be there; None if one cannot be, or if too much of it is corrected."""
        if not self.slots or not all(slot.terms for slot in self.slots):
            return None
        if not self.is_answered(sum(slot.evidence for slot in self.slots)):
            return None
        return tuple(slot.terms for slot in self.slots)


def rarity(count: int, total: int) -> float:
    """The weight of a word that ``count`` of ``total`` entries hold (as in BM25)."""
    return math.log(1 + (total - min(count, total) + 0.5) / (count + 0.5))


@dataclass(slots=True)
class PlanDraft:
    """A plan before anything is known of its terms.

    ``near`` maps words that the language does not list to known words they may stand for.
    """

    language: str
    home: float
    near: dict[str, list[str]] = field(default_factory=dict)


class Planner:
    """Makes the plans of one search from the folded ``words`` of the query.

    ``without`` names corrections that the reader does not want (``correction_id``). What the
    plans need to know of terms is asked for in between: ``terms`` says of which.
    """

    def __init__(
        self, known: Vocabulary, words: Sequence[str], without: Collection[str] = ()
    ) -> None:
        self.known = known
        self.words = words
        homes = {language: self._home(language) for language in known.languages}
        best = max(homes.values(), default=0.0)
        self.drafts = [PlanDraft(language, home) for language, home in homes.items()]
        for draft in self.drafts:
            if draft.home >= best - _AT_HOME:
                self._draft(draft, without)

    def terms(self) -> set[str]:
        """The terms of which the plans need to know how many entries hold them, and whether the
        reader may see one of those: own words and corrections."""
        own = {
            analyser(draft.language).term(word)
            for draft in self.drafts
            for word in self.words
            if self.known.knows(draft.language, word)
        }
        near = {
            analyser(draft.language).term(other)
            for draft in self.drafts
            for listed in draft.near.values()
            for other in listed
        }
        return own | near

    def plans(
        self,
        reader: str,
        count: Callable[[str], int],
        total: int,
        seen: Callable[[str], bool] = lambda term: True,
    ) -> list[Plan]:
        """A plan for each language, the one that the query is written in first.

        ``count`` tells how many of ``total`` entries hold a term, ``seen`` whether one that the
        reader may see does: any other is unknown to this reader, whatever hidden texts say.
        """
        facts = _Facts(count, max(total, 1), seen)
        plans = [self._plan(draft, facts) for draft in self.drafts]
        return sorted(plans, key=lambda plan: (-plan.home, plan.language != reader))

    def _home(self, language: str) -> float:
        """The share of the words that the language knows; stop words tell most."""
        stop, knows = analyser(language).stop_words, self.known.lists
        score = sum(2.0 if word in stop else float(knows(language, word)) for word in self.words)
        return score / max(1, sum(2.0 if word in stop else 1.0 for word in self.words))

    def _draft(self, draft: PlanDraft, without: Collection[str]) -> None:
        """Note the nearest known words of those that the language does not know."""
        is_stop = analyser(draft.language).is_stop
        for word in dict.fromkeys(self.words):
            if not is_stop(word) and not self.known.lists(draft.language, word):
                near = self.known.nearest(draft.language, word)
                kept = [one for one in near if correction_id(word, one) not in without]
                if kept:
                    draft.near[word] = kept

    def _plan(self, draft: PlanDraft, facts: _Facts) -> Plan:
        is_stop = analyser(draft.language).is_stop
        content = [word for word in self.words if not is_stop(word)]
        slots = {word: self._slot(draft, word, facts) for word in dict.fromkeys(content)}
        first = [slots[word].terms[0] if slots[word].terms else word for word in content]
        meant = [
            slots[word].corrected[0] if word in slots and slots[word].corrected else word
            for word in self.words
        ]
        said = sum(slot.information for slot in slots.values())
        return Plan(
            draft.language,
            tuple(slots.values()),
            " ".join(first),
            " ".join(meant),
            draft.home,
            said,
        )

    def _slot(self, draft: PlanDraft, word: str, facts: _Facts) -> Slot:
        make = analyser(draft.language).term
        known = self.known.knows(draft.language, word) and facts.seen(make(word))
        near = _best(draft.near.get(word, ()), word, make, facts)
        terms = tuple(dict.fromkeys([make(other) for other in ((word,) if known else ()) + near]))
        count = sum(map(facts.count, terms))
        weight = rarity(count, facts.total) * (1.0 if terms else _UNKNOWN)
        said = weight if known else rarity(0, facts.total)
        return Slot(word, terms, count, weight, () if known else near, said)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the database knows of terms."""

    count: Callable[[str], int]
    total: int
    seen: Callable[[str], bool]


def _best(
    near: Sequence[str], word: str, make: Callable[[str], str], facts: _Facts
) -> tuple[str, ...]:
    """Of known words equally near to an unknown one those that occur most."""
    ordered = sorted(
        near, key=lambda other: (other[0] != word[0], -facts.count(make(other)), other)
    )
    return tuple(other for other in ordered[:_NEAREST] if facts.seen(make(other)))


def correction_id(word: str, other: str) -> str:
    """The name of a correction by which a reader can remove it."""
    return f"correction:{word}={other}"


def word_id(word: str) -> str:
    """The name of a word of the query by which a reader can remove it."""
    return f"word:{word}"
