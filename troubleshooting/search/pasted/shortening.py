"""A log longer than a search reads -> the lines of it that may say what failed. Pure."""

from __future__ import annotations

import re

from ...texts.codes.context import announcing_words

#: Lines kept around one that may say what failed.
_AROUND = 1
_GAP = "…"
_NUMBER = re.compile(r"0[xX][0-9A-Fa-f]{3,8}|-\d{9,10}|[A-Z]\w*[a-z][A-Z]\w{4,}")


def shortened(text: str, most: int) -> str:
    """Return the lines of ``text`` that may say what failed, ``most`` characters of them.

    Where these are too many the last count, as what a log says last does. A text that is short
    enough, and one without any such line, stays as it is.
    """
    if len(text) <= most:
        return text
    lines = text.split("\n")
    telling = _telling()
    kept: set[int] = set()
    for number, line in enumerate(lines):
        if telling.search(line[:2000].lower()) or _NUMBER.search(line, 0, 2000):
            kept.update(range(max(0, number - _AROUND), min(len(lines), number + _AROUND + 1)))
    if not kept:
        return text
    return _joined(lines, sorted(kept), most)


def _telling() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, announcing_words()["stems"])))


def _joined(lines: list[str], numbers: list[int], most: int) -> str:
    """Return the last of the numbered lines that fit, a line with a mark where some were left."""
    parts: list[str] = []
    room = most
    above = len(lines)
    for number in reversed(numbers):
        gap = [] if number == above - 1 else [_GAP]
        room -= len(lines[number]) + 1 + 2 * len(gap)
        if room < 0:
            break
        parts += [*gap, lines[number]]
        above = number
    return "\n".join(reversed(parts))
