"""Tables that tell ways out, each with its steps: in rows or in columns."""

from __future__ import annotations

from ....markup import Block, ListBlock, Table, TableRow
from ...anchors import plain
from .cells import cell_blocks, in_list, simple_cell

#: A longer cell is no name of a way out.
LONGEST_NAME = 120

Way = tuple[str, list[Block]]
"""The name of a way out, and what it tells."""


def ways_of(table: Table) -> list[Way]:
    """Return the ways out that ``table`` holds with their steps, in rows or in columns."""
    rows = [row for row in table.rows if any(cell.strip() for cell in row.cells)]
    return _in_rows(table, rows) or _in_columns(table, rows)


def _in_rows(table: Table, rows: list[TableRow]) -> list[Way]:
    if len(table.header.cells) != 2 or len(rows) < 2:
        return []
    ways = [_way(row.cells[0], row.cells[1], row) for row in rows if len(row.cells) == 2]
    return ways if len(ways) == len(rows) and all(map(_is_stepwise, ways)) else []


def _in_columns(table: Table, rows: list[TableRow]) -> list[Way]:
    names = table.header.cells
    if len(rows) != 1 or len(names) < 2 or len(rows[0].cells) != len(names):
        return []
    ways = [_way(name, cell, rows[0]) for name, cell in zip(names, rows[0].cells, strict=True)]
    return ways if all(map(_is_stepwise, ways)) else []


def _way(name: str, cell: str, row: TableRow) -> Way:
    return plain(simple_cell(name)).strip(" :"), in_list(cell_blocks(simple_cell(cell), row.lines))


def _is_stepwise(way: Way) -> bool:
    name, told = way
    stepwise = any(isinstance(block, ListBlock) and block.ordered for block in told)
    return stepwise and 0 < len(name) <= LONGEST_NAME
