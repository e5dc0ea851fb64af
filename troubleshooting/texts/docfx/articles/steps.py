"""Steps that headings or paragraphs tell by their number: "Step 1: Restart"."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...languages import Labels, fold
from ...markup import Block, Heading, Item, ListBlock, Paragraph
from ..anchors import plain, split_heading
from .boundaries import BoundaryHeading
from .sections import is_alternative

# A line in bold that is counted: "**2. Restart**".
_COUNTED = re.compile(r"(\*\*|__)(?:#|n°)?([0-9]{1,2})[.)][ \u00a0]+([^*_\n]{2,120})\1:?")
# "**Step 1:** Restart", "Step 1 - Restart", "**Step 1: Restart**".
_MARK = re.compile(
    r"(?P<bold>\*\*|__)?(?P<name>[^\W\d_]{3,20}[ \u00a0]?(?:#|n°)?[ \u00a0]?[0-9]{1,2})"
    r"(?P<closing>[ \u00a0]?(?:\*\*|__)?[ \u00a0]?(?:[:.)]|[-–—](?= ))?[ \u00a0]?(?:\*\*|__)?)"
    r"[ \u00a0]*"
)


class StepTitle(NamedTuple):
    """What the heading of a step says: its number and what is to be done."""

    number: int
    words: str


def is_step(block: Block, labels: Labels) -> bool:
    """Return whether a heading is one step of several, by its number."""
    return _step_title(block, labels) is not None


def split_steps(block: Block, labels: Labels) -> list[Block]:
    """Return a paragraph as one for each of its lines, where each begins a step by its name."""
    if not isinstance(block, Paragraph):
        return [block]
    lines = block.text.split("\n")
    if len(lines) < 2 or not all(_told(line, labels) for line in lines):
        return [block]
    first = block.lines[0]
    return [
        Paragraph(line.strip(), (first + number, first + number + 1))
        for number, line in enumerate(lines)
    ]


def _told(text: str, labels: Labels) -> tuple[int, str] | None:
    """Return the number and the words of a paragraph that begins with "Step 1:"."""
    if counted := _COUNTED.fullmatch(text.strip()):
        return int(counted[2]), f"{counted[1]}{counted[3]}{counted[1]}"
    mark = _MARK.match(text)
    if mark is None or not mark["closing"] or not text[mark.end() :].strip():
        return None
    match = labels.step.fullmatch(fold(f"{mark['name']}:"))
    if match is None or not match["number"]:
        return None
    is_open = bool(mark["bold"]) and mark["bold"] not in mark["closing"]
    return int(match["number"]), (mark["bold"] if is_open else "") + text[mark.end() :]


def _step_title(block: Block, labels: Labels) -> StepTitle | None:
    if not isinstance(block, Heading) or isinstance(block, BoundaryHeading):
        return None
    if is_alternative(block):
        return None
    text = split_heading(block.text)[1]
    match = labels.step.fullmatch(fold(plain(text)))
    if not match:
        return None
    words = plain(text)[match.start("title") :].strip()
    return StepTitle(step_number(match, labels), words or plain(text))


def step_number(match: re.Match[str], labels: Labels) -> int:
    """Return the number of a step that its heading counts in digits or in words."""
    if said := match["ordinal"]:
        return next(i for i, word in enumerate(labels.ordinals, 1) if word.fullmatch(said))
    return int(match["number"] or match["count"])


def with_steps(blocks: list[Block], labels: Labels) -> list[Block]:
    """Return ``blocks`` with headings ``Step 1`` to ``Step n`` as one list of n items."""
    out: list[Block] = []
    index = 0
    while index < len(blocks):
        items, end = _steps_from(blocks, index, labels)
        if len(items) > 1:
            out.append(ListBlock(True, items, lines=blocks[index].lines))
        else:
            end = index + 1
            out.append(blocks[index])
        index = end
    return out


def _steps_from(blocks: list[Block], start: int, labels: Labels) -> tuple[list[Item], int]:
    if isinstance(blocks[start], Paragraph):
        return _told_steps(blocks, start, labels)
    first = _step_title(blocks[start], labels)
    if first is None or first.number != 1:
        return [], start + 1
    head = blocks[start]
    level = head.level if isinstance(head, Heading) else 0
    items: list[Item] = []
    index, last = start, 0
    while index < len(blocks):
        block = blocks[index]
        found = _step_title(block, labels)
        if isinstance(block, Heading) and block.level == level and found:
            if found.number <= last:
                break
            last = found.number
            title = Paragraph(f"**{found.words}**", block.lines)
            items.append(Item([title], block.lines))
        elif isinstance(block, BoundaryHeading) or (
            isinstance(block, Heading) and block.level <= level
        ):
            break
        else:
            items[-1].blocks.append(block)
        index += 1
    return items, index


def _told_steps(blocks: list[Block], start: int, labels: Labels) -> tuple[list[Item], int]:
    """Return the steps that paragraphs begin, with what follows each, up to the next heading."""
    items: list[Item] = []
    index = start
    while index < len(blocks) and not isinstance(blocks[index], Heading):
        block = blocks[index]
        told = _told(block.text, labels) if isinstance(block, Paragraph) else None
        if told and told[0] == len(items) + 1:
            items.append(Item([Paragraph(told[1].strip(), block.lines)], block.lines))
        elif not items:
            break
        else:
            items[-1].blocks.append(block)
        index += 1
    return items, index
