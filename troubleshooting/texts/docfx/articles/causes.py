"""Causes that stand within a problem or a resolution: a sentence with a colon, and a list.

A list may tell with each cause what mends it.
"""

from __future__ import annotations

import re

from ...languages import Labels
from ...markup import Block, Heading, Item, ListBlock, Paragraph
from ...plain import sentences
from ...shares import most_of
from ..anchors import plain
from .boundaries import Boundary, boundary
from .instructions import instructs

# What leads from a cause to what mends it: "Wrong password → change it".
_ARROW = re.compile(r"[ \u00a0](?:[→⇒➜]|[=-]>)[ \u00a0]")
#: A longer cause is no title of what mends it.
LONGEST_TITLE = 120


def move_causes(parts: dict[str, list[Block]], labels: Labels) -> None:
    """Move announced lists of causes, with the sentence that announces them, to ``cause``.

    What follows such a list in a problem goes on about the causes; in a resolution the text
    returns to what to do.
    """
    for part in ("problem", "resolution"):
        blocks = parts[part]
        announced = _announced(blocks, labels)
        if announced is None:
            continue
        index, paragraph = announced
        kept, lead = _split_lead(paragraph)
        following = blocks[index + 1 :]
        end = _end(following) if part == "problem" else 1
        before = [*blocks[:index], *([kept] if kept else [])]
        parts[part] = [*before, *following[end:]]
        parts["cause"] = [*parts["cause"], lead, *following[:end]]


def _announced(blocks: list[Block], labels: Labels) -> tuple[int, Paragraph] | None:
    for index, block in enumerate(blocks[:-1]):
        if not isinstance(block, Paragraph) or not isinstance(blocks[index + 1], ListBlock):
            continue
        if _is_announced([block], labels):
            return index, block
    return None


def _split_lead(paragraph: Paragraph) -> tuple[Paragraph | None, Paragraph]:
    *before, lead = sentences(paragraph.text)
    kept = Paragraph(" ".join(before), paragraph.lines) if before else None
    return kept, Paragraph(lead, paragraph.lines)


def _end(blocks: list[Block]) -> int:
    for index, block in enumerate(blocks):
        if isinstance(block, Heading):
            return index
    return len(blocks)


Mended = tuple[list[Block], list[Block]]
"""What an item says of a cause, and what it tells to do."""


def part_listed(parts: dict[str, list[Block]], labels: Labels) -> None:
    """Part a list whose items each tell a cause and what mends it into both, each in its part.

    In a problem or a resolution a sentence has to announce the causes. Nothing happens where
    something else resolves them.
    """
    resolved = any(not isinstance(block, Heading) for block in parts["resolution"])
    for part in ("resolution",) if resolved else ("cause", "problem"):
        blocks = parts[part]
        for index, block in enumerate(blocks):
            said = part == "cause" or _is_announced(blocks[:index], labels)
            mended = _mended(block, labels) if said and isinstance(block, ListBlock) else []
            if isinstance(block, ListBlock) and mended:
                start = index if part == "cause" else index - 1
                causes = [*blocks[start:index], _causes(block, mended)]
                _place(parts, part, (start, index + 1), causes, _ways(mended))
                return


def _place(
    parts: dict[str, list[Block]],
    part: str,
    place: tuple[int, int],
    causes: list[Block],
    ways: list[Block],
) -> None:
    """Put both where they belong, instead of what stands at ``place`` in ``part``."""
    before, after = parts[part][: place[0]], parts[part][place[1] :]
    if part == "cause":
        parts["cause"] = [*before, *causes, *after]
    else:
        parts["cause"] = [*parts["cause"], *causes]
        parts[part] = [*before, *after] if part == "problem" else before
    parts["resolution"] = [*parts["resolution"], *ways, *(after if part == "resolution" else [])]


def _causes(block: ListBlock, mended: list[Mended]) -> ListBlock:
    items = [Item(said, said[0].lines) for said, _ in mended]
    return ListBlock(block.ordered, items, block.start, block.lines)


def _ways(mended: list[Mended]) -> list[Block]:
    return [each for said, told in mended if told for each in (_way(said, told), *told)]


def _way(blocks: list[Block], lead: list[Block]) -> Block:
    text = plain(blocks[0].text).strip(" .:") if isinstance(blocks[0], Paragraph) else ""
    fits = len(text) <= LONGEST_TITLE and len(sentences(text)) == 1
    return boundary(Boundary(None, text if fits else ""), lead[0])


def _is_announced(before: list[Block], labels: Labels) -> bool:
    last = before[-1] if before else None
    if not isinstance(last, Paragraph):
        return False
    lead = plain(sentences(last.text)[-1])
    return lead.endswith(":") and labels.says("cause_lead", lead)


def _mended(block: ListBlock, labels: Labels) -> list[Mended]:
    """Return the items parted in two, or none where they are not all causes, most of them mended.

    An item that begins with what to do is none.
    """
    found = [_item(item.blocks, labels) for item in block.items]
    mended = [each for each in found if each is not None]
    several = len(mended) == len(found) > 1
    return mended if several and most_of(ways for _, ways in mended) else []


def _item(blocks: list[Block], labels: Labels) -> Mended | None:
    head = blocks[0] if blocks else None
    if not isinstance(head, Paragraph):
        return None
    said, told = _split_head(head, labels)
    if said is None:
        return None
    rest = blocks[1:]
    if told is not None:
        return [said], [told, *rest]
    start = next((i for i, b in enumerate(rest) if instructs(b, labels)), len(rest))
    return [said, *rest[:start]], rest[start:]


def _split_head(head: Paragraph, labels: Labels) -> tuple[Paragraph | None, Paragraph | None]:
    """Return the words of a cause, and those that tell what to do; the first is None without."""
    told = sentences(head.text)
    cause, arrow, way = _parted_at(_ARROW, told[0])
    if arrow and _tells(way, labels):
        return _part([cause], head), _part([way, *told[1:]], head)
    start = next((i for i, text in enumerate(told) if _tells(text, labels)), None)
    if start:
        return _part(told[:start], head), _part(told[start:], head)
    if start is None:
        return head, None
    cause, colon, way = told[0].partition(": ")
    if not colon or _tells(cause, labels):
        return None, None
    return _part([cause], head), _part([way, *told[1:]], head)


def _parted_at(mark: re.Pattern[str], text: str) -> tuple[str, str, str]:
    """Return what stands before the first mark, the mark and what follows, as ``partition``."""
    match = mark.search(text)
    return (text[: match.start()], match[0], text[match.end() :]) if match else (text, "", "")


def _tells(text: str, labels: Labels) -> bool:
    return instructs(Paragraph(text), labels)


def _part(lead: list[str], block: Paragraph) -> Paragraph:
    return Paragraph(" ".join(lead).strip(), block.lines)
