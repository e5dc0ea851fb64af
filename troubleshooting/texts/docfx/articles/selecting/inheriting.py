"""Codes that only a heading above or the title of the page names, which problems below bear."""

from __future__ import annotations

from collections.abc import Iterable

from ....codes import codes_of_title, find_codes
from ....markup import Block, CodeBlock, Paragraph
from ....markup.blocks import Lines, walk
from ...anchors import plain
from ..parts import EntryParts

#: A title that names more codes speaks of several problems.
MOST_CODES = 3


def inherit_codes(parts: EntryParts, title: str, above: Iterable[str], lines: Lines) -> None:
    """Begin a problem that names no code with those of the nearest title ``above`` that names some.

    ``title`` is the problem's own; ``lines`` are those of its heading.
    """
    named = (_spellings(each) for each in above)
    codes = next((found for found in named if found), [])
    if not codes or len(codes) > MOST_CODES or _spellings(title) or _names_codes(parts):
        return
    listing = Paragraph(", ".join(f"`{code}`" for code in codes), lines)
    parts.blocks["problem"] = [listing, *parts.blocks["problem"]]


def _spellings(title: str) -> list[str]:
    return list(dict.fromkeys(mention.spelling for mention in codes_of_title(title)))


def _names_codes(parts: EntryParts) -> bool:
    return any(map(_names_code, walk([b for blocks in parts.blocks.values() for b in blocks])))


def _names_code(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return bool(find_codes(plain(block.text)))
    return isinstance(block, CodeBlock) and bool(find_codes(block.text))
