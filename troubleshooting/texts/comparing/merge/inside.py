"""Merges what lies inside one unit: sub-steps of a step, blocks of an alert, rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...markup.blocks import Alert, Block, Quote, Table, TableRow
from ...markup.canonical import to_markdown
from ...markup.units import BLOCK, Unit, blocks_of, units_of_blocks

MergeUnits = Callable[[Sequence[Unit], Sequence[Unit], Sequence[Unit]], "list[Unit] | None"]


def merge_inside(base: Unit, ours: Unit, theirs: Unit, merge: MergeUnits) -> Unit | None:
    """Return one unit of three that differ; None where the changes inside it overlap too.

    ``merge`` merges units, or returns None for a conflict.
    """
    sides = (base, ours, theirs)
    if any(unit.form != base.form or unit.start != base.start for unit in sides):
        return None
    if base.form != BLOCK:
        merged = merge(*(units_of_blocks(unit.blocks) for unit in sides))
        return None if merged is None else _unit(blocks_of(merged), ours)
    if not all(unit.blocks for unit in sides):
        return None
    block = _merge_block(base.blocks[0], ours.blocks[0], theirs.blocks[0], merge)
    return _unit([block], ours) if block else None


def _unit(blocks: list[Block], like: Unit) -> Unit:
    return Unit(to_markdown(blocks), like.form, like.start, like.number, blocks)


def _merge_block(base: Block, ours: Block, theirs: Block, merge: MergeUnits) -> Block | None:
    if not type(base) is type(ours) is type(theirs):
        return None
    match base, ours, theirs:
        case Table(), Table(), Table():
            return _merge_tables(base, ours, theirs, merge)
        case Alert(), Alert(), Alert() if base.kind == ours.kind == theirs.kind:
            inner = _merge_blocks(base.blocks, ours.blocks, theirs.blocks, merge)
            return Alert(base.kind, inner) if inner else None
        case Quote(), Quote(), Quote():
            inner = _merge_blocks(base.blocks, ours.blocks, theirs.blocks, merge)
            return Quote(inner) if inner else None
    return None


def _merge_blocks(
    base: list[Block], ours: list[Block], theirs: list[Block], merge: MergeUnits
) -> list[Block] | None:
    merged = merge(*(units_of_blocks(blocks) for blocks in (base, ours, theirs)))
    return None if merged is None else blocks_of(merged)


def _merge_tables(base: Table, ours: Table, theirs: Table, merge: MergeUnits) -> Table | None:
    """Merge tables: rows move as one; a changed header changes what every row means."""
    tables = (base, ours, theirs)
    heads = {(tuple(table.header.cells), tuple(table.alignments)) for table in tables}
    if len(heads) > 1:
        return None
    rows = {_row_key(row): row for table in tables for row in table.rows}
    merged = merge(*([Unit(_row_key(row)) for row in table.rows] for table in tables))
    if merged is None:
        return None
    return Table(ours.header, [rows[unit.text] for unit in merged], ours.alignments)


def _row_key(row: TableRow) -> str:
    return " | ".join(row.cells)
