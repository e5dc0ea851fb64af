"""What stands around a number in a typed text and says that it is none of an error."""

from __future__ import annotations

import re
from functools import cache
from ipaddress import AddressValueError, IPv4Address

from ...languages.searching import around_codes
from ..context import Before

_DATE = re.compile(
    r"(?<![\w.:/-])(?:(?P<year>(?:19|20)[0-9]{2})(?P<one>[ ./-]?)(?P<month>[0-9]{2})(?P=one)"
    r"(?P<day>[0-9]{2})|(?P<first>[0-9]{1,2})(?P<two>[ ./-])(?P<second>[0-9]{1,2})(?P=two)"
    r"(?:19|20)?[0-9]{2})(?![\w/-]|[.:][0-9])"
)
_WORD = re.compile(r"[^\W_]+")
_SHORT_YEAR = re.compile(r"(?<![\w.:/-])[0-9]{2}-[0-9]{2}-[0-9]{2}(?![\w/-])")


def dates(text: str) -> list[tuple[int, int]]:
    """Return start and end of what is a date of a calendar."""
    found = [match.span() for match in _DATE.finditer(text) if _is_date(match)]
    return [*found, *(match.span() for match in _SHORT_YEAR.finditer(text))]


def _is_date(match: re.Match[str]) -> bool:
    if match["year"]:
        return 1 <= int(match["month"]) <= 12 and 1 <= int(match["day"]) <= 31
    first, second = sorted((int(match["first"]), int(match["second"])))
    return 1 <= first <= 12 and second <= 31


def is_address(number: str) -> bool:
    """Return whether ``number`` may be an address of a machine: no zero before its digits."""
    try:
        IPv4Address(number)
    except AddressValueError:
        return False
    return True


@cache
def _others(versioned: bool) -> re.Pattern[str]:
    named = [*around_codes("others"), *(around_codes("versioned") if versioned else ())]
    return re.compile("|".join(named) or "(?!)")


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile("|".join(["n", *around_codes("fillers")]))


def names_other(text: str, start: int, *, assigned: bool = True, versioned: bool = True) -> bool:
    """Return whether the words before a place name what is no code: a ticket, a room, a build.

    Unless ``assigned`` is false, a name before ``=`` does that speaks of no error; unless
    ``versioned`` is, a system does whose version may follow.
    """
    others = _others(versioned)
    before = Before(text, start)
    telling = [word for word in before.words if not _fillers().fullmatch(word)]
    if telling and others.fullmatch(telling[-1]):
        return True
    if len(before.words) > 1 and others.fullmatch(" ".join(before.words[-2:])):
        return True
    return before.names_noise(weak=True) or (assigned and before.assigns_to_other())


@cache
def labels() -> str:
    """Return a pattern of the words right before a code, of every language."""
    return "|".join(around_codes("labels"))


@cache
def _beside() -> re.Pattern[str]:
    return re.compile("|".join([labels(), *around_codes("endings"), *around_codes("fillers")]))


def is_alone(text: str, start: int, end: int) -> bool:
    """Return whether nothing but words that announce a code stands around a place."""
    around = f"{text[:start]} {text[end:]}".lower()
    return all(_beside().fullmatch(word) for word in _WORD.findall(around))


def is_announced(text: str, start: int) -> bool:
    """Return whether a word for a code stands right before a place."""
    return Before(text, start).names_error() or bool(_announcement().search(text[:start].lower()))


def asks_for_meaning(text: str, start: int, end: int) -> bool:
    """Return whether it is asked what stands at a place: ``what does 1603 mean``."""
    before, after = text[:start].lower(), text[end:].lower()
    return bool(_asking("asked").search(before) or _asking("meaning").match(after))


@cache
def _asking(kind: str) -> re.Pattern[str]:
    words = "|".join(around_codes(kind)) or "(?!)"
    return re.compile(
        rf"(?<!\w)(?:{words})[\W_]{{1,4}}$"
        if kind == "asked"
        else rf"[\W_]{{1,4}}(?:{words})(?!\w)"
    )


@cache
def _announcement() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{labels()})[\W_]{{0,4}}$")
