"""Steps counted in other ways than CommonMark knows: ``a)``, ``(1)``, ``ii.``, ``3 -``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

Lines = Iterable[tuple[str, int]]

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
# Each way: what stands before the text of a step, in the group its count.
_WAYS = {
    "small": re.compile(r"([a-z])[.)]"),
    "capital": re.compile(r"([A-Z])[.)]"),
    "roman": re.compile(r"([ivx]{1,4})[.)]"),
    "brackets": re.compile(r"\(([0-9]{1,2}|[a-z]|[A-Z])\)"),
    "dash": re.compile(r"([0-9]{1,2}) ?[-–:/]"),
    "sign": re.compile(r"([①-⑳])[.)]?"),
}
_MARKER = re.compile(r"([ \t]*)((?:\*\*)?)([0-9]{1,2} [-–:/]|\S{1,5})([ \t]+)(?=\S)")


def with_numbers(
    lines: list[tuple[str, int]], outside_code: Callable[[Lines], Iterator[tuple[str, int, bool]]]
) -> list[tuple[str, int]]:
    """Return ``lines`` with steps that are counted otherwise written as ``1.``, ``2.``.

    That is done where two or more follow each other: ``a) Open``, ``b) Close``. Each line has its
    number in the document, which stays; ``outside_code`` adds to each whether it is code.
    """
    runs: dict[tuple[str, str], list[int]] = {}  # by indent and way, the lines of those that go on
    changed: dict[int, str] = {}
    for index, (line, _, is_code) in enumerate(outside_code(lines)):
        found = {} if is_code else _counts(line)
        if not found and line[:1].strip():
            runs.clear()
        for (indent, way), count in found.items():
            run = runs.setdefault((indent, way), [])
            if count != len(run) + 1:
                run.clear()
            if count == len(run) + 1:
                run.append(index)
            if len(run) > 1:
                for rank, place in enumerate(run[-2:], len(run) - 1):
                    changed[place] = _numbered(lines[place][0], rank)
    return [(changed.get(index, line), number) for index, (line, number) in enumerate(lines)]


def _counts(line: str) -> dict[tuple[str, str], int]:
    """Return which step a line is in each way of counting that it may be written in."""
    match = _MARKER.match(line)
    if match is None:
        return {}
    found = ((way, pattern.fullmatch(match[3])) for way, pattern in _WAYS.items())
    return {(match[1], way): _rank(way, mark[1]) for way, mark in found if mark}


def _rank(way: str, count: str) -> int:
    if count.isascii() and count.isdigit():
        return int(count)
    if way == "roman":
        return _ROMAN.index(count) + 1 if count in _ROMAN else 0
    if way == "sign":
        return ord(count) - ord("①") + 1
    return ord(count.lower()) - ord("a") + 1


def _numbered(line: str, rank: int) -> str:
    match = _MARKER.match(line)
    if match is None:
        return line
    return f"{match[1]}{rank}.{match[4]}{match[2]}{line[match.end() :]}"
