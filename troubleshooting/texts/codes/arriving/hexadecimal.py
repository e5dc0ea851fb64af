"""Hexadecimal codes with a wrong sign before them, letters for digits, or blanks inside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..reading import Note
from .found import Arrival, miscounted, read_hex, read_number
from .surroundings import is_address, is_alone, is_announced, names_other

# What people and their keyboards, cameras and languages of programming put for "0x".
_ZERO_X = r"[0Oo]{1,2} ?[xX×]{1,2}"
_PREFIX = re.compile(
    rf"(?:(?P<zero>(?<![\w+]){_ZERO_X})[ _:'.-]{{0,2}}|"
    r"(?P<sign>(?<!\w)(?:\\x|[xX]|&[hH]|\#|\$|16\#)'?|(?<=[a-z])\#)|"
    r"(?P<word>(?<!\w)hexa?(?:d[ée]cimal)?) ?[:=]? {0,2})"
)
_LOOKS = str.maketrans("OoQIl|iSsZz", "00011115522")
_DIGIT = r"[0-9A-Fa-fOoQIl|SsZz]"
_BODY = re.compile(rf"{_DIGIT}(?:[ \u00a0\u202f_.:,/-]?{_DIGIT}){{2,11}}")
_SUFFIX = re.compile(r"(?:[hH]|[uU]?[lL]{1,2}|&|')?(?![\w×]|[-.:/'’]\w)")
# A cut code and the word "a" after it, as in "0x8007064 a échoué".
_CUT = re.compile(r"[0-9A-Fa-f]{7} [A-Fa-f]")
# As documents write it, which their own rules judge.
_PROPER = re.compile(r"0[xX][0-9A-Fa-f]{8}")
# The same with what languages of programming put behind a number: nothing is missing.
_SUFFIXED = re.compile(r"0[xX][0-9A-Fa-f]{8}(?:[uU]?[lL]{1,2})")
# Without anything before them: eight digits, some of them letters to a camera; or in groups.
_BARE = re.compile(rf"(?<![\w\\/%#.@{{&-])[8Cc]{_DIGIT}{{7}}(?P<h>[hH])?(?![\w\\@-]|\.\w)")
_GROUPS = re.compile(
    r"(?<![\w\\/%#.@{&-])(?<!\W[0-9A-Fa-f]{2} )(?<!^[0-9A-Fa-f]{2} )[8Cc](?:"
    r"[0-9A-Fa-f]{3}(?P<four>[ \u00a0_.:/-])[0-9A-Fa-f]{4}|"
    r"[0-9A-Fa-f](?P<two>[ \u00a0_.:/-])(?:[0-9A-Fa-f]{2}(?P=two)){2}[0-9A-Fa-f]{2}|"
    r"(?P<one>[ \u00a0.-])(?:[0-9A-Fa-f](?P=one)){6}[0-9A-Fa-f])"
    r"(?![\w\\@]|[-.:/]\w| [0-9A-Fa-f]{2}(?!\w))"
)
# Where other digits have become letters, the B that no code of failure begins with is an 8.
_OCR_EIGHT = re.compile(r"B(?=[ _.:,/-]?[0-9A-F ]*[OoQIl|SsZz])")
_SEPARATOR = re.compile(r"[^\w|]|_")
_SHORT_H = re.compile(r"(?<![\w.#-])(?=[A-Fa-f]{0,4}[0-9])[0-9A-Fa-f]{3,7}[hH](?!\w)")
_NINE = re.compile(r"(?<![\w\\/%#.@{&-])8[0-9A-Fa-f]{8}(?![\w\\@-]|\.\w)")


def find(text: str) -> Iterator[Arrival]:
    """Yield the codes of a text, in no order."""
    yield from _prefixed(text)
    yield from _bare(text)
    yield from _grouped(text)
    yield from _with_suffix(text)
    yield from _too_long(text)


def _prefixed(text: str) -> Iterator[Arrival]:
    for prefix in _PREFIX.finditer(text):
        body = _BODY.match(text, prefix.end())
        if body is None:
            continue
        certain = bool(prefix["zero"])
        raw, end = _eight(text, body, certain)
        if certain and _OCR_EIGHT.match(raw):
            raw = f"8{raw[1:]}"
        if not raw:
            if certain:
                yield from _miscounted(text, prefix, body)
            continue
        start = prefix.start()
        if _PROPER.fullmatch(text, start, end) or not (certain or not names_other(text, start)):
            continue
        sure = _is_failure(raw) or is_alone(text, start, end)
        plain = Note.AS_TYPED if _SUFFIXED.fullmatch(text, start, end) else Note.NO_PREFIX
        yield Arrival(start, end, read_hex(_digits(raw), _note(raw, plain)), sure)


def _eight(text: str, body: re.Match[str], certain: bool) -> tuple[str, int]:
    """Return what eight digits of ``body`` look like, and where they end; blanks may be inside.

    Only a sure beginning lets them be in groups: what follows ``#`` is one piece.
    """
    whole = body[0]
    for length in range(len(whole), 7, -1):
        part = whole[:length]
        if len(_SEPARATOR.sub("", part)) != 8 or (not certain and _SEPARATOR.search(part)):
            continue
        ending = _SUFFIX.match(text, body.start() + length)
        cut = _CUT.fullmatch(part) and body.start() + length < len(text.rstrip())
        if ending and not cut:
            return part, ending.end()
    return "", 0


def _miscounted(text: str, prefix: re.Match[str], body: re.Match[str]) -> Iterator[Arrival]:
    """Yield a code with a digit too many: nine or ten after ``0x``, not all in one address."""
    digits = _digits(body[0])
    end = body.end()
    if not _SUFFIX.match(text, end) or not 8 < len(digits) < 11:
        return
    kept = digits.lstrip("0")
    if len(kept) == 8 and _is_failure(kept):
        yield Arrival(prefix.start(), end, (*read_hex(kept, Note.MISCOUNTED), miscounted(digits)))
    elif digits[0] in "08Cc":
        yield Arrival(prefix.start(), end, (miscounted(digits),))


def _bare(text: str) -> Iterator[Arrival]:
    for match in _BARE.finditer(text):
        raw = match[0].rstrip("hH")
        repaired = _digits(raw) != raw.upper()
        if not (repaired or match["h"]) or (repaired and sum(map(str.isdigit, raw)) < 3):
            continue
        if _is_failure(raw) and not names_other(text, match.start()):
            yield Arrival(*match.span(), read_hex(_digits(raw), _note(raw, Note.NO_PREFIX)))


def _grouped(text: str) -> Iterator[Arrival]:
    """Yield eight digits in two groups, in four, or one by one; decimal ones if nothing else is."""
    for match in _GROUPS.finditer(text):
        digits = _digits(match[0])
        start, end = match.span()
        if sum(map(str.isdigit, digits)) < 3 or names_other(text, start):
            continue
        if text[:start].endswith(":") and not is_announced(text, start):
            continue  # the middle of an address
        alone = is_alone(text, start, end) and not is_address(match[0])
        if digits.isdigit() and not (alone or is_announced(text, start)):
            continue
        yield Arrival(start, end, read_hex(digits, Note.SPACED))


def _with_suffix(text: str) -> Iterator[Arrival]:
    """Yield a short number that its ``h`` calls hexadecimal, where nothing else is."""
    for match in _SHORT_H.finditer(text):
        if is_alone(text, *match.span()) or is_announced(text, match.start()):
            yield Arrival(*match.span(), read_hex(match[0][:-1], Note.NO_PREFIX))


def _too_long(text: str) -> Iterator[Arrival]:
    """Yield nine hex digits without ``0x``, where nothing else is or a word announces them."""
    for match in _NINE.finditer(text):
        if is_alone(text, *match.span()) or is_announced(text, match.start()):
            number = read_number(match[0]) if match[0].isdigit() else ()
            yield Arrival(*match.span(), (*number, miscounted(match[0])))


def _digits(raw: str) -> str:
    """Return the digits that ``raw`` looks like."""
    return _SEPARATOR.sub("", raw).translate(_LOOKS).upper()


def _is_failure(raw: str) -> bool:
    """Return whether a code of failure begins like that, in digits or, after C, in O for 0."""
    return re.match(r"8|[Cc](?:[0-7]|[Oo][0Oo])", _SEPARATOR.sub("", raw)) is not None


def _note(raw: str, plain: Note) -> Note:
    if _SEPARATOR.search(raw):
        return Note.SPACED
    return Note.LETTERS if _digits(raw) != raw.upper() else plain
