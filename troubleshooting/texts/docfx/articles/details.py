"""Steps that are listed first and detailed one by one under headings that follow the list."""

from __future__ import annotations

from ...markup import Block, Heading, ListBlock, Paragraph
from ..anchors import split_heading


def nest_details(blocks: list[Block]) -> list[Block]:
    """Return ``blocks`` with such details inside the steps that they belong to.

    It applies where a numbered list is followed by as many headings of one level as it has
    items, up to the end.
    """
    for index, block in enumerate(blocks):
        if not isinstance(block, ListBlock) or not block.ordered or len(block.items) < 2:
            continue
        groups = _groups(blocks[index + 1 :])
        if groups is None or len(groups) != len(block.items):
            continue
        for item, (heading, content) in zip(block.items, groups, strict=True):
            text = split_heading(heading.text)[1]
            item.blocks += [Paragraph(f"**{text}**", heading.lines), *content]
        return blocks[: index + 1]
    return blocks


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
