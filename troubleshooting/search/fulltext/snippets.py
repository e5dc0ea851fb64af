"""The passage of a hit that matched, with the words of the query marked. Pure.

Highlighting works on the text as written, accents and all: its words are compared, its
characters are shown. The whole is escaped before our tags take the place of their sentinels, so
that the only markup is ours.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
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


def best_passage(
    passages: Sequence[Sequence[str]], language: str, weights: Mapping[str, float]
) -> MarkedPassage | None:
    """Return the passage that holds most of the query.

    ``passages`` are triples of anchor, section and plain text; ``weights`` the terms of the
    query with their weight. Without a match it is the first passage; None where there is none.
    """
    best: MarkedPassage | None = None
    for most, passage in _promising(passages, language, weights):
        if best and (not most or (most, -len(passage[2])) <= (best.weight, -len(best.text))):
            continue
        found = look(passage, language, weights)
        if best is None or (found.weight, -len(found.text)) > (best.weight, -len(best.text)):
            best = found
    return best


def _promising(
    passages: Sequence[Sequence[str]], language: str, weights: Mapping[str, float]
) -> list[tuple[float, Sequence[str]]]:
    """Return the passages with what they can weigh at most, the heaviest first.

    To know which words are there takes a fraction of the time of finding where they stand. Sums
    are exact: the order of a set is another one in each process.
    """
    terms_of, wanted = analyser(language).piece_terms.__getitem__, frozenset(weights)
    bounded = []
    for passage in passages:
        pieces = passage[2][:_REACH].split()
        held = wanted.intersection(chain.from_iterable(map(terms_of, pieces)))
        bounded.append((fsum(map(weights.__getitem__, held)), passage))
    return sorted(bounded, key=lambda one: -one[0])


def look(passage: Sequence[str], language: str, weights: Mapping[str, float]) -> MarkedPassage:
    """Return ``passage`` (anchor, section, plain text) with the terms of ``weights`` marked."""
    anchor, section, text = passage
    text = _clean(text[:_REACH])
    marks = _marks(text, language, weights)
    return MarkedPassage(anchor, section, text, marks, *_densest(marks, weights))


def _clean(text: str) -> str:
    return text.replace(_OPEN, " ").replace(_CLOSE, " ")


def highlight(text: str, language: str, terms: Collection[str]) -> SafeString:
    """Return ``text``, escaped, with the words marked whose term is in ``terms``."""
    text = _clean(text)
    return _marked(text, _marks(text, language, terms), 0, len(text))


def _marks(text: str, language: str, terms: Collection[str]) -> list[Mark]:
    """Return the words of ``text`` whose term is among ``terms``, in order.

    Which words these are is found out first; to find where each word stands would take thrice
    the time. No word has a space in it.
    """
    made = analyser(language)
    known, wanted = made.piece_terms, set(terms)
    held = (piece for piece in set(text.split()) if not wanted.isdisjoint(known[piece]))
    raws = {raw: made.raw_terms[raw] for piece in held for raw in raw_words(piece)}
    return sorted(
        (word.start, word.end, term)
        for raw, term in raws.items()
        if term in wanted
        for word in occurrences(text, raw)
    )


def _densest(marks: Sequence[Mark], weights: Mapping[str, float]) -> tuple[int, float]:
    """Return where the stretch of ``LENGTH`` characters with most weight begins, and its weight."""
    best, place = 0.0, 0
    for first, (start, _, _) in enumerate(marks[:_MARKS]):
        seen: dict[str, float] = {}
        for _, end, term in marks[first : first + _NEAR]:
            if end - start > LENGTH:
                break
            seen[term] = weights[term]
        weight = fsum(seen.values())
        if weight > best + 1e-9:
            best, place = weight, start
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
