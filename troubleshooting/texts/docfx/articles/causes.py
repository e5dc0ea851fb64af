"""Causes that stand within a problem or a resolution: a sentence with a colon, and a list."""

from __future__ import annotations

from ...languages import Labels
from ...markup import Block, Heading, ListBlock, Paragraph
from ...plain import sentences
from ..anchors import plain


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
        lead = plain(sentences(block.text)[-1])
        if lead.endswith(":") and labels.says("cause_lead", lead):
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
