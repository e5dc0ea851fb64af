"""The passage of a hit that matched, with the words of the query marked. Pure.

Highlighting works on the text as written, accents and all: its words are compared, its
characters are shown. The whole is escaped before our tags take the place of their sentinels, so
that the only markup is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import chain
from math import fsum
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from ..words.folding import occurrences, raw_words
from ..words.stemming import analyser

#: Characters of a snippet, about; it is cut between words.
LENGTH = 240
#: Words that are marked in a snippet, and in a passage, at most.
_NEAR = 40
_MARKS = 80
#: They stand for the tags until the text is escaped; in a text itself they become spaces.
_OPEN, _CLOSE = "\x02", "\x03"

#: A word to mark: where it starts and ends, and its term.
Mark = tuple[int, int, str]
#: A word of the query as it stands in a text, and its term.
Told = tuple[str, str]
#: Characters of one passage that are looked at.
_REACH = 6_000
_SENTENCE = re.compile(r"[.!?…:;]\s+|\n+")


class MarkedPassage(NamedTuple):
    """A passage with its marks, and where its best stretch begins and what that weighs.

    ``anchor`` and ``section`` tell where in the article it stands.
    """

    anchor: str
    section: str
    text: str
    marks: list[Mark]
    place: int
    weight: float

    def cut(self, length: int = LENGTH) -> SafeString:
        """Return about ``length`` characters around the best stretch, as HTML with marks."""
        return _cut(self.text, self.marks, self.place, length)


class QueryMarker:
    """Finds and marks the words of one query in texts of one language.

    ``weights`` are the terms of the query with their weight. What it learns of a piece (what stands
    between two spaces) serves all texts that it is shown, so there is one for a search: to look for
    the words of a query in a dozen articles means looking at the same pieces again and again.
    """

    def __init__(self, language: str, weights: Mapping[str, float]) -> None:
        self.weights = weights
        self._analyser = analyser(language)
        self._seen: set[str] = set()
        #: Of the pieces seen those with words to mark, as these stand there and with their terms.
        self._telling: dict[str, Sequence[Told]] = {}

    def best_passage(self, passages: Sequence[Sequence[str]]) -> MarkedPassage | None:
        """Return the passage that holds most of the query.

        ``passages`` are triples of anchor, section and plain text. Without a match it is the first
        passage; None where there is none.
        """
        best: MarkedPassage | None = None
        for most, passage, told in self._promising(passages):
            if best and (not most or (most, -len(passage[2])) <= (best.weight, -len(best.text))):
                continue
            found = self._with_marks(passage, told)
            if best is None or (found.weight, -len(found.text)) > (best.weight, -len(best.text)):
                best = found
        return best

    def _promising(
        self, passages: Sequence[Sequence[str]]
    ) -> list[tuple[float, Sequence[str], set[Told]]]:
        """Return the passages with what they can weigh at most and why, the heaviest first.

        To know which words are there takes a fraction of the time of finding where they stand.
        Sums are exact: the order of a set is another one in each process.
        """
        bounded = []
        for anchor, section, text in passages:
            text = _clean(text[:_REACH])
            told = self._told(text)
            held = {term for _, term in told}
            most = fsum(map(self.weights.__getitem__, held)) if held else 0.0
            bounded.append((most, (anchor, section, text), told))
        return sorted(bounded, key=lambda one: -one[0])

    def look(self, passage: Sequence[str]) -> MarkedPassage:
        """Return ``passage`` (anchor, section, plain text) with the words of the query marked."""
        anchor, section, text = passage
        text = _clean(text[:_REACH])
        return self._with_marks((anchor, section, text), self._told(text))

    def _with_marks(self, passage: Sequence[str], told: Iterable[Told]) -> MarkedPassage:
        anchor, section, text = passage
        marks = _marks(text, told)
        return MarkedPassage(anchor, section, text, marks, *_densest(marks, self.weights))

    def _told(self, text: str) -> set[Told]:
        """Return the words of the query in ``text``. No word has a space in it."""
        pieces = set(text.split())
        if fresh := pieces - self._seen:
            self._seen |= fresh
            self._learn(fresh)
        telling = pieces.intersection(self._telling)
        return set(chain.from_iterable(map(self._telling.__getitem__, telling)))

    def _learn(self, pieces: Iterable[str]) -> None:
        """Note which of ``pieces`` hold words of the query."""
        known, wanted = self._analyser.piece_terms, self.weights.keys()
        raw_terms = self._analyser.raw_terms
        for piece in pieces:
            if not wanted.isdisjoint(known[piece]):
                told = ((raw, raw_terms[raw]) for raw in raw_words(piece))
                self._telling[piece] = [one for one in told if one[1] in wanted]


def _marks(text: str, told: Iterable[Told]) -> list[Mark]:
    """Return where the words ``told`` stand in ``text``, in order."""
    places = ((place, term) for raw, term in told for place in occurrences(text, raw))
    return sorted((start, end, term) for (start, end), term in places)


def _clean(text: str) -> str:
    return text.replace(_OPEN, " ").replace(_CLOSE, " ")


def _densest(marks: Sequence[Mark], weights: Mapping[str, float]) -> tuple[int, float]:
    """Return where the stretch of ``LENGTH`` characters with most weight begins, and its weight."""
    best, place = 0.0, 0
    most = fsum({term: weights[term] for _, _, term in marks[: _MARKS + _NEAR]}.values())
    for first, (start, _, _) in enumerate(marks[:_MARKS]):
        seen: dict[str, float] = {}
        for _, end, term in marks[first : first + _NEAR]:
            if end - start > LENGTH:
                break
            seen[term] = weights[term]
        weight = fsum(seen.values())
        if weight > best + 1e-9:
            best, place = weight, start
        if best >= most:  # no other stretch can have more
            break
    return place, best


def _cut(text: str, marks: Sequence[Mark], place: int, length: int) -> SafeString:
    """Return about ``length`` characters around ``place``, from where a sentence begins if near."""
    start = max(0, place - length // 3)
    if start:
        sentence = [m.end() for m in _SENTENCE.finditer(text, start, place)]
        start = sentence[-1] if sentence else text.find(" ", start, place) + 1 or start
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + length // 2)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    return mark_safe(before + _marked(text, marks, start, end) + after)


def _marked(text: str, marks: Sequence[Mark], start: int, end: int) -> SafeString:
    """Return a part of ``text``, escaped, with its marks.

    Sentinels stand for the tags until then.
    """
    pieces, place = [], start
    for first, last, _ in marks:
        if start <= first and last <= end:
            pieces += [text[place:first], _OPEN, text[first:last], _CLOSE]
            place = last
    pieces.append(text[place:end])
    return mark_safe(escape("".join(pieces)).replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>"))
