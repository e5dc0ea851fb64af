"""Decimal codes by the word or sign before them, by the name of a domain, or with blanks inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...languages import code_words
from ...languages.searching import around_codes
from ..announcing import UNIT, is_plural
from ..decoding.hresult import hresult_from_win32
from ..families.numeric import whole
from ..published.names import find_names
from ..reading import Note
from ..spelling import MINUS
from .found import Arrival, read_number
from .surroundings import is_address, is_alone, labels, names_other

_MINUS = f"[{MINUS}]"
_FROM_WIN32 = re.compile(
    r"_{0,2}HRESULT_FROM_WIN32\s?\(\s?(?:0x(?P<hex>[0-9a-f]{1,4})|(?P<number>[0-9]{1,5})|"
    r"(?P<name>[a-z][a-z0-9_]{3,80}))\s?\)",
    re.IGNORECASE,
)
_DOMAIN = re.compile(
    r"(?<!\w)[A-Za-z]{0,40}(?:ErrorDomain[A-Za-z]{0,30}|Domain)[\s\"'»)]{0,3}[:,;(]?\s{0,2}"
    rf"(?:(?:code|{'|'.join(code_words('error'))})\s?[:=]?\s?)?(?P<number>{_MINUS}?[0-9]{{1,6}})(?![\w.])",
    re.IGNORECASE,
)
_DOMAIN_CODE = re.compile(
    rf"Domain=\w{{2,60}}[\"']?,?\s{{1,2}}code[:=\s]{{1,2}}(?P<number>{_MINUS}?[0-9]{{1,6}})(?!\w)",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"(?:(?<![\w#&])\#|(?<!\w)[Nn][°ºo]\.?) ?(?P<number>[0-9]{3,5})(?![\w]|[.,:/-]\w)"
)
_THOUSANDS = re.compile(
    rf"(?<![\w.,])(?P<sign>{_MINUS} ?)?(?P<number>[0-9]{{1,3}}(?:(?P<by>[ \u00a0\u202f.,'’])"
    r"[0-9]{3})(?:(?P=by)[0-9]{3}){0,2})(?!\w|[.,]\w| [0-9])"
)
_SUCCESS = re.compile(r"[123][0-9]{2}")
_APART = re.compile(rf"(?<![\w.]){_MINUS} (?P<number>[0-9]{{10}})(?!\w)")


def find(text: str) -> Iterator[Arrival]:
    """Yield the codes of a text, in no order."""
    yield from _from_win32(text)
    yield from _of_domains(text)
    yield from _labelled(text)
    yield from _signed(text)
    yield from _in_thousands(text)


def _from_win32(text: str) -> Iterator[Arrival]:
    for match in _FROM_WIN32.finditer(text):
        if match["hex"]:
            number = int(match["hex"], 16)
        elif match["number"]:
            number = int(match["number"])
        else:
            number = next((one.value for one in find_names(match["name"]) if one.is_win32), 0)
        if 1 <= number <= 0xFFFF:
            readings = whole(hresult_from_win32(number), Note.FROM_WIN32)
            yield Arrival(*match.span(), tuple(readings))


def _of_domains(text: str) -> Iterator[Arrival]:
    for pattern in (_DOMAIN, _DOMAIN_CODE):
        for match in pattern.finditer(text):
            digits = _plain(match["number"])
            if digits.strip("-0"):
                yield Arrival(match.start("number"), match.end(), read_number(digits))


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{labels()})\.?[ \u00a0]?[:=(«\"'#]{{0,3}}[ \u00a0]?"
        rf"(?P<number>(?:(?<!\w){_MINUS})?[0-9]{{1,10}})(?!\w|[.,:/-][0-9]|[.-]\w| [0-9])",
        re.IGNORECASE,
    )


@cache
def _returned() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(around_codes('verbs')) or '(?!)'})[ \u00a0]"
        rf"(?P<number>{_MINUS}?[0-9]{{3,10}})(?=[\s.,;:!?)\]\"'»]{{0,3}}$|[,;)\]]|[.]\s)",
        re.IGNORECASE | re.MULTILINE,
    )


def returned_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the numbers that programs returned and a clause or line ends with."""
    return (match.span("number") for match in _returned().finditer(text))


@cache
def _statuses() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{'|'.join(around_codes('statuses')) or '(?!)'})\W{{0,5}}", re.IGNORECASE
    )


def _labelled(text: str) -> Iterator[Arrival]:
    """Yield the number after a word or sign for a code, but not the number of a room or ticket.

    One digit counts things unless nothing else was typed; a status below 400 is one of success.
    """
    for pattern in (_label(), _SIGN):
        for match in pattern.finditer(text):
            start, end = match.start("number"), match.end()
            if UNIT.match(text, end) or names_other(text, match.start()):
                continue
            number, label = match["number"], text[match.start() : start]
            if len(number) == 1 and (is_plural(label) or not is_alone(text, start, end)):
                continue
            if _SUCCESS.fullmatch(number) and _statuses().fullmatch(label):
                continue
            yield Arrival(start, end, read_number(_plain(number)))
    for start, end in returned_numbers(text):  # by whatever did: a thread, a process
        yield Arrival(start, end, read_number(_plain(text[start:end])))


def _signed(text: str) -> Iterator[Arrival]:
    """Yield ten digits whose minus sign stands apart."""
    for match in _APART.finditer(text):
        if 0x70000000 <= int(match["number"]) <= 0x80000000:
            yield Arrival(*match.span(), read_number(f"-{match['number']}", Note.SPACED))


def _in_thousands(text: str) -> Iterator[Arrival]:
    """Yield a number with marks between its thousands: 32 bits, or alone a small one."""
    for match in _THOUSANDS.finditer(text):
        digits = re.sub(r"\D", "", match["number"])
        alone = is_alone(text, *match.span())
        if len(digits) == 10 and (match["sign"] or (alone and not is_address(match["number"]))):
            token = f"-{digits}" if match["sign"] else digits
            if int(digits) >= 0x70000000:
                yield Arrival(*match.span(), read_number(token, Note.SPACED))
        elif len(digits) < 6 and alone and not match["sign"]:
            yield Arrival(*match.span(), read_number(digits, Note.SPACED))


def _plain(number: str) -> str:
    return re.sub(_MINUS, "-", number)
