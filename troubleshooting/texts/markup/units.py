"""A text as units: the smallest parts that move as one when texts are compared and merged.

A unit is a block, or an item of a list with all that belongs to it. A list is never torn that way:
its items are counted anew when units are written as a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from .blocks import Block, Item, ListBlock
from .canonical import to_markdown
from .reader import read_blocks

BLOCK, ORDERED, BULLET = "block", "ordered", "bullet"


@dataclass(frozen=True, slots=True)
class Unit:
    """A block, or an item of an ``ordered`` or a ``bullet`` list.

    ``text`` is its canonical Markdown, an item's without its marker. ``start`` is the number with
    which the first item of an ordered list begins, 1 for all others. ``number`` is what readers
    see before an item of an ordered list, 0 for all others.
    """

    text: str
    form: str = BLOCK
    start: int = 1
    number: int = field(default=0, compare=False)
    blocks: Sequence[Block] = field(default=(), compare=False, repr=False)


def units_of(text: str) -> list[Unit]:
    """Return the units of a canonical ``text``, in order."""
    return units_of_blocks(read_blocks(text))


def units_of_blocks(blocks: Iterable[Block]) -> list[Unit]:
    """Return the units of ``blocks``; what says nothing (a comment, an empty item) is left out."""
    return [unit for block in blocks for unit in _units(block) if unit.text]


def text_of(units: Iterable[Unit]) -> str:
    """Return the canonical Markdown of ``units``.

    Neighbouring items of one kind become one list.
    """
    return to_markdown(blocks_of(units))


def blocks_of(units: Iterable[Unit]) -> list[Block]:
    """Return the blocks of ``units``."""
    blocks: list[Block] = []
    for form, run in groupby(units, key=lambda unit: unit.form):
        members = list(run)
        if form == BLOCK:
            blocks += [block for unit in members for block in unit.blocks]
        else:
            start = next((unit.start for unit in members if unit.start != 1), 1)
            items = [Item(list(unit.blocks)) for unit in members]
            blocks.append(ListBlock(form == ORDERED, items, start))
    return blocks


def unit_from(text: str, form: str = BLOCK) -> list[Unit]:
    """Return what someone wrote in the place of one unit.

    Blocks as they are, or one item of a list.
    """
    blocks = read_blocks(text)
    if form == BLOCK:
        return units_of_blocks(blocks)
    written = to_markdown(blocks)
    return [Unit(written, form, blocks=blocks)] if written else []


def _units(block: Block) -> Iterator[Unit]:
    if not isinstance(block, ListBlock):
        yield Unit(to_markdown([block]), blocks=[block])
        return
    for index, item in enumerate(block.items):
        yield Unit(
            to_markdown(item.blocks),
            ORDERED if block.ordered else BULLET,
            start=block.start if block.ordered and index == 0 else 1,
            number=block.start + index if block.ordered else 0,
            blocks=item.blocks,
        )
