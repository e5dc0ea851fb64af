"""A pasted log or ticket -> the codes, names and messages it may hold, and where. Pure.

What is different each time a program runs says nothing about the error and is passed over:
times, GUIDs, addresses, numbers, registry values, paths, user names. ``find_codes`` does so for
codes; here it is done for words, by comparing them with messages of the base only.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ..index.document import GRAM
from ..words.folding import Word, spans

#: Words of a pasted text that are compared with messages, and names looked up as symbols.
MAX_WORDS = 30_000
MAX_NAMES = 2_000
#: A text holds a message if it holds this share of its words in their order, or so many of them.
ENOUGH = 0.75
ENOUGH_WORDS = 6
#: How far a word may be from where the message has it.
_SHIFT = 5

_NAME = re.compile(
    r"(?<![\w\\])(?:[A-Z][A-Za-z0-9]{0,120}?[a-z0-9](?=[A-Z])[A-Za-z0-9]{1,120}"
    r"|[A-Z]{2,40}[a-z][A-Za-z0-9]{1,120}|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?!\w)"
)
#: Numbers that are codes if the base knows them, wherever they stand: with ``0x``, or eight digits
#: as failures begin. Parts of identifiers are none.
_NUMBER = re.compile(
    r"(?<![\w{-])(?:0[xX][0-9A-Fa-f]{3,8}|[89Cc](?=[0-9A-Fa-f]{0,6}[A-Fa-f])[0-9A-Fa-f]{7})(?![\w}-])"
)
#: Such numbers of a text that are looked up.
_MAX_NUMBERS = 2_000


class LineNumbers:
    """Line numbers of a text, counted from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def of(self, place: int) -> int:
        """Return the line in which the character at ``place`` stands."""
        return bisect_right(self._starts, place)


def names(text: str) -> list[str]:
    """Return names in the text that could be symbolic codes, each once."""
    return list(dict.fromkeys(match[0] for match in _NAME.finditer(text)))[:MAX_NAMES]


def numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where numbers stand that are codes if the base knows them: start and end."""
    yield from islice((match.span() for match in _NUMBER.finditer(text)), _MAX_NUMBERS)


def grams(words: Sequence[Word]) -> dict[int, list[int]]:
    """Return checksums of all adjacent words, two to ``GRAM`` at a time -> where they begin.

    They are those of ``gram``; each goes on from that of one word less.
    """
    places: dict[int, list[int]] = {}
    following = [f" {word.folded}".encode() for word in words]
    sums = [zlib.crc32(word.folded.encode()) for word in words]
    for size in range(2, GRAM + 1):
        last = following[size - 1 :]
        sums = [zlib.crc32(word, so_far) for word, so_far in zip(last, sums, strict=False)]
        for start, checksum in enumerate(sums):
            places.setdefault(checksum, []).append(start)
    return places


def text_words(text: str) -> list[Word]:
    """Return the words of a pasted text that are compared with messages."""
    listed: list[Word] = []
    for word in spans(text):
        listed.append(word)
        if len(listed) >= MAX_WORDS:
            break
    return listed


def best_place(
    words: Sequence[Word], message: Sequence[str], starts: Iterable[int]
) -> tuple[int, int, float] | None:
    """Return where ``message`` stands in ``words``, given where some gram of it begins.

    Return start and end in characters and the share of the message's words that are there in
    their order; None where no place holds enough of them. Tries a few places only.
    """
    best: tuple[int, int, float] | None = None
    for start in list(starts)[:8]:
        first = max(0, start - len(message))
        window = words[first : start + 2 * len(message)]
        share, left, right = _in_order(window, message, start - first)
        enough = share >= ENOUGH or share * len(message) >= ENOUGH_WORDS
        if enough and (best is None or share > best[2]):
            best = (window[left].start, window[right].end, share)
    return best


def _in_order(
    window: Sequence[Word], message: Sequence[str], anchor: int
) -> tuple[float, int, int]:
    """Return share of ``message`` in ``window`` in its order, and the first and last word of it."""
    places = list(_aligned(window, message, anchor))
    if not places:
        return 0.0, 0, 0
    return len(places) / len(message), places[0], places[-1]


def _aligned(window: Sequence[Word], message: Sequence[str], anchor: int) -> Iterator[int]:
    """Yield the places of the message's words, laid along the text so that the anchor fits.

    A few words may be missing or stand between; each word is looked for near its place.
    """
    folded = [word.folded for word in window]
    offset = message.index(folded[anchor]) if folded[anchor] in message else 0
    after = 0
    for index, word in enumerate(message):
        expected = anchor - offset + index
        for place in range(max(after, expected - _SHIFT), min(expected + _SHIFT, len(folded))):
            if folded[place] == word:
                yield place
                after = place + 1
                break
