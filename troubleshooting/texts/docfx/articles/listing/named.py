"""Items and lines in bold that each name a problem, with what to do told below each of them."""

from __future__ import annotations

import re

from ....languages import Labels
from ....languages.matching import is_section, label_of
from ....markup import Block, Heading, Item, ListBlock, Paragraph
from ....plain import first_sentence
from ....shares import most_of
from ...anchors import plain, split_heading
from ..instructions import announced, commands, names_problem
from ..labelling import part_label, split_labels
from .listed import ListedProblem, shortened

#: So many are told one after the other; one alone is a part of what stands around it.
FEWEST = 2
# What may stand behind a title in bold: a full stop, a date in brackets.
_TITLED = re.compile(r"\*\*(?P<words>.+)\*\*[.:]?(?: \([^()\n]{1,40}\))?[.:]?")


def named_problems(
    blocks: list[Block], title: str, labels: Labels, *, page: str = ""
) -> list[ListedProblem]:
    """Return the problems that items, or else lines in bold, name in ``blocks``.

    A label below each, or a sentence, has to tell what to do. Items need none where the title of
    the ``page``, or of their section, promises known issues, or problems and most of them name
    one. None where ``title`` names one problem: what stands below it are its forms.
    """
    if names_problem(title, labels):
        return []
    end = next((i for i, block in enumerate(blocks) if isinstance(block, Heading)), len(blocks))
    if not _only_closes(blocks[end:], labels):
        return []
    titles = (title, page)
    known = any(labels.says("known_issues", each) for each in titles)
    promised = known or any(
        labels.says(phrase, each)
        for phrase in ("problem_group", "problems_title")
        for each in titles
    )
    found = _items(blocks[:end], labels)
    if promised and not found:
        found = _promised_items(blocks[:end], labels, known=known)
    found = found or _lines(blocks[:end], labels)
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


def _promised_items(blocks: list[Block], labels: Labels, *, known: bool) -> list[ListedProblem]:
    """Return the items that have a title in bold and say more below it, of all lists.

    None of them may tell what to do by its title, and most have to name a problem, unless they
    are ``known`` issues.
    """
    found: list[ListedProblem] = []
    for block in blocks:
        if isinstance(block, ListBlock):
            titled = [(item, _title_of(item, labels)) for item in block.items]
            if not all(title and item.blocks[1:] for item, title in titled):
                return []
            found += [
                ListedProblem(shortened(title), item.blocks[1:], item.blocks[0].lines)
                for item, title in titled
            ]
        elif found:
            found[-1].blocks.append(block)
    wrong = [names_problem(each.title, labels) for each in found]
    told = any(commands(e.title, labels) and not w for e, w in zip(found, wrong, strict=True))
    return found if (known or most_of(wrong)) and not told else []


def _title_of(item: Item, labels: Labels) -> str:
    """Return the words in bold that are all of the first line of an item, or "".

    A message may be called one: "**Error: no printer was found**".
    """
    head = item.blocks[0] if item.blocks else None
    text = split_heading(head.text)[1].strip() if isinstance(head, Paragraph) else ""
    match = _TITLED.fullmatch(text)
    if match is None or match["words"].endswith(":") or "**" in match["words"]:
        return ""
    label = label_of(text, labels)
    is_title = label is None or (label.part == "message" and (label.title or label.rest))
    return plain(match["words"]) if is_title else ""


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
