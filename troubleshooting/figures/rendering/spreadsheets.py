"""Tables as text that spreadsheets read, in which no cell is a formula. Pure.

A cell that begins with = + - or @ would be run when somebody opens the file, and what readers sent
is in these tables (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

#: Tells a spreadsheet that the text is UTF-8.
MARK = "\ufeff"
_STARTS = "=+@＝＋－＠-"
_BEGINS = re.compile(rf"\s*[{_STARTS}]|[\t\r\n]")
#: A spreadsheet of another country may split a cell at the separator that is usual there.
_BEGINS_LATER = re.compile(rf"(?<=[,;\t\r\n])(?=[\"']*[{_STARTS}])")

Cell = str | int | float | None


def lines(rows: Iterable[Sequence[Cell]], separator: str = ",") -> Iterator[str]:
    """Yield each of ``rows`` as a line, the mark before the first."""
    echo = _Echo()
    writer = csv.writer(echo, delimiter=separator, quoting=csv.QUOTE_MINIMAL)
    mark = MARK
    for row in rows:
        yield mark + writer.writerow([defused(cell) for cell in row])
        mark = ""


def defused(cell: Cell) -> Cell:
    """Return ``cell`` as text that no spreadsheet runs.

    With an apostrophe before what begins a formula.

    Numbers of the portal's own stay numbers.
    """
    if not isinstance(cell, str):
        return cell
    text = _BEGINS_LATER.sub("'", cell)
    return f"'{text}" if _BEGINS.match(text) else text


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text
