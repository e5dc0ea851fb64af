"""Rows of pipe tables with more pipes than columns: no cell is dropped.

GFM cuts a row at every pipe that has no backslash, inside code too, and drops the cells beyond
those of the header (https://github.github.com/gfm/#tables-extension-). Authors mean the pipe.
"""

from __future__ import annotations

import re

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")


class Pipes:
    """Reader of line after line that remembers the columns of the table that it is in."""

    def __init__(self) -> None:
        self.columns = 0
        self.previous = ""
        self.is_bare = False

    def line(self, line: str) -> str:
        """Return ``line`` with the pipes escaped that part no cells."""
        if not line.strip() or "|" not in line:
            self.columns = 0
        elif "|" in self.previous and _RULE.fullmatch(line):
            columns = _count(line)
            self.columns = columns if columns == _count(self.previous) else 0
            self.is_bare = not self.previous.lstrip().startswith("|")
        elif self.columns and self.is_bare and _lacks_first(line, self.columns):
            line = f"| {line.lstrip()}"
        elif self.columns and _count(line) > self.columns:
            line = _escaped(line, self.columns)
        self.previous = line
        return line


def _lacks_first(line: str, columns: int) -> bool:
    """Return whether a row begins with the pipe after an empty cell, in a table without borders."""
    return line.lstrip().startswith("|") and len(_PIPE.findall(_CODE.sub("", line))) == columns - 1


def _cells(line: str) -> str:
    return line.strip().removeprefix("|")


def _count(line: str) -> int:
    cells = _cells(line)
    pipes = len(_PIPE.findall(cells))
    return pipes + (0 if re.search(r"(?<!\\)\|\s*$", cells) else 1)


def _escaped(line: str, columns: int) -> str:
    line = _CODE.sub(lambda code: _PIPE.sub(r"\\|", code[0]), line)
    extra = _count(line) - columns
    if extra <= 0:
        return line
    places = [match.start() for match in _PIPE.finditer(line)]
    if line.lstrip().startswith("|"):
        places = places[1:]
    ends = bool(places) and not line[places[-1] + 1 :].strip()
    beyond = places[columns - 1 : -1 if ends else None]
    for place in reversed(beyond):
        line = f"{line[:place]}\\{line[place:]}"
    return line
