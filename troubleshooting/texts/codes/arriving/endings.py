"""The last digits of a code, and numbers with ``0x`` in places where documents name none.

What only the base can tell from anything else: all of it counts where it is documented, and not
otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...languages.searching import around_codes
from ..announcing import UNIT
from ..families.numeric import last_digits
from ..reading import Note, ReadingKind
from .found import Arrival, read_hex, read_number
from .surroundings import asks_for_meaning, is_alone, is_announced, names_other

_MIXED = re.compile(
    r"(?<![\w\\/%#.@{&:-])(?=[A-Fa-f]{0,6}[0-9])(?=[0-9]{0,6}[A-Fa-f])[0-9A-Fa-f]{5,7}(?![\w\\@-]|[.:]\w)"
)
# Digits alone beside a few words; eight of them are a whole code.
_DECIMAL = re.compile(
    r"(?<![\w\\/%#.@{&:,+-])(?<![0-9] )(?:[0-9]{5,7}|8[0-9]{7})(?![\w\\@%-]|[.,:/][\w]| [0-9])"
)
_WORDS_BESIDE = 10
# Eight digits, of a failure or some of them letters, but not in an address or a path.
_WHOLE = re.compile(
    r"(?<![\w\\/%#.@{&-])(?<![0-9A-Fa-f]:)(?=8|[A-Fa-f]{0,7}[0-9])(?=8|[0-9]{0,7}[A-Fa-f])"
    r"[0-9A-Fa-f]{8}(?![\w\\@-]|[.:]\w)"
)
# What is too short to be one but where it is announced (error ab2), or there is nothing else.
_SHORT = re.compile(
    r"(?<![\w\\/%#.@{&-])#?(?=\w{0,3}[0-9])(?=\w{0,3}[A-Fa-f])[0-9A-Fa-f]{3,4}(?![\w\\@%-]|\.\w)"
)
_NUMBER = re.compile(r"(?<![\w\\/%#.@{&,-])[0-9]{3,5}(?![\w\\@%-]|[.,:/]\w)")
_DOTS = re.compile(r"(?:\.{2,3}|…|(?<!\w)[xX]{3,4}|\*{2,4}) ?(?P<digits>[0-9A-Fa-f]{4,7})(?!\w)")
_ANYWHERE = re.compile(r"0[xX](?P<digits>[0-9A-Fa-f]{3,8})(?![0-9A-Fa-f])")


def find(text: str) -> Iterator[Arrival]:
    """Yield the possible codes of a text, in no order."""
    for match in _MIXED.finditer(text):
        if not names_other(text, match.start()):
            yield Arrival(*match.span(), tuple(last_digits(match[0])), sure=False)
    yield from _decimal(text)
    yield from _whole(text)
    yield from _short(text)
    for pattern in (_DOTS, _said()):
        for match in pattern.finditer(text):
            yield Arrival(*match.span(), tuple(last_digits(match["digits"])))
    for match in _ANYWHERE.finditer(text):
        readings = read_hex(match["digits"], Note.AS_TYPED)
        exact = tuple(one for one in readings if one.kind == ReadingKind.EXACT)
        yield Arrival(*match.span(), exact, sure=False)


def _decimal(text: str) -> Iterator[Arrival]:
    """Yield digits alone, which count neither things nor builds."""
    if len(text.split()) > _WORDS_BESIDE:
        return
    for match in _DECIMAL.finditer(text):
        if UNIT.match(text, match.end()) or names_other(text, match.start()):
            continue
        digits = match[0]
        whole = read_hex(digits, Note.NO_PREFIX) if len(digits) == 8 else last_digits(digits)
        exact = tuple(one for one in whole if one.kind in (ReadingKind.EXACT, ReadingKind.ENDING))
        yield Arrival(*match.span(), exact, sure=False)


def _whole(text: str) -> Iterator[Arrival]:
    """Yield eight hex digits, given a name or not: what is known of them tells what they are.

    No version of a system has letters among its digits.
    """
    for match in _WHOLE.finditer(text):
        digits = match[0].isdigit()
        if not names_other(text, match.start(), assigned=False, versioned=digits):
            readings = read_hex(match[0], Note.NO_PREFIX)
            exact = tuple(one for one in readings if one.kind == ReadingKind.EXACT)
            yield Arrival(*match.span(), exact, sure=False)


def _short(text: str) -> Iterator[Arrival]:
    """Yield short hex digits that are announced or alone, and numbers whose meaning is asked."""
    for match in _SHORT.finditer(text):
        start, end = match.span()
        alone = is_alone(text, start, end) and not names_other(text, start)
        if alone or is_announced(text, start) or asks_for_meaning(text, start, end):
            yield Arrival(start, end, read_hex(match[0].lstrip("#"), Note.NO_PREFIX), sure=False)
    for match in _NUMBER.finditer(text):
        if asks_for_meaning(text, *match.span()) and not names_other(text, match.start()):
            yield Arrival(*match.span(), read_number(match[0]), sure=False)


@cache
def _said() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(around_codes('endings')) or '(?!)'})[\s:]{{1,3}}"
        r"(?P<digits>[0-9A-Fa-f]{4,7})(?!\w)",
        re.IGNORECASE,
    )
