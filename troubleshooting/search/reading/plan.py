"""What to ask the index for in a language: a slot for each word of the query.

A slot holds the terms any of which will do, and a weight by the rarity of its word. ``planning``
makes the plans.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..engines.contract import Conjunction
from .operators import ANY, Conditions

#: A language in which the words of a query are so much less at home is not corrected in.
AT_HOME = 0.2
#: The share of what a query says that an entry must hold to be an answer rather than a guess.
ENOUGH = 0.5
#: The share that it must hold in words as they were typed: what is taken for a word of the base by
#: its letters alone is confirmed by the others, or is a guess.
CONFIRMED = 0.3
#: How surely a word means a related one (redémarrage, redémarrer) or a synonym.
RELATED = 0.8


@dataclass(frozen=True, slots=True)
class Slot:
    """A word of the query in one language.

    ``terms`` is empty for a word that the language does not know; ``count`` is the number of
    entries that hold one of them, ``corrected`` the known words it was taken for. ``weight``
    orders; ``information`` is what the word says as it was typed, which is most if no text has it,
    and ``certainty`` how surely the terms are what was meant, 0 to 1. ``alike`` are the terms of
    words that mean the same; they are asked for where few entries hold all the words themselves.
    ``own`` are the known words that mean the same by the editors' entries: their terms are among
    ``terms``. Of an expression whose words the language knows themselves ``spelt`` are the terms of
    these: what it means is then looked for besides, and need not be there. One that ``is_vague``
    names no problem, alone or with none but such words. Of one that ``is_translated``, a word of
    another language, the terms are what it is called in this one, and the word itself where texts
    hold it in the form typed. One that ``is_typed`` stands in texts but for number and gender, or
    is a slip of one that does: a word that merely has its stem, or means the same, may have nothing
    to do with it.
    """

    word: str
    terms: tuple[str, ...]
    count: int
    weight: float
    corrected: tuple[str, ...] = ()
    information: float = 0.0
    certainty: float = 1.0
    alike: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    spelt: tuple[str, ...] = ()
    is_vague: bool = False
    is_translated: bool = False
    is_typed: bool = True

    @property
    def any_terms(self) -> tuple[str, ...]:
        """Return the terms of the word and those of words that mean the same."""
        return self.terms + self.alike

    @property
    def evidence(self) -> float:
        """Return what it says for an entry that it holds the word, at most ``information``."""
        return self.information * self.certainty

    @property
    def names(self) -> bool:
        """Return whether its terms are of the very word and name a problem."""
        return self.is_typed and not self.is_vague and self.evidence > 0

    @property
    def is_sure(self) -> bool:
        """Return whether the terms are of the word that was typed, or of one of its root."""
        return not self.corrected or self.certainty >= RELATED


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """The slots of one language.

    ``information`` is that of all words typed. ``sequence`` are the terms in the order asked, each
    as often as asked, joined by spaces, and ``surface`` all folded words, corrected; ``home`` is
    how much of the query is in words of the language, 0 to 1. ``platforms`` are those it names;
    an entry has to meet the ``conditions``. ``meanings`` are words of the query with what editors
    say that they mean.
    """

    language: str
    slots: tuple[Slot, ...]
    sequence: str
    surface: str
    home: float
    information: float = 0.0
    platforms: frozenset[str] = frozenset()
    conditions: Conditions = ANY
    meanings: tuple[tuple[str, str], ...] = ()

    @property
    def weight(self) -> float:
        """Return the weight of all slots together."""
        return sum(slot.weight for slot in self.slots)

    @property
    def telling(self) -> list[Slot]:
        """Return the slots that say something, but for expressions whose words are there as well.

        What these mean says nothing more.
        """
        return [slot for slot in self.slots if slot.information and not slot.spelt]

    @property
    def is_phrase(self) -> bool:
        """Return whether the query is more than keywords: it has stop words, or slips of typing."""
        return len(self.surface.split()) > len(self.sequence.split()) or any(
            slot.corrected for slot in self.slots
        )

    def is_near(self, home: float) -> bool:
        """Return whether the query may be in this language, ``home`` being that of the best."""
        return self.home >= home - AT_HOME

    def without_phrases(self) -> QueryPlan:
        """Return the same with no exact phrase among its conditions."""
        return replace(self, conditions=replace(self.conditions, phrases=()))

    def of_known_words(self) -> QueryPlan:
        """Return the same without the words that the language does not know."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.any_terms))

    def is_answered(self, evidence: float) -> bool:
        """Return whether an entry whose words say so much for it says half of what was asked.

        ``evidence`` is in the unit of ``rarity``, as ``information`` is. Of a query that has
        nothing but greetings none does.
        """
        return evidence >= ENOUGH * self.information > 0

    def is_confirmed(self, evidence: float) -> bool:
        """Return whether words that are no corrections say enough for an entry.

        Where all are corrected there is nothing to confirm them by.
        """
        has_others = any(slot.is_sure and slot.evidence for slot in self.slots)
        return not has_others or evidence >= CONFIRMED * self.information

    def conjunction(self) -> Conjunction | None:
        """Return all words as a condition; None if one cannot be met, or too much is corrected.

        None as well where it is told what a word of another language is called in this one. That is
        one of several words, most of them common: texts that hold one for each word are too many.
        """
        asked = [slot.terms for slot in self.slots if not slot.spelt]
        if any(slot.is_translated for slot in self.slots):
            return None
        if not asked or not all(asked) or not any(slot.names for slot in self.slots):
            return None
        if not self.is_answered(sum(slot.evidence for slot in self.telling)):
            return None
        if not self.is_confirmed(sum(slot.evidence for slot in self.telling if slot.is_sure)):
            return None
        return tuple(asked)
