"""Markdown as a tree of blocks, read as CommonMark, and its canonical form. Pure."""

from .blocks import (
    Alert,
    Block,
    CodeBlock,
    Heading,
    HtmlBlock,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
    TableRow,
)
from .canonical import canonical, to_markdown
from .limits import IntricateTextError
from .reader import read_blocks

__all__ = [
    "Alert",
    "Block",
    "CodeBlock",
    "Heading",
    "HtmlBlock",
    "IntricateTextError",
    "Item",
    "ListBlock",
    "Paragraph",
    "Quote",
    "Rule",
    "Table",
    "TableRow",
    "canonical",
    "read_blocks",
    "to_markdown",
]
