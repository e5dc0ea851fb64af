"""Steps that are listed first and detailed one by one under headings that follow the list."""

from __future__ import annotations

import re

from ...markup import Block, Heading, Item, ListBlock, Paragraph
from ...shares import half_of
from ..anchors import plain, split_heading

_WORD = re.compile(r"[^\W\d_]{3,}")
#: From this share of the words of the shorter on a step and a heading repeat each other.
REPEATED = 0.5


def nest_details(blocks: list[Block]) -> list[Block]:
    """Return ``blocks`` with such details inside the steps that they belong to.

    It applies where a numbered list is followed by as many headings of one level as it has
    items, up to the end, and the items link to the headings or repeat their words.
    """
    for index, block in enumerate(blocks):
        if not isinstance(block, ListBlock) or not block.ordered or len(block.items) < 2:
            continue
        groups = _groups(blocks[index + 1 :])
        if groups is None or len(groups) != len(block.items):
            continue
        pairs = list(zip(block.items, groups, strict=True))
        if not half_of(_details(item, heading) for item, (heading, _) in pairs):
            continue
        for item, (heading, content) in pairs:
            text = split_heading(heading.text)[1]
            item.blocks += [Paragraph(f"**{text}**", heading.lines), *content]
        return blocks[: index + 1]
    return blocks


def _details(item: Item, heading: Heading) -> bool:
    """Return whether a step links to the heading or repeats half of its words."""
    anchor, text = split_heading(heading.text)
    step = "\n".join(block.text for block in item.blocks if isinstance(block, Paragraph))
    if f"(#{anchor})" in step:
        return True
    words = set(_WORD.findall(plain(text).casefold()))
    said = set(_WORD.findall(plain(step).casefold()))
    shorter = min(len(words), len(said))
    return shorter > 0 and len(words & said) >= REPEATED * shorter


def _groups(blocks: list[Block]) -> list[tuple[Heading, list[Block]]] | None:
    if not blocks or not isinstance(blocks[0], Heading):
        return None
    level = blocks[0].level
    groups: list[tuple[Heading, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level <= level:
            if block.level < level:
                return None
            groups.append((block, []))
        else:
            groups[-1][1].append(block)
    return groups
