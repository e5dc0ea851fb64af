"""Where a resolution begins, as a block among those of its part."""

from __future__ import annotations

from dataclasses import dataclass

from ...languages.matching import Label
from ...markup import Block, Heading

#: The level of a label that is no heading, below all headings.
INLINE = 9


@dataclass(frozen=True, slots=True)
class Boundary:
    """Where a resolution begins: its number and title, the level of the heading it was."""

    number: int | None
    title: str
    level: int = INLINE


@dataclass(slots=True)
class BoundaryHeading(Heading):
    """A boundary among blocks; ``arrange`` gives it level and text."""

    boundary: Boundary = Boundary(None, "")


def boundary(kind: Boundary, block: Block) -> BoundaryHeading:
    """Make the block that stands for ``kind`` where ``block`` stood."""
    return BoundaryHeading(0, "", block.lines, kind)


def label_boundary(label: Label, block: Block, cause: int | None) -> BoundaryHeading:
    """Make the boundary of a label, such as ``Resolution 2: restart``.

    A resolution without a number has that of the ``cause`` right before it.
    """
    level = block.level if isinstance(block, Heading) else INLINE
    return boundary(Boundary(label.number or cause, label.title, level), block)
