"""Tables that tell a procedure, a step in each row."""

from __future__ import annotations

import re

from ....languages import Labels, fold, header_text, joining_words
from ....markup import Block, Item, ListBlock, Paragraph, Table, TableRow
from ....shares import most_of
from ...anchors import plain
from ..instructions import instructs
from .cells import cell_blocks, simple_cell
from .rows import error_columns

_COUNT = re.compile(r"\(?([0-9]{1,2})[.):]?")
_COUNTED = re.compile(r"\(?([0-9]{1,2})[.)]\s+(?=\S)")
# What stands above a column of numbers that may be those of anything.
_SIGN = re.compile(
    rf"(?:#|n[°ºor]s?\.?|(?:{'|'.join(joining_words('number'))})\.?|)", re.IGNORECASE
)


def steps_of(table: Table, labels: Labels) -> ListBlock | None:
    """Return the rows of ``table`` as the items of a numbered list, or None.

    Its first column counts from one under a word such as "Step"; under a mere sign its rows have
    to tell what to do. A row without a number goes on about the step before it.
    """
    rows = [row for row in table.rows if any(cell.strip() for cell in row.cells)]
    if len(table.header.cells) == 1:
        return _counted_lines(table, rows)
    if error_columns(table, labels) or not _is_counted(rows, labels):
        return None
    if not _names_steps(table, rows, labels):
        return None
    items: list[Item] = []
    for row in rows:
        told = _told(table, row, labels)
        if not row.cells[0].strip():
            items[-1].blocks += told
        elif not told:
            return None
        else:
            items.append(Item(told, row.lines))
    return ListBlock(True, items, lines=(items[0].lines[0], items[-1].lines[1]))


def _is_counted(rows: list[TableRow], labels: Labels) -> bool:
    """Return whether the first cells that say something count from one, the first row's too."""
    first = [row.cells[0] for row in rows]
    numbers = [_number(cell, labels) for cell in first if cell.strip()]
    several = len(numbers) > 1 and bool(first[0].strip())
    return several and numbers == list(range(1, len(numbers) + 1))


def _number(cell: str, labels: Labels) -> int | None:
    """Return the number of a step that a cell holds and nothing else: "2", "Step 2"."""
    words = plain(simple_cell(cell)).strip()
    if match := _COUNT.fullmatch(words):
        return int(match[1])
    step = labels.step.fullmatch(fold(words).rstrip(" .:") + ":")
    return int(step["number"]) if step and step["number"] and not step["title"] else None


def _names_steps(table: Table, rows: list[TableRow], labels: Labels) -> bool:
    header = header_text(table.header.cells[0])
    if not header or _SIGN.fullmatch(header):
        named = any(not _COUNT.fullmatch(plain(row.cells[0]).strip()) for row in rows)
        return named or _rows_instruct(rows, labels)
    return labels.step.fullmatch(f"{header} 1") is not None


def _rows_instruct(rows: list[TableRow], labels: Labels) -> bool:
    return most_of(instructs(Paragraph(simple_cell(row.cells[1])), labels) for row in rows)


def _told(table: Table, row: TableRow, labels: Labels) -> list[Block]:
    """Return what a row tells beside its number; further columns with their headers."""
    out: list[Block] = []
    for header, cell in zip(table.header.cells[1:], row.cells[1:], strict=False):
        blocks = cell_blocks(simple_cell(cell), row.lines)
        name = plain(header).strip(" :")
        if out and name and blocks and isinstance(blocks[0], Paragraph):
            blocks[0].text = f"**{name}**{labels.words['colon']}{blocks[0].text}"
        out += blocks
    return out


def _counted_lines(table: Table, rows: list[TableRow]) -> ListBlock | None:
    """Return the rows of a table of one column as a list, where each begins with its number."""
    cells = [simple_cell(row.cells[0]) for row in rows]
    marks = [_COUNTED.match(cell) for cell in cells]
    counts = [int(mark[1]) for mark in marks if mark]
    if len(counts) < max(2, len(cells)) or counts != list(range(1, len(counts) + 1)):
        return None
    items = [
        Item(cell_blocks(mark.string[mark.end() :], row.lines), row.lines)
        for mark, row in zip(marks, rows, strict=True)
        if mark
    ]
    return ListBlock(True, items, lines=(items[0].lines[0], items[-1].lines[1]))
