"""The blocks of a Markdown text. Inline Markdown stays as it was written.

``lines`` is the half-open range of source lines, counted from 0, that the block came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..languages import common

Lines = tuple[int, int]
NOWHERE: Lines = (0, 0)
#: What stands before a numbered item, in canonical Markdown.
ITEM_NUMBER = re.compile(r"^ *\d+\. ", re.MULTILINE)

# The alerts of docfx: https://learn.microsoft.com/contribute/content/markdown-reference#alerts
ALERT_KINDS = tuple(common()["alerts"])


@dataclass(slots=True)
class Paragraph:
    text: str
    lines: Lines = NOWHERE


@dataclass(slots=True)
class Heading:
    level: int
    text: str
    lines: Lines = NOWHERE


@dataclass(slots=True)
class CodeBlock:
    text: str
    info: str = ""
    lines: Lines = NOWHERE


@dataclass(slots=True)
class HtmlBlock:
    text: str
    lines: Lines = NOWHERE


@dataclass(slots=True)
class Rule:
    lines: Lines = NOWHERE


@dataclass(slots=True)
class Item:
    blocks: list[Block]
    lines: Lines = NOWHERE


@dataclass(slots=True)
class ListBlock:
    ordered: bool
    items: list[Item]
    start: int = 1
    lines: Lines = NOWHERE


@dataclass(slots=True)
class Quote:
    blocks: list[Block]
    lines: Lines = NOWHERE


@dataclass(slots=True)
class Alert:
    kind: str
    blocks: list[Block]
    lines: Lines = NOWHERE


@dataclass(slots=True)
class TableRow:
    cells: list[str]
    lines: Lines = NOWHERE


@dataclass(slots=True)
class Table:
    header: TableRow
    rows: list[TableRow]
    alignments: list[str] = field(default_factory=list)
    lines: Lines = NOWHERE


Block = Paragraph | Heading | CodeBlock | HtmlBlock | Rule | ListBlock | Quote | Alert | Table


def children(block: Block) -> list[list[Block]]:
    """Return the lists of blocks directly inside ``block``."""
    if isinstance(block, ListBlock):
        return [item.blocks for item in block.items]
    if isinstance(block, Quote | Alert):
        return [block.blocks]
    return []


def walk(blocks: list[Block]) -> Iterator[Block]:
    """Yield all blocks, depth first, in document order."""
    for block in blocks:
        yield block
        for inner in children(block):
            yield from walk(inner)
