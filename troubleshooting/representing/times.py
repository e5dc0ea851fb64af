"""The time that a line of a log says, as it stands and, where it is certain, in ISO 8601. Pure.

``03/04/2026`` is the third of April to some programs and the fourth of March to others: such a time
is given as it stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

#: Characters of a line in which its time stands; CMTrace has it at the end, Windows' event log too.
_REACH = 2000
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,:](?P<part>\d{1,9}))?)?"
_ZONE = r"(?:\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)\b)?"
_HALF = r"(?:\s?(?P<half>[AaPp])\.?[Mm]\b\.?)?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"


class Time(NamedTuple):
    """``text`` as it stands in the line; ``iso`` is empty where day and month may be swapped."""

    text: str
    iso: str


def _numbers(match: re.Match[str]) -> dict[str, str]:
    return {name: value for name, value in match.groupdict().items() if value is not None}


def _iso(year: int, month: int, day: int, parts: dict[str, str]) -> str:
    """Return the time in ISO 8601; "" where no calendar has it."""
    hour = int(parts["hour"])
    if "half" in parts:
        hour = hour % 12 + (12 if parts["half"].lower() == "p" else 0)
    fraction = f"{parts['part'][:6]:0<6}" if "part" in parts else "0"
    try:
        minute, second = int(parts["minute"]), int(parts.get("second", 0))
        at = datetime(year, month, day, hour, minute, second, int(fraction))
    except ValueError:
        return ""
    zone = parts.get("zone", "")
    if zone in ("UTC", "GMT", "Z"):
        zone = "Z"
    elif zone and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return at.isoformat(timespec="milliseconds" if "part" in parts else "seconds") + zone


def _year_first(match: re.Match[str]) -> str:
    p = _numbers(match)
    return _iso(int(p["year"]), int(p["month"]), int(p["day"]), p)


def _month_first(match: re.Match[str]) -> str:
    p = _numbers(match)
    return _iso(int(p["year"]), int(p["first"]), int(p["second_"]), p)


def _either(match: re.Match[str]) -> str:
    """Return the date of a day and month in either order; "" where it is uncertain.

    It is certain where one is above 12, both are the same, or the clock has halves (month first)
    or the date full stops (day first).
    """
    p = _numbers(match)
    first, second = int(p["first"]), int(p["second_"])
    if p["mark"] == "." or first > 12 or first == second:
        return _iso(int(p["year"]), second, first, p)
    if second > 12 or "half" in p:
        return _iso(int(p["year"]), first, second, p)
    return ""


def _named(match: re.Match[str]) -> str:
    p = _numbers(match)
    month = _MONTHS.index(p["name"].lower()) + 1
    return _iso(int(p["year"]), month, int(p["day"]), p) if "year" in p else ""


def _clock_alone(match: re.Match[str]) -> str:
    return ""


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(
            r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d\d)[-/.](?P<day>\d\d)[T ,]{1,2}"
            rf"{_CLOCK}{_ZONE}"
        ),
        _year_first,
    ),
    (
        re.compile(
            rf'time="{_CLOCK}[^"]{{0,8}}"\s+'
            r'date="(?P<first>\d{1,2})-(?P<second_>\d{1,2})-(?P<year>\d{4})"'
        ),
        _month_first,
    ),
    (
        re.compile(
            r"(?<![\d/.-])(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second_>\d{1,2})(?P=mark)"
            rf"(?P<year>(?:19|20)\d\d)[T ,-]{{1,3}}{_CLOCK}{_HALF}{_ZONE}"
        ),
        _either,
    ),
    (
        re.compile(
            rf"(?<!\d)(?P<day>\d{{1,2}})[ /-]{_NAME}[ /-](?P<year>(?:19|20)\d\d)[ :,]{{1,2}}"
            rf"{_CLOCK}{_ZONE}",
            re.IGNORECASE,
        ),
        _named,
    ),
    (
        re.compile(rf"\b{_NAME}\s{{1,2}}(?P<day>\d{{1,2}})\s{_CLOCK}{_ZONE}", re.IGNORECASE),
        _named,
    ),
    (re.compile(r"(?<![\d:.])\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?![\d:])"), _clock_alone),
)


def time_of(line: str) -> Time | None:
    """Return the first time of a line, the fullest form first; None where it says none."""
    start = line[:_REACH]
    for pattern, read in _FORMS:
        if match := pattern.search(start):
            return Time(match[0].strip(), read(match))
    return None
