"""Tables of HTML as rows of equally many cells."""

from __future__ import annotations

import re
from typing import Any

#: More columns than any table has; rows of one that spans more are as they are.
MOST_COLUMNS = 40
MOST_SPAN = 1000
_DATA = re.compile(r"0x[0-9a-f]{4,}|\d{3,}", re.IGNORECASE)
Row = list[Any]


def grid_of(table: Any) -> list[Row]:
    """Return the cells of the rows of ``table`` itself, None where one spans from elsewhere."""
    rows: list[Row] = []
    open_spans: dict[int, int] = {}
    for row in _rows_of(table):
        cells: Row = []
        for cell in row.find_all(["td", "th"], recursive=False):
            _skip(open_spans, cells)
            width = min(_number(cell.get("colspan")), MOST_COLUMNS)
            height = _number(cell.get("rowspan"))
            for offset in range(width):
                if height > 1:
                    open_spans[len(cells)] = height - 1
                cells.append(cell if offset == 0 else None)
        _skip(open_spans, cells)
        if cells:
            rows.append(cells[:MOST_COLUMNS])
    width = max(map(len, rows), default=0)
    return [row + [None] * (width - len(row)) for row in rows]


def is_layout(rows: list[Row]) -> bool:
    """Return whether a table has one column: it is a box around its text."""
    return len(rows[0]) < 2


def with_header_row(rows: list[Row], cells: list[list[str]]) -> list[list[str]]:
    """Return ``cells`` with a first row that names the columns: its own, or an empty one."""
    return cells if _is_header(rows) else [[""] * len(cells[0]), *cells]


def _is_header(rows: list[Row]) -> bool:
    first = [cell for cell in rows[0] if cell is not None]
    in_head = first and first[0].find_parent("thead") is not None
    if in_head or all(cell.name == "th" for cell in first):
        return True
    if len(rows) < 2 or any(cell.name == "th" for cell in first):
        return False
    # Word and others mark no header: a first row of short words is one, a code is none.
    texts = [cell.get_text(" ", strip=True) for cell in first]
    return all(text and len(text) <= 40 and not _DATA.search(text) for text in texts)


def _rows_of(table: Any) -> list[Any]:
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def _skip(open_spans: dict[int, int], cells: Row) -> None:
    """Fill the places that cells of rows above reach into."""
    while open_spans.get(len(cells)):
        open_spans[len(cells)] -= 1
        cells.append(None)


def _number(text: str | None) -> int:
    return max(1, min(int(text), MOST_SPAN)) if text and text.isdigit() else 1
