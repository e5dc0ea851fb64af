"""Items and lines in bold that each name a problem, with what to do told below each of them."""

from __future__ import annotations

from ....languages import Labels
from ....languages.matching import is_section, label_of
from ....markup import Block, Heading, Item, ListBlock, Paragraph
from ....plain import first_sentence
from ...anchors import plain, split_heading
from ..instructions import announced, names_problem
from ..labelling import part_label, split_labels
from .listed import ListedProblem, shortened

#: So many are told one after the other; one alone is a part of what stands around it.
FEWEST = 2


def named_problems(blocks: list[Block], title: str, labels: Labels) -> list[ListedProblem]:
    """Return the problems that items, or else lines in bold, name in ``blocks``.

    A label below each, or a sentence, has to tell what to do. None where ``title`` names one
    problem: what stands below it are its forms.
    """
    if names_problem(title, labels):
        return []
    end = next((i for i, block in enumerate(blocks) if isinstance(block, Heading)), len(blocks))
    if not _only_closes(blocks[end:], labels):
        return []
    found = _items(blocks[:end], labels) or _lines(blocks[:end], labels)
    if len(found) < FEWEST:
        return []
    found[-1].blocks += blocks[end:]
    return found


def _only_closes(blocks: list[Block], labels: Labels) -> bool:
    """Return whether all headings are such as "See also"."""
    heads = [split_heading(block.text) for block in blocks if isinstance(block, Heading)]
    return all(is_section("closing", plain(text), anchor, labels) for anchor, text in heads)


def _items(blocks: list[Block], labels: Labels) -> list[ListedProblem]:
    found: list[ListedProblem] = []
    for block in blocks:
        if isinstance(block, ListBlock) and (named := _named(block.items, labels)):
            found += named
        elif found:
            found[-1].blocks.append(block)
    return found


def _named(items: list[Item], labels: Labels) -> list[ListedProblem]:
    """Return the problems of a list of which every item names one in bold and tells what to do."""
    found = []
    for item in items:
        words = bold_words(item.blocks[0], labels) if item.blocks else ""
        if not words or not _mends(item.blocks[1:], labels):
            return []
        title = shortened(first_sentence(words))
        found.append(ListedProblem(title, item.blocks[1:], item.blocks[0].lines))
    return found


def _lines(blocks: list[Block], labels: Labels) -> list[ListedProblem]:
    """Return what stands below each line in bold that names a problem, up to the next."""
    found: list[ListedProblem] = []
    for index, block in enumerate(blocks):
        words = "" if announced(blocks[:index]) else bold_words(block, labels)
        if names_problem(words, labels):
            found.append(ListedProblem(shortened(first_sentence(words)), [], block.lines))
        elif found:
            found[-1].blocks.append(block)
    return found if all(_mends(each.blocks, labels) for each in found) else []


def bold_words(block: Block, labels: Labels) -> str:
    """Return the words of a line that is bold as a whole and no label, or ""."""
    text = block.text.strip() if isinstance(block, Paragraph) else ""
    bold = text.startswith("**") and text.endswith("**") and text.count("**") == 2
    return plain(text) if bold and not text.endswith(":**") and not label_of(text, labels) else ""


def _mends(blocks: list[Block], labels: Labels) -> bool:
    """Return whether a label says what to do, or a sentence that it mends the problem."""
    for block in split_labels(blocks, labels):
        label = part_label(block, labels)
        if label is not None and label.part == "resolution":
            return True
        if isinstance(block, Paragraph) and labels.says("remedy", plain(block.text)):
            return True
    return False
