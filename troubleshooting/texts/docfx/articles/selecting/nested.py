"""Error tables inside the items of lists."""

from __future__ import annotations

from collections.abc import Iterator

from ....languages import Labels
from ....markup import Block, Item, ListBlock, Table
from ....markup.blocks import walk
from ..sections import HeadingSection
from ..tables import error_columns

Kinds = list[str | None]
_TOLD = frozenset({"cause", "resolution"})


def part_tables(root: HeadingSection, labels: Labels) -> None:
    """Put what bullets hold in their place, where each introduces a table of errors.

    The tables then stand right under their heading, as those without bullets do.
    """
    for section in root.walk():
        section.blocks = [
            block for each in section.blocks for block in _parted(each, section.title, labels)
        ]


def nested_tables(section: HeadingSection, labels: Labels) -> list[tuple[Table, Kinds]]:
    """Return the tables of several errors inside the lists right under a heading.

    They tell causes or what to do: one that only says what codes mean is read in its step.
    """
    lists: list[Block] = [block for block in section.blocks if isinstance(block, ListBlock)]
    inside = (block for block in walk(lists) if isinstance(block, Table) and len(block.rows) > 1)
    found = ((table, error_columns(table, labels, section.title)) for table in inside)
    return [(table, kinds) for table, kinds in found if kinds and _TOLD & set(kinds)]


def _parted(block: Block, title: str, labels: Labels) -> Iterator[Block]:
    if not isinstance(block, ListBlock) or block.ordered:
        yield block
        return
    if not all(_holds_errors(item, title, labels) for item in block.items):
        yield block
        return
    for item in block.items:
        yield from item.blocks


def _holds_errors(item: Item, title: str, labels: Labels) -> bool:
    tables = (block for block in item.blocks if isinstance(block, Table))
    return any(error_columns(table, labels, title) for table in tables)
