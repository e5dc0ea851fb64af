"""The passage of a hit that matched, with the words of the query marked. Pure.

Highlighting works on the text as written, accents and all: its words are compared, its
characters are shown. Everything is escaped piece by piece, so that the only markup is ours.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from .stemming import analyser
from .words import Word, located, raw_matches, raw_words

#: Characters of a snippet, about; it is cut between words.
LENGTH = 240
#: Words of a snippet, about.
_NEAR = 40
#: Characters of one passage that are looked at.
_REACH = 6_000
_SENTENCE = re.compile(r"[.!?…:;]\s+|\n+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """``html`` is safe; ``anchor`` and ``section`` tell where in the article it stands."""

    html: SafeString
    anchor: str
    section: str
    weight: float


def best_snippet(
    passages: Sequence[Sequence[str]], language: str, weights: Mapping[str, float]
) -> Snippet:
    """The passage that holds most of the query, cut to a snippet.

    ``passages`` are triples of anchor, section and plain text; ``weights`` the terms of the
    query with their weight. Without a match it is the beginning of the first passage.
    """
    held = [_weight(text[:_REACH], language, weights) for _, _, text in passages]
    if not held:
        return Snippet(mark_safe(""), "", "", 0.0)
    best = max(range(len(held)), key=lambda place: (held[place], -len(passages[place][2])))
    anchor, section, text = passages[best]
    text = text[:_REACH]
    marked = _matches(text, language, weights)
    start = _densest(marked)
    html = _cut(text, [word for word, *_ in marked], start)
    return Snippet(html, anchor, section, held[best])


def _weight(text: str, language: str, weights: Mapping[str, float]) -> float:
    """The weight of the terms that stand within some ``_NEAR`` words; only the best counts."""
    terms = analyser(language).raw_terms
    found = [
        (place, term)
        for place, raw in enumerate(raw_words(text))
        if (term := terms[raw]) in weights
    ]
    best = 0.0
    for first, (place, _) in enumerate(found):
        near = {term for other, term in found[first : first + _NEAR] if other - place < _NEAR}
        best = max(best, sum(map(weights.__getitem__, near)))
    return best


def highlight(text: str, language: str, terms: Collection[str]) -> SafeString:
    """``text``, escaped, with the words marked whose term is in ``terms``."""
    found = [word for word, *_ in _matches(text, language, dict.fromkeys(terms, 1.0))]
    return _marked(text, found, 0, len(text))


def _matches(
    text: str, language: str, weights: Mapping[str, float]
) -> list[tuple[Word, str, float]]:
    terms = analyser(language).raw_terms
    return [
        (located(match), term, weights[term])
        for match in raw_matches(text)
        if (term := terms[match[0]]) in weights
    ]


def _densest(marked: Sequence[tuple[Word, str, float]]) -> int:
    """Where the stretch of ``LENGTH`` characters begins that holds most weight."""
    best, place = 0.0, 0
    for first, (word, _, _) in enumerate(marked):
        near = marked[first : first + _NEAR]
        seen = {term: weight for other, term, weight in near if other.end - word.start <= LENGTH}
        weight = sum(seen.values())
        if weight > best + 1e-9:
            best, place = weight, word.start
    return place


def _cut(text: str, found: Sequence[Word], place: int) -> SafeString:
    """About ``LENGTH`` characters around ``place``, from the beginning of a sentence if near."""
    start = max(0, place - LENGTH // 3)
    if start:
        sentence = [m.end() for m in _SENTENCE.finditer(text, start, place)]
        start = sentence[-1] if sentence else text.find(" ", start, place) + 1 or start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + LENGTH // 2)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    inside = [word for word in found if word.start >= start and word.end <= end]
    return mark_safe(before + _marked(text, inside, start, end) + after)


def _marked(text: str, found: Sequence[Word], start: int, end: int) -> SafeString:
    pieces, place = [], start
    for word in found:
        pieces += [escape(text[place : word.start]), "<mark>"]
        pieces += [escape(text[word.start : word.end]), "</mark>"]
        place = word.end
    pieces.append(escape(text[place:end]))
    return mark_safe("".join(pieces))
