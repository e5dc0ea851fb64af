"""Markdown as a tree of blocks, read as CommonMark, and its canonical form. Pure."""

from .blocks import (
    Alert,
    Block,
    Code,
    Heading,
    Html,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Row,
    Rule,
    Table,
)
from .canonical import canonical, to_markdown
from .limits import IntricateTextError
from .reader import read_blocks

__all__ = [
    "Alert",
    "Block",
    "Code",
    "Heading",
    "Html",
    "IntricateTextError",
    "Item",
    "ListBlock",
    "Paragraph",
    "Quote",
    "Row",
    "Rule",
    "Table",
    "canonical",
    "read_blocks",
    "to_markdown",
]
