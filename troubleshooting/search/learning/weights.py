"""What choices are worth: they age, count only from enough readers, and move little. Pure.

A weight is in hundredths of a choice. It halves every ``HALF_LIFE`` days, and has no effect below
``ENOUGH``, which one reader cannot reach in a day (``views/searching/learning`` counts each once).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..fulltext.hits import ChosenEntry
from ..words.stemming import analyser

#: Days in which a choice comes to be worth half.
HALF_LIFE = 90
#: What an article opened, and one that solved the problem, adds.
OPENED, SOLVED = 100, 100
#: Below this weight choices change nothing.
ENOUGH = 300
#: What choices add at most to the value of an entry: less than a title that is the query.
MOST = 2.0
#: The least by which an entry stays behind one that quotes the query.
_BEHIND = 0.001
#: Words of a query that are noted; of more the query is nobody else's.
MOST_WORDS = 8


class ChoiceWeight(NamedTuple):
    """A row: ``weight`` as it was on ``day`` (a proleptic ordinal)."""

    article: int
    weight: int
    day: int


def key_of(language: str, words: Iterable[str]) -> str:
    """Return what two queries share that ask the same in a language: their terms by the alphabet.

    Empty where they say nothing, or so much that nobody else asks the same.
    """
    made = analyser(language)
    terms = sorted({made.term(one) for one in words if not made.is_stop(one)})
    telling = [one for one in terms if not made.is_filler(one.partition(":")[2])]
    return " ".join(telling)[:200] if len(telling) <= MOST_WORDS else ""


def aged(weight: float, days: float) -> float:
    """Return what a weight is worth so many days later; a clock that was set back adds nothing."""
    return float(weight * 0.5 ** (max(0.0, days) / HALF_LIFE))


def bonuses(choices: Collection[ChoiceWeight], today: int) -> dict[int, float]:
    """Return what articles gain by being chosen for one query: by their share, and by how often."""
    weights: dict[int, float] = {}
    for one in choices:
        now = aged(one.weight, today - one.day)
        weights[one.article] = weights.get(one.article, 0.0) + now
    total = sum(weights.values())
    return {
        article: MOST * weight / total * weight / (weight + ENOUGH)
        for article, weight in weights.items()
        if weight >= ENOUGH
    }


@dataclass(frozen=True, slots=True)
class Learned:
    """What articles gain for one query."""

    bonus: Mapping[int, float] = field(default_factory=dict)

    def ordered(self, entries: Sequence[ChosenEntry]) -> list[ChosenEntry]:
        """Return ``entries`` (best first) in the order of values with what they gain.

        None comes before an entry that quotes the query and stood before it.
        """
        if not any(one.article in self.bonus for one in entries):
            return list(entries)
        ceiling, valued = float("inf"), []
        for one in entries:
            gained = one.value + self.bonus.get(one.article, 0.0)
            value = (
                max(one.value, min(gained, ceiling - _BEHIND)) if one.tier == "text" else one.value
            )
            valued.append(replace(one, value=min(value, ceiling)))
            if one.tier != "text":
                ceiling = min(ceiling, one.value)
        return sorted(valued, key=lambda one: -one.value)
