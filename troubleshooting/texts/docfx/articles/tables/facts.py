"""Tables of two columns that name a fact in each row: "Cause | The disk is full"."""

from __future__ import annotations

from ....languages import Labels
from ....languages.matching import label_of
from ....markup import Block, Paragraph, Table, TableRow
from ...anchors import plain
from .cells import cell_blocks, simple_cell


def facts_of(table: Table, labels: Labels) -> list[Block] | None:
    """Return the rows of ``table`` as labelled paragraphs, or None where it holds other things.

    Such a table names two parts of a problem or more, each once, in its first column.
    """
    rows = [row for row in (table.header, *table.rows) if any(cell.strip() for cell in row.cells)]
    if any(len(row.cells) != 2 for row in rows) or _has_columns(table.header, labels):
        return None
    named = [_part(row, labels) for row in rows]
    parts = [part for part in named if part]
    if len(parts) < 2 or len(set(parts)) < len(parts) or "resolution" not in parts:
        return None
    return [block for row in rows for block in _fact(row)]


def _has_columns(header: TableRow, labels: Labels) -> bool:
    """Return whether a header names what columns hold; "Property | Details" names facts."""
    first, last = (labels.column(cell) for cell in header.cells)
    return last is not None and (first is not None or last != "problem")


def _part(row: TableRow, labels: Labels) -> str:
    name = plain(row.cells[0]).strip(" :")
    label = label_of(f"**{name}**:", labels) if name else None
    return label.part if label else ""


def _fact(row: TableRow) -> list[Block]:
    """Write a row as a paragraph that begins with its name in bold, then what else it says."""
    name, text = map(simple_cell, row.cells)
    blocks = cell_blocks(text, row.lines)
    lead = f"**{plain(name).strip(' :')}:**" if name.strip() else ""
    if lead and blocks and isinstance(blocks[0], Paragraph):
        blocks[0].text = f"{lead} {blocks[0].text}"
    elif lead:
        blocks.insert(0, Paragraph(lead, row.lines))
    return blocks
