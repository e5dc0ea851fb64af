"""Tabs and folded methods: pieces with a name of their own that are no sections of the document.

``preprocess`` writes the name as a heading that begins with ``MARK``. In a resolution such
headings part alternatives; everywhere else the name is a line in bold.
"""

from __future__ import annotations

from ...markup import Block, Heading, Paragraph
from ..preprocess import MARK


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
