"""What a translation repeats letter for letter: codes, commands, paths."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..codes import find_codes
from .occurring import occurring

CODE, ERROR, PATH = "code", "error", "path"

_FENCE = re.compile(r"(?m)^(`{3,})[^`\n]*$")
_MARKS = re.compile("`+")
# Paths of Windows (drive, share, variable, registry) and of Unix with two parts or more.
_PATH = re.compile(
    r"(?<![\w\\/])(?:[A-Za-z]:\\+|\\\\+\w|%\w+%\\+|HK(?:LM|CU|CR|U|EY_[A-Z_]+)\\+)[^\s*`|<>\"]*[\w%]"
    r"|(?<![\w:/.)(])/(?:[\w.-]+/)+[\w.-]*\w"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A place in a text, ``text[start:end]``; ``key`` is what the translation has to hold.

    ``kind`` is ``code`` (code span or block), ``error`` (the key is the code's canonical
    spelling) or ``path``.
    """

    start: int
    end: int
    kind: str
    key: str


def kept_in(text: str) -> list[Kept]:
    """Return what of a Markdown ``text`` a translation keeps, in order; no two overlap."""
    found = [
        *_blocks_in(text),
        *_spans_in(text),
        *(Kept(m.start, m.end, ERROR, m.code.canonical) for m in find_codes(text)),
        *(Kept(m.start(), m.end(), PATH, m[0]) for m in _PATH.finditer(text)),
    ]
    kept: list[Kept] = []
    for one in sorted(found, key=lambda kept: (kept.start, -kept.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _blocks_in(text: str) -> Iterator[Kept]:
    """Yield the code blocks: from a line that begins with marks to the next of these marks alone.

    There is a line between them at least.
    """
    fences = list(_FENCE.finditer(text))
    closing: dict[str, list[int]] = {}
    for fence in fences:
        if fence[0] == fence[1]:
            closing.setdefault(fence[1], []).append(fence.start())
    end = 0
    for fence in fences:
        if fence.start() < end:
            continue
        starts = closing.get(fence[1], [])
        place = bisect_right(starts, fence.end() + 1)
        if place < len(starts):
            inner = text[fence.end() + 1 : starts[place]]
            end = starts[place] + len(fence[1])
            yield Kept(fence.start(), end, CODE, inner.strip())


def _spans_in(text: str) -> Iterator[Kept]:
    """Yield the code spans: from marks to as many on the same line, or from the last of more."""
    start = 0
    for line in text.split("\n"):
        marks = [match.span() for match in _MARKS.finditer(line)]
        following: dict[int, int] = {}
        spans: dict[int, tuple[int, int]] = {}
        for number in range(len(marks) - 1, -1, -1):
            length = marks[number][1] - marks[number][0]
            usable = (few for few in range(length, 0, -1) if few in following)
            if (few := next(usable, 0)) > 0:
                spans[number] = few, following[few]
            following[length] = number
        number = 0
        while number < len(marks):
            few, last = spans.get(number, (0, number))
            if few:
                first, end = marks[number][1], marks[last]
                key = line[first : end[0]].strip()
                yield Kept(start + first - few, start + end[1], CODE, key)
            number = last + 1
        start += len(line) + 1


def are_kept(placeholders: Sequence[Kept], translation: str) -> list[bool]:
    """Return for each whether ``translation`` repeats it; a code in any of its spellings."""
    codes = {one.key for one in placeholders if one.kind == ERROR}
    named = {mention.code.canonical for mention in find_codes(translation)} if codes else set()
    folded = {code.casefold() for code in codes - named}
    written = occurring(folded, translation.casefold())
    words = {one.key: " ".join(one.key.split()) for one in placeholders if one.kind != ERROR}
    said = occurring(set(words.values()), " ".join(translation.split()))
    return [
        one.key in named or one.key.casefold() in written
        if one.kind == ERROR
        else words[one.key] in said
        for one in placeholders
    ]
