"""Orders the best candidates by how well, and how closely together, they hold the query. Pure.

The engines find candidates by their terms; which of a hundred is the right one is decided here,
the same way on both databases. Every part of a score is between 0 and 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

from rapidfuzz import fuzz

from .document import BREAK
from .plan import Slot

#: What each part counts for.
COVERAGE, TITLE, MESSAGE, PHRASE, FREQUENCY = 3.0, 2.4, 1.6, 1.6, 0.6
#: A text in which words occur this often for its length is about average.
_AVERAGE_LENGTH = 150


@dataclass(frozen=True, slots=True)
class Candidate:
    """The terms of an entry, as stored."""

    entry: int
    title_terms: str
    key_terms: str
    body_terms: str


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` orders; ``coverage`` is the weighed share of the query's words that are there;
    ``message`` and ``title`` tell how nearly a message or the title is the query, and ``nearest``
    which of the entry's messages it is, counted from 0."""

    value: float
    coverage: float
    message: float
    title: float
    nearest: int


class Ranker:
    """Scores candidates in the language of ``slots``; ``sequence`` are the terms as asked."""

    def __init__(self, slots: Sequence[Slot], sequence: str) -> None:
        self.slots = slots
        self.weights = [slot.weight for slot in slots]
        self.total = sum(self.weights) or 1.0
        self.place = {term: i for i, slot in enumerate(slots) for term in slot.terms}
        self.query = sequence

    def score(self, candidate: Candidate) -> Score:
        """How well ``candidate`` answers the query."""
        title = candidate.title_terms.split()
        messages = [part.split() for part in candidate.key_terms.split(BREAK)[1:]]
        body = self._places(candidate.body_terms.split())
        in_title = self._places(title)
        fields = [in_title, *map(self._places, messages), body]
        present = {place for places in fields for place in places if place >= 0}
        coverage = self._share(present)
        likeness = self._likeness(title, in_title)
        alike = [self._likeness(m, self._places(m)) for m in messages]
        message = max(alike, default=0.0)
        value = (
            COVERAGE * coverage
            + TITLE * likeness
            + MESSAGE * message
            + PHRASE * self._adjacency(fields)
            + FREQUENCY * self._frequency(body)
        )
        return Score(value, coverage, message, likeness, alike.index(message) if alike else -1)

    def _places(self, terms: Sequence[str]) -> list[int]:
        return list(map(self.place.get, terms, repeat(-1)))

    def _share(self, places: set[int]) -> float:
        return sum(self.weights[place] for place in places) / self.total

    def _likeness(self, terms: Sequence[str], places: Sequence[int]) -> float:
        """How nearly a short text is the query: shares of both that agree, and their order."""
        matched = {place for place in places if place >= 0}
        if not matched:
            return 0.0
        asked = self._share(matched)
        held = sum(place >= 0 for place in places) / len(places)
        agreement = 2 * asked * held / (asked + held)
        likeness = fuzz.ratio(self.query, " ".join(terms)) / 100
        return agreement * (0.6 + 0.3 * likeness + (0.1 if likeness == 1.0 else 0.0))

    def _adjacency(self, fields: Sequence[Sequence[int]]) -> float:
        """The share of neighbours in the query that are neighbours in the text as well."""
        if len(self.slots) < 2:
            return 0.0
        near: dict[int, float] = {}
        for places in fields:
            last, before = -9, -1
            for position, place in enumerate(places):
                if place >= 0:
                    if place == before + 1 and position - last <= 3:
                        closeness = 1.0 if position == last + 1 else 0.5
                        near[place] = max(closeness, near.get(place, 0.0))
                    last, before = position, place
        return sum(near.values()) / (len(self.slots) - 1)

    def _frequency(self, body: Sequence[int]) -> float:
        counts = Counter(place for place in body if place >= 0)
        damping = 1.2 * (0.25 + 0.75 * len(body) / _AVERAGE_LENGTH)
        return sum(self.weights[p] * n / (n + damping) for p, n in counts.items()) / self.total
