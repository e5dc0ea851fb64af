"""Codes read out on the telephone: ``eight zero zero seven zero six four Charlie``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ...languages.searching import spoken_digits
from ..reading import Note
from .found import Arrival, read_hex, read_number
from .surroundings import is_announced

_GAP = re.compile(r"[\s,.;:’'-]{1,3}")
_SPELT = re.compile(r"[a-f]|[0-9]{1,2}")
_HEX = re.compile(r"[8C][0-9A-F]{7}")
#: What completes a ten.
_ONES = frozenset("123456789")
#: So many words must be spoken numbers: letters and digits alone are written.
_FEWEST = 3


class _Piece(NamedTuple):
    digits: str
    spoken: bool
    start: int
    end: int


@cache
def _digits() -> dict[str, str]:
    return dict(spoken_digits())


@cache
def _words() -> re.Pattern[str]:
    """Return a pattern of a word, or of several that are one number together."""
    several = [name.replace(" ", "[ -]") for name in _digits() if " " in name]
    ordered = sorted(several, key=len, reverse=True)
    return re.compile("|".join([*(rf"\b{name}\b" for name in ordered), r"[^\W_]+"]), re.IGNORECASE)


def find(text: str) -> Iterator[Arrival]:
    """Yield runs of spoken digits that make a whole code, or a number that a word announces."""
    for run in _runs(text):
        yield from _code(text, run)


def _runs(text: str) -> Iterator[list[_Piece]]:
    """Yield runs of words that may be digits; nothing but blanks and commas is between them."""
    run: list[_Piece] = []
    for match in _words().finditer(text):
        piece = _piece(match)
        joined = run and _GAP.fullmatch(text, run[-1].end, match.start())
        if run and (piece is None or not joined):
            yield run
            run = []
        if piece is not None:
            run.append(piece)
    if run:
        yield run


def _piece(match: re.Match[str]) -> _Piece | None:
    word = match[0].lower().replace("-", " ")
    if not word.isascii():
        letters = unicodedata.normalize("NFKD", word)
        word = "".join(letter for letter in letters if not unicodedata.combining(letter))
    if word in _digits():
        return _Piece(_digits()[word], True, *match.span())
    return _Piece(word, False, *match.span()) if _SPELT.fullmatch(word) else None


def _code(text: str, run: Sequence[_Piece]) -> Iterator[Arrival]:
    """Yield the code of a run; letters of words before it may have to be left out."""
    for first in range(len(run)):
        kept = run[first:]
        if sum(piece.spoken for piece in kept) < _FEWEST:
            return
        said = _joined(kept).removeprefix("0X").removeprefix("X")
        start, end = kept[0].start, kept[-1].end
        if _HEX.fullmatch(said):
            yield Arrival(start, end, read_hex(said, Note.SPOKEN))
            return
        if len(said) in (4, 5) and said.isdigit() and is_announced(text, start):
            yield Arrival(start, end, read_number(said, Note.SPOKEN))
            return


def _joined(run: Sequence[_Piece]) -> str:
    """Join digits: ``*2`` doubles the next one, ``4_`` is a ten that the next one completes."""
    said, times = "", 1
    for piece in run:
        digits = piece.digits.upper()
        if digits[0] == "*":
            times = int(digits[1:])
            continue
        if said.endswith("_"):
            said = said[:-1] if digits in _ONES else f"{said[:-1]}0"
        said += digits * times
        times = 1
    return said.replace("_", "0")
