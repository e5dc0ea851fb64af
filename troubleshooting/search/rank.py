"""Orders the best candidates by how well, and how closely together, they hold the query. Pure.

The engines find candidates by their terms; which of a hundred is the right one is decided here,
the same way on both databases. Every part of a score is between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from .document import BREAK
from .plan import Slot

#: What each part counts for.
COVERAGE, TITLE, MESSAGE, PHRASE, FREQUENCY = 3.0, 2.4, 1.6, 1.6, 0.6
#: A text in which words occur this often for its length is about average.
_AVERAGE_LENGTH = 150

#: A word of the query in a text: the character before it, and its place in the query.
Hit = tuple[int, int]


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
    which of the entry's messages it is, counted from 0; ``present`` are the places of the slots
    that the entry holds."""

    value: float
    coverage: float
    message: float
    title: float
    nearest: int
    present: frozenset[int] = frozenset()


class Ranker:
    """Scores candidates in the language of ``slots``; ``sequence`` are the terms as asked."""

    def __init__(self, slots: Sequence[Slot], sequence: str) -> None:
        self.slots = slots
        self.weights = [slot.weight for slot in slots]
        self.total = sum(self.weights) or 1.0
        place = {term: i for i, slot in enumerate(slots) for term in slot.terms}
        self.spaced = [(f" {term} ", i) for term, i in place.items()]
        self.query = sequence

    def score(self, candidate: Candidate) -> Score:
        """How well ``candidate`` answers the query."""
        title = f" {candidate.title_terms} "
        messages = [f" {part.strip()} " for part in candidate.key_terms.split(BREAK)[1:]]
        body = f" {candidate.body_terms} "
        fields = [(text, self._hits(text)) for text in (title, *messages, body)]
        present = {place for _, hits in fields for _, place in hits}
        coverage = sum(map(self.weights.__getitem__, present)) / self.total
        likeness, *alike = (self._likeness(*field) for field in fields[:-1])
        message = max(alike, default=0.0)
        value = (
            COVERAGE * coverage
            + TITLE * likeness
            + MESSAGE * message
            + PHRASE * self._adjacency(fields)
            + FREQUENCY * self._frequency(fields[-1][1], body.count(" ") - 1)
        )
        nearest = alike.index(message) if alike else -1
        return Score(value, coverage, message, likeness, nearest, frozenset(present))

    def _hits(self, text: str) -> list[Hit]:
        """Where the words of the query stand in a text with spaces around every term.

        Looking for a few terms is quicker than cutting the text into all of its terms.
        """
        hits: list[Hit] = []
        for term, place in self.spaced:
            at = text.find(term)
            while at >= 0:
                hits.append((at, place))
                at = text.find(term, at + len(term) - 1)
        hits.sort()
        return hits

    def _likeness(self, text: str, hits: Sequence[Hit]) -> float:
        """How nearly a short text is the query: shares of both that agree, and their order."""
        if not hits:
            return 0.0
        asked = sum(self.weights[place] for place in {place for _, place in hits}) / self.total
        held = len(hits) / (text.count(" ") - 1)
        agreement = 2 * asked * held / (asked + held)
        likeness = fuzz.ratio(self.query, text[1:-1]) / 100
        return agreement * (0.6 + 0.3 * likeness + (0.1 if likeness == 1.0 else 0.0))

    def _adjacency(self, fields: Sequence[tuple[str, Sequence[Hit]]]) -> float:
        """The share of neighbours in the query that are neighbours in the text as well."""
        if len(self.slots) < 2:
            return 0.0
        near: dict[int, float] = {}
        for text, hits in fields:
            last, before = 0, -2
            for position, place in hits:
                if place == before + 1 and (words := text.count(" ", last, position)) <= 3:
                    near[place] = max(1.0 if words == 1 else 0.5, near.get(place, 0.0))
                last, before = position, place
        return sum(near.values()) / (len(self.slots) - 1)

    def _frequency(self, hits: Sequence[Hit], length: int) -> float:
        """How often the words occur, each further time counting less, as in BM25."""
        counts: dict[int, int] = {}
        for _, place in hits:
            counts[place] = counts.get(place, 0) + 1
        damping = 1.2 * (0.25 + 0.75 * length / _AVERAGE_LENGTH)
        return sum(self.weights[p] * n / (n + damping) for p, n in counts.items()) / self.total
