"""Blocks -> the tree of sections that their headings make.

Tabs and folded methods are pieces with a name of their own that are no sections. ``preprocess``
writes the name as a heading that begins with ``MARK``. In a resolution such headings part
alternatives; everywhere else the name is a line in bold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ...markup import Block, Heading, Paragraph
from ..anchors import plain, split_heading
from ..lines import MARK


@dataclass(slots=True)
class HeadingSection:
    """A heading with the blocks right under it and its sub-sections. The root has level 0."""

    level: int
    anchor: str
    heading: str
    lines: tuple[int, int]
    blocks: list[Block] = field(default_factory=list)
    children: list[HeadingSection] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Return the words of the heading; its anchor where it is nothing but markup."""
        return plain(self.heading) or self.anchor

    def walk(self) -> Iterator[HeadingSection]:
        """Yield this section and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def as_heading(self) -> Heading:
        """Return the heading as a block, with its anchor written out."""
        return Heading(self.level, f'<a name="{self.anchor}"></a>{self.heading}', self.lines)

    def flat(self) -> list[Block]:
        """Return all blocks of the section; sub-sections begin with their headings."""
        below = (block for child in self.children for block in child.with_heading())
        return [*self.blocks, *below]

    def with_heading(self) -> list[Block]:
        """Return the heading, and all blocks under it."""
        return [self.as_heading(), *self.flat()]


def section_tree(blocks: list[Block]) -> HeadingSection:
    """Return the root of the tree of sections."""
    root = HeadingSection(0, "", "", (0, 0))
    path = [root]
    for block in blocks:
        if not isinstance(block, Heading) or is_alternative(block):
            path[-1].blocks.append(block)
            continue
        if not block.text.strip():
            continue  # a mere "###" heads nothing
        anchor, heading = split_heading(block.text)
        section = HeadingSection(block.level, anchor, heading, block.lines)
        while path[-1].level >= block.level:
            path.pop()
        path[-1].children.append(section)
        path.append(section)
    return root


def is_alternative(block: Block) -> bool:
    """Return whether a heading is the name of a tab or of folded text."""
    return isinstance(block, Heading) and block.text.startswith(MARK)


def name_of(heading: Heading) -> str:
    """Return the name without the mark."""
    return heading.text.removeprefix(MARK)


def as_bold(blocks: list[Block]) -> list[Block]:
    """Return ``blocks`` with such names as lines in bold."""
    return [
        Paragraph(f"**{name_of(block)}**", block.lines)
        if isinstance(block, Heading) and is_alternative(block)
        else block
        for block in blocks
    ]
