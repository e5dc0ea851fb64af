"""Tables that tell the causes of one problem, each with its solution."""

from __future__ import annotations

from ....languages import Labels
from ....markup import Block, Paragraph, Table
from .cells import cell_blocks, simple_cell


def holds(table: Table, block: Block) -> bool:
    """Return whether ``block`` stands in a row of ``table``."""
    return table.lines[0] <= block.lines[0] < table.lines[1]


def leads_to(anchor: str, table: Table) -> bool:
    """Return whether a cell of ``table`` links to the heading of ``anchor``."""
    return any(f"(#{anchor})" in cell for row in table.rows for cell in row.cells)


def pairs_of(table: Table, labels: Labels) -> list[Block] | None:
    """Return the rows of ``table`` as labelled causes and resolutions, or None.

    Such a table has a column of causes and one of resolutions, and no other.
    """
    kinds = [labels.column(header) for header in table.header.cells]
    if sorted(kind or "" for kind in kinds) != ["cause", "resolution"]:
        return None
    rows = [row for row in table.rows if all(cell.strip() for cell in row.cells)]
    if not rows or len(rows) < sum(any(cell.strip() for cell in row.cells) for row in table.rows):
        return None
    out: list[Block] = []
    for number, row in enumerate(rows, 1):
        counted = f" {number}" if len(rows) > 1 else ""
        cells = dict(zip(kinds, row.cells, strict=False))
        for kind in ("cause", "resolution"):
            blocks = cell_blocks(simple_cell(cells[kind]), row.lines)
            lead = f"**{labels.words[kind]}{counted}:**"
            if blocks and isinstance(blocks[0], Paragraph):
                blocks[0].text = f"{lead} {blocks[0].text}"
            else:
                blocks.insert(0, Paragraph(lead, row.lines))
            out += blocks
    return out
