"""Orders the best candidates by how well, and how closely together, they hold the query. Pure.

The engines find candidates by their terms; which of a hundred is the right one is decided here,
the same way on both databases. Every part of a score is between 0 and 1.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz import fuzz

from ..index.document import BREAK
from ..reading.plan import Slot

#: What each part counts for.
COVERAGE, TITLE, MESSAGE, PHRASE, FREQUENCY = 3.0, 2.4, 1.6, 1.6, 0.6
#: What a word that means the same as one of the query counts for beside that word.
ALIKE = 0.7
#: A text in which words occur this often for its length is about average.
_AVERAGE_LENGTH = 150

#: A word of the query in a text: the character before it, and its place in the query.
Hit = tuple[int, int]
#: A term with spaces around it, its length with one of them, and its place in the query.
Sought = tuple[str, int, int]


class Candidate(NamedTuple):
    """The terms of an entry, as stored."""

    entry: int
    title_terms: str
    key_terms: str
    body_terms: str


class Score(NamedTuple):
    """How well an entry answers a query; ``value`` orders.

    ``coverage`` is the weighed share of the query's words that are there (0 to 1); ``message`` and
    ``title`` tell how nearly a message or the title is the query, and ``nearest`` which of the
    entry's messages it is, counted from 0; ``evidence`` is what the words that are there say for
    the entry, ``sure`` what those of them say that are no corrections. ``together`` is the share of
    the query's neighbours that are neighbours there, ``as_one`` whether several words of the query
    stand there as one or as what they mean together, and ``names`` whether one of the words typed
    that are there names a problem. ``rarest`` is how many entries hold the rarest of the words
    that are there, themselves or by what means the same, and ``words`` are all that are there.
    """

    value: float
    coverage: float
    message: float
    title: float
    nearest: int
    evidence: float
    sure: float
    together: float
    as_one: bool
    names: bool
    rarest: int
    words: frozenset[str]


class _Field(NamedTuple):
    """A part of the joined terms of an entry, and the words of the query in it."""

    start: int
    end: int
    hits: Sequence[Hit]


class Ranker:
    """Scores candidates in the language of ``slots``; ``sequence`` are the terms as asked."""

    def __init__(self, slots: Sequence[Slot], sequence: str) -> None:
        self.slots = slots
        weights, evidence = [one.weight for one in slots], [one.evidence for one in slots]
        self.total = sum(weights) or 1.0
        # The places after those of the words themselves are for words that mean the same.
        self.weights = weights + [ALIKE * weight for weight in weights]
        self.evidence = evidence + [ALIKE * one for one in _once(slots, evidence)]
        self.unsure = {i for i, slot in enumerate(slots) if not slot.is_sure}
        self.naming = {i for i, slot in enumerate(slots) if slot.names}
        # What an expression means has no neighbours in the query.
        self.expressions = {i for i, slot in enumerate(slots) if slot.spelt}
        # Nor is it evidence beside its words: they are there, or it says that they are meant.
        self.told_by_words = self.expressions | {len(slots) + i for i in self.expressions}
        # Several words that are looked for as one; what they are called elsewhere is no such proof.
        self.runs = {
            place
            for i, slot in enumerate(slots)
            if " " in slot.word and not slot.is_translated
            for place in (i, len(slots) + i)
        }
        self.neighbours = len(slots) - len(self.expressions) - 1
        self.said_by = {i: _words_of(slots, i) for i in self.expressions}
        own = {term for slot in slots for term in slot.terms}
        self.own = [_spaced(term, i) for i, slot in enumerate(slots) for term in slot.terms]
        # One word may mean the same as several of the query.
        self.alike = [
            _spaced(term, len(slots) + i)
            for i, slot in enumerate(slots)
            for term in slot.alike
            if term not in own
        ]
        self.own += [
            _spaced(" ".join(slot.spelt), i) for i, slot in enumerate(slots) if len(slot.spelt) > 1
        ]
        self.counts = [slot.count for slot in slots] * 2
        self.words = [slot.word for slot in slots] * 2
        self.query = sequence

    def score(self, candidate: Candidate) -> Score:
        """Return how well ``candidate`` answers the query."""
        text, ends = _joined(candidate)
        hits = self._hits(text)
        title, *messages, body = _fields(hits, ends)
        present = {place for _, place in hits}
        covered = self._with_said(present) if self.said_by else present
        coverage = sum(map(self.weights.__getitem__, covered)) / self.total
        likeness = self._likeness(text, title)
        alike = [self._likeness(text, field) for field in messages]
        message = max(alike, default=0.0)
        together = self._adjacency(text, (title, *messages, body))
        value = (
            COVERAGE * coverage
            + TITLE * likeness
            + MESSAGE * message
            + PHRASE * together
            + FREQUENCY * self._frequency(text, body)
        )
        nearest = alike.index(message) if alike else -1
        told = covered - self.told_by_words
        evidence = sum(map(self.evidence.__getitem__, told))
        sure = sum(map(self.evidence.__getitem__, told - self.unsure))
        as_one = not self.runs.isdisjoint(present)
        names = not self.naming.isdisjoint(present)
        rarest = min([self.counts[place] for place in present if self.evidence[place]], default=0)
        words = frozenset(map(self.words.__getitem__, present))
        held = (evidence, sure, together, as_one, names, rarest, words)
        return Score(value, coverage, message, likeness, nearest, *held)

    def _with_said(self, present: set[int]) -> set[int]:
        """Return ``present`` with the words that an expression stands for where it is met.

        A text that says of what version it is need not hold the number asked for as well.
        """
        number = len(self.slots)
        met = (
            words
            for expression, words in self.said_by.items()
            if expression in present or number + expression in present
        )
        said = {number + word for words in met for word in words if word not in present}
        return present | said

    def _hits(self, text: str) -> list[Hit]:
        """Return where the words of the query stand in ``text``, in order.

        Spaces stand around every term of it. What means the same as a word counts where the word
        itself is nowhere: else texts that say a thing in many words stood before those that say it
        in the words asked for.
        """
        hits = _found(text, self.own)
        there, number = {place for _, place in hits}, len(self.slots)
        hits += _found(text, [one for one in self.alike if one[2] - number not in there])
        hits.sort()
        return hits

    def _likeness(self, text: str, field: _Field) -> float:
        """Return how nearly a short text is the query.

        Shares of both that agree, and their order.
        """
        start, end, hits = field
        if not hits:
            return 0.0
        asked = sum(map(self.weights.__getitem__, {place for _, place in hits})) / self.total
        held = len({at for at, _ in hits}) / (text.count(" ", start, end) - 1)
        agreement = 2 * asked * held / (asked + held)
        likeness = fuzz.ratio(self.query, text[start + 1 : end - 1]) / 100
        return agreement * (0.6 + 0.3 * likeness + (0.1 if likeness == 1.0 else 0.0))

    def _adjacency(self, text: str, fields: Sequence[_Field]) -> float:
        """Return the share of neighbours in the query that are neighbours in the text as well."""
        if self.neighbours < 1:
            return 0.0
        near: dict[int, float] = {}
        number, expressions = len(self.slots), self.expressions
        for _, _, hits in fields:
            last, before = 0, -2
            for position, either in hits:
                place = either % number
                if place in expressions:
                    continue
                if place == before + 1 and 0 < (words := text.count(" ", last, position)) <= 3:
                    near[place] = max(1.0 if words == 1 else 0.5, near.get(place, 0.0))
                last, before = position, place
        return sum(near.values()) / self.neighbours

    def _frequency(self, text: str, body: _Field) -> float:
        """Return how often the words occur, each further time counting less, as in BM25."""
        if not body.hits:
            return 0.0
        counts: dict[int, int] = {}
        for _, place in body.hits:
            counts[place] = counts.get(place, 0) + 1
        length = text.count(" ", body.start, body.end) - 1
        damping = 1.2 * (0.25 + 0.75 * length / _AVERAGE_LENGTH)
        return sum(self.weights[p] * n / (n + damping) for p, n in counts.items()) / self.total


def _words_of(slots: Sequence[Slot], expression: int) -> list[int]:
    """Return the places of the words that the slot at ``expression`` is made of."""
    said = set(slots[expression].word.split())
    return [i for i, slot in enumerate(slots) if not slot.spelt and slot.word in said]


def _spaced(term: str, place: int) -> Sought:
    return f" {term} ", len(term) + 1, place


def _found(text: str, sought: Sequence[Sought]) -> list[Hit]:
    """Return where each of the terms stands in ``text``.

    Looking for a few is quicker than cutting the text into all of its terms.
    """
    hits: list[Hit] = []
    find = text.find
    for term, step, place in sought:
        at = find(term)
        while at >= 0:
            hits.append((at, place))
            at = find(term, at + step)
    return hits


def _once(slots: Sequence[Slot], evidence: Sequence[float]) -> Iterator[float]:
    """Yield the evidence of words that mean the same: what stands in for several counts for one.

    Of a word without such ones it is what an expression that it belongs to says for it: nothing if
    no text holds the word.
    """
    counted: set[str] = set()
    for slot, one in zip(slots, evidence, strict=True):
        is_new = not counted.issuperset(slot.alike) if slot.alike else bool(slot.terms)
        yield one if is_new else 0.0
        counted.update(slot.alike)


def _joined(candidate: Candidate) -> tuple[str, list[int]]:
    """Return title, messages and body in one text, and where each of them ends.

    Spaces stand around every term, so that words are looked for in all of them at once.
    """
    _, some, said = candidate.key_terms.partition(BREAK)
    parts = [f" {candidate.title_terms} "]
    if some:
        parts += [f" {part.strip()} " for part in said.split(BREAK)]
    parts.append(f" {candidate.body_terms} ")
    return BREAK.join(parts), list(accumulate(len(part) + 1 for part in parts))


def _fields(hits: Sequence[Hit], ends: Sequence[int]) -> Iterator[_Field]:
    """Yield the hits of each part; ``ends`` are the places after the separators."""
    start = first = 0
    for end in ends:
        last = bisect_left(hits, (end,), first)
        yield _Field(start, end - 1, hits[first:last])
        start, first = end, last
