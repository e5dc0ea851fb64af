"""Ways out that no word such as "Method" names: by lines in bold, versions, checks and tries.

They are looked for in what one label introduces. Headings of the phases of one procedure part
nothing, even where each has a list of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from ...languages import Labels
from ...languages.matching import label_of
from ...markup import Block, Heading, Item, ListBlock, Paragraph, Table
from ...plain import sentences
from ...shares import half_of
from ..anchors import plain, split_heading
from .boundaries import INLINE, Boundary, boundary
from .instructions import commands, instructs, names_problem
from .sections import is_alternative
from .tables import ways_of

#: A longer beginning of an item is no name.
LONGEST = 120
_TO_ANCHOR = re.compile(r"\]\(#([^()\s]{1,200})\)")
_BOLD = re.compile(r"(?:\*\*|__)(?P<text>[^*_\n]{2,120}?)\s*:?\s*(?:\*\*|__)\s*:?")


def alternatives_in(blocks: list[Block], labels: Labels) -> dict[int, str]:
    """Return the titles of the ways out among ``blocks``, by the position of their first block."""
    return headed_ways(blocks, labels) or _bold_lines(blocks, labels)


def split_ways(blocks: list[Block], labels: Labels) -> list[Block]:
    """Return ``blocks`` with an announced list of ways out, each with steps, parted into them.

    A table of them needs no announcement.
    """
    out: list[Block] = []
    for block in blocks:
        said = out[-1] if out else None
        announced = isinstance(said, Paragraph) and labels.says("announces_methods", said.text)
        if announced and isinstance(block, ListBlock) and _holds_ways(block, labels):
            for item in block.items:
                out += _way(item)
        elif isinstance(block, Table) and (ways := ways_of(block)):
            for name, told in ways:
                out += [boundary(Boundary(None, name, INLINE), told[0]), *told]
        else:
            out.append(block)
    return out


def _holds_ways(block: ListBlock, labels: Labels) -> bool:
    """Return whether items are ways out: half of them tell more than a paragraph, or all command.

    Of cases ("If the card is lost, ...") one may happen to have steps.
    """
    told = [item for item in block.items if item.blocks and isinstance(item.blocks[0], Paragraph)]
    several = 1 < len(block.items) == len(told)
    steps = any(_has_list(item.blocks) for item in told)
    if block.ordered or not several or not steps:
        return False
    return half_of(len(i.blocks) > 1 for i in told) or all(_commands(i, labels) for i in told)


def _commands(item: Item, labels: Labels) -> bool:
    """Return whether an item begins with a command, before any comma."""
    head = item.blocks[0]
    words = sentences(plain(head.text))[0] if isinstance(head, Paragraph) else ""
    return commands(words.partition(",")[0], labels)


def _way(item: Item) -> list[Block]:
    """Return what an item tells below a boundary with the name of the way."""
    head, *rest = item.blocks
    words = plain(head.text).strip(" :") if isinstance(head, Paragraph) else ""
    linked = isinstance(head, Paragraph) and "](" in head.text
    named = bool(rest) and not linked and len(words) <= LONGEST and len(sentences(words)) == 1
    found = boundary(Boundary(None, words.rstrip(".") if named else "", INLINE), head)
    return [found, *(rest if named else item.blocks)]


def headed_ways(blocks: list[Block], labels: Labels) -> dict[int, str]:
    """Return the titles of the ways out that headings tell, by the position of each heading."""
    heads = [(i, b) for i, b in enumerate(blocks) if isinstance(b, Heading)]
    heads = [(i, b) for i, b in heads if b.level and not is_alternative(b)]
    top = min((b.level for _, b in heads), default=0)
    starts = {i: split_heading(b.text)[1] for i, b in heads if b.level == top}
    if not starts:
        return {}
    first = next(iter(starts))
    if _are_linked([blocks[i] for i in starts], blocks[:first]):
        return starts
    told = _has_list(blocks[:first]) + len(starts)
    if told > 1 and _has_list(blocks) and all(_is_variant(t, labels) for t in starts.values()):
        return starts
    if are_tools(starts.values(), labels) and all(_told_below(blocks, starts, labels)):
        return starts
    return starts if _are_trials(list(starts.values()), blocks[:first], labels) else {}


def _are_linked(heads: list[Block], before: list[Block]) -> bool:
    """Return whether sentences above lead to each of several headings: "In this case, do X"."""
    said = [block.text for block in before if isinstance(block, Paragraph)]
    linked = {anchor for text in said for anchor in _TO_ANCHOR.findall(text)}
    anchors = [split_heading(head.text)[0] for head in heads if isinstance(head, Heading)]
    return len(anchors) > 1 and linked.issuperset(anchors)


def leads_below(block: ListBlock) -> bool:
    """Return whether each item leads to a section of the page: "If it is dark, go to Method 1"."""
    heads = [item.blocks[0] for item in block.items if len(item.blocks) == 1]
    told = [head.text for head in heads if isinstance(head, Paragraph)]
    return len(told) == len(block.items) and all(map(_TO_ANCHOR.search, told))


def _are_trials(titles: list[str], before: list[Block], labels: Labels) -> bool:
    """Return whether headings each tell what to check, or what to try where words say so."""
    kinds = ["check_title"]
    said = [block.text for block in before if isinstance(block, Paragraph)]
    if any(labels.says("announces_tries", text) for text in said):
        kinds.append("try_title")
    return len(titles) > 1 and all(
        any(labels.says(kind, plain(title)) for kind in kinds) for title in titles
    )


def are_tools(titles: Collection[str], labels: Labels) -> bool:
    """Return whether several titles each name a system or a tool: "Linux", "Azure CLI"."""
    words = [plain(title).strip(" :") for title in titles]
    named = (labels.says("tool", each) and not names_problem(each, labels) for each in words)
    return len(words) > 1 and all(named)


def _told_below(blocks: list[Block], starts: Collection[int], labels: Labels) -> Iterator[bool]:
    """Yield of each heading whether something below it tells what to do."""
    for start, end in pairwise([*starts, len(blocks)]):
        yield any(instructs(block, labels) for block in blocks[start + 1 : end])


def _has_list(blocks: list[Block]) -> bool:
    return any(isinstance(block, ListBlock) and block.ordered for block in blocks)


def _is_variant(title: str, labels: Labels) -> bool:
    words = plain(title).strip(" :")
    return labels.says("variant", words) and not names_problem(words, labels)


def _bold_lines(blocks: list[Block], labels: Labels) -> dict[int, str]:
    bold = {i: text for i, block in enumerate(blocks) if (text := _bold(block, labels))}
    if len(bold) < 2:
        return {}
    first = next(iter(bold))
    said = [b.text for b in blocks[:first] if isinstance(b, Paragraph)]
    if any(labels.says("announces_methods", text) for text in said):
        return bold
    leads: list[int] = []
    lists = [i for i, b in enumerate(blocks) if isinstance(b, ListBlock) and b.ordered]
    for previous, position in pairwise([0, *lists]):
        lead = next((i for i in bold if previous <= i < position), None)
        if lead is None:
            return {}
        leads.append(lead)
    return {i: bold[i] for i in leads} if len(leads) > 1 else {}


def _bold(block: Block, labels: Labels) -> str:
    """Return the words of a line in bold that is no label and no announcement of a note."""
    if not isinstance(block, Paragraph):
        return ""
    match = _BOLD.fullmatch(block.text.strip())
    if match is None or label_of(block.text, labels) is not None:
        return ""
    return match["text"].strip()
