"""Lists and lines in bold that hold a problem or a question each, under one heading."""

from __future__ import annotations

import re

from ....codes import parse_code
from ....languages import Labels, question_marks
from ....languages.matching import Label, label_of
from ....markup import Block, Heading, Item, ListBlock, Paragraph
from ....plain import first_sentence, sentences
from ....shares import half_of, most_of
from ...anchors import plain
from ..instructions import announced, instructs, names_problem
from ..sections import is_alternative, name_of
from .listed import ListedProblem, shortened

# "Q:", "F. ", "Question 3:"
_MARK = re.compile(rf"(?:{'|'.join(question_marks())})[ \u00a0]?\d{{0,2}}[ \u00a0]?[.:)]\s+(?=\S)")
# What a screen says, as code or between quotation marks, before what is said of it.
_MESSAGE = re.compile(
    r"(?P<said>(?P<mark>`{1,2})[^`\n]{8,300}(?P=mark)|[\"“«][^\"“”«»\n]{8,300}[\"”»])"
    r"\s{0,2}(?::|[-–—](?=\s))\s{1,4}(?=\S)"
)
# "No sound: turn it up", "**No sound** → turn it up".
_ANSWERED = re.compile(
    r"(?:\*\*)?(?P<said>[^*\n]{3,160}?)(?:\*\*)?(?:[ \u00a0]?:(?:\*\*)?|[ \u00a0](?:[–—→]|[-=]>))"
    r"[ \u00a0]{1,2}(?P<told>\S.*)",
    re.DOTALL,
)
#: So many words a message has; fewer are a command or a name.
MESSAGE_WORDS = 3
_LINK_ALONE = re.compile(r"\W*\[[^\]]*\]\([^)]*\)\W*")


def listed_problems(
    blocks: list[Block], title: str, labels: Labels, *, above: str = ""
) -> list[ListedProblem]:
    """Return the questions that ``blocks`` hold with their answers, or the known issues.

    ``title`` is that of their section, which has to speak of problems, unless labels say of each
    item that it is one, or ``above``, the title of the section that holds theirs, says that known
    issues follow, and most items name one: "Known issues", "Printing".
    """
    if labelled := labelled_items(blocks, labels):
        return labelled
    if titled := _bold_items(blocks, title, labels) or _messages(blocks, title, labels):
        return titled
    known = labels.says("known_issues", title)
    if not known and not labels.says("problem_group", title):
        return _of_subject(blocks, labels) if labels.says("known_issues", above) else []
    if answered := _answered(blocks, labels):
        return answered
    mended = mended_together(blocks, labels)
    names = [block for block in blocks if isinstance(block, Heading) and is_alternative(block)]
    folded = bool(names) and most_of(_names_problem(name, labels) for name in names)
    found: list[ListedProblem] = []
    for index, block in enumerate(blocks):
        shown = announced(blocks[:index]) > 0  # a message, and no name
        if not shown and isinstance(block, Paragraph) and (title := _bold_problem(block, labels)):
            found.append(ListedProblem(title, [], block.lines))
        elif (
            isinstance(block, ListBlock) and not mended and (items := _items(block, known, labels))
        ):
            found += items
        elif folded and isinstance(block, Heading) and is_alternative(block):
            found.append(ListedProblem(plain(name_of(block)), [], block.lines))
        elif found:
            found[-1].blocks.append(block)
    return found if len(found) > 1 else []


def _of_subject(blocks: list[Block], labels: Labels) -> list[ListedProblem]:
    """Return the items of lists below a subject, where most name a problem."""
    found: list[ListedProblem] = []
    for block in blocks:
        if isinstance(block, Heading):
            return []
        if isinstance(block, ListBlock):
            found += _items(block, True, labels)
        elif found:
            found[-1].blocks.append(block)
    named = [names_problem(each.title, labels) for each in found]
    return found if len(found) > 1 and most_of(named) else []


def _answered(blocks: list[Block], labels: Labels) -> list[ListedProblem]:
    """Return the items that each say what is wrong and what to do: "- No sound: turn it up"."""
    lists = [block for block in blocks if isinstance(block, ListBlock)]
    if len(lists) != 1 or blocks[-1] is not lists[0]:
        return []
    found = [each for item in lists[0].items if (each := _told_and_answered(item, labels))]
    named = half_of(names_problem(each.title, labels) for each in found)
    return found if named and 1 < len(found) == len(lists[0].items) else []


def _told_and_answered(item: Item, labels: Labels) -> ListedProblem | None:
    head = item.blocks[0] if item.blocks else None
    match = _ANSWERED.fullmatch(head.text) if isinstance(head, Paragraph) else None
    if head is None or match is None or label_of(match.string, labels) or parse_code(match["said"]):
        return None
    told = Paragraph(match["told"], head.lines)
    if not instructs(told, labels) or instructs(Paragraph(match["said"]), labels):
        return None
    return ListedProblem(shortened(plain(match["said"])), [told, *item.blocks[1:]], head.lines)


def mended_together(blocks: list[Block], labels: Labels) -> bool:
    """Return whether a sentence says what mends all that a list before it only names."""
    remedies = (
        index
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph) and labels.says("remedy", plain(block.text))
    )
    first = next(remedies, None)
    lists = [block for block in blocks[: first or 0] if isinstance(block, ListBlock)]
    return first is not None and not any(_tells(item, labels) for b in lists for item in b.items)


def _tells(item: Item, labels: Labels) -> bool:
    return any(instructs(block, labels) for block in item.blocks)


def _bold_items(blocks: list[Block], title: str, labels: Labels) -> list[ListedProblem]:
    """Return the items that name a problem in bold and say more below: "1. **The lamp is dark**".

    Their heading has to speak of several problems, and nothing may follow the list.
    """
    lists = [block for block in blocks if isinstance(block, ListBlock)]
    if len(lists) != 1 or blocks[-1] is not lists[0] or not labels.says("problems_title", title):
        return []
    found = [(item, item.blocks[0]) for item in lists[0].items if item.blocks[1:]]
    named = [
        ListedProblem(words, item.blocks[1:], head.lines)
        for item, head in found
        if isinstance(head, Paragraph) and (words := _bold_problem(head, labels))
    ]
    return named if named and len(named) == len(lists[0].items) else []


def _messages(blocks: list[Block], title: str, labels: Labels) -> list[ListedProblem]:
    """Return the items that each explain a message: "- `Failed to open the till`: it is shut".

    Their heading has to speak of several problems, and most messages have to name one.
    """
    lists = [block for block in blocks if isinstance(block, ListBlock)]
    if len(lists) != 1 or blocks[-1] is not lists[0] or not labels.says("problems_title", title):
        return []
    found = [each for item in lists[0].items if (each := _explained(item))]
    named = most_of(names_problem(each.title, labels) for each in found)
    return found if named and 1 < len(found) == len(lists[0].items) else []


def _explained(item: Item) -> ListedProblem | None:
    head = item.blocks[0] if item.blocks else None
    match = _MESSAGE.match(head.text) if isinstance(head, Paragraph) else None
    if head is None or match is None or len(match["said"].split()) < MESSAGE_WORDS:
        return None
    said = Paragraph(match["said"], head.lines)
    told = Paragraph(match.string[match.end() :], head.lines)
    title = shortened(plain(match["said"]))
    return ListedProblem(title, [said, told, *item.blocks[1:]], head.lines)


def labelled_items(blocks: list[Block], labels: Labels) -> list[ListedProblem]:
    """Return the items of lists that a label calls a problem and that say below it what to do.

    "- **Scenario:** The app is not in the menu." All items of each list have to be so.
    """
    found: list[ListedProblem] = []
    for block in blocks:
        if isinstance(block, ListBlock) and (items := _labelled(block, labels)):
            found += items
        elif found and isinstance(block, Heading):
            return []
        elif found:
            found[-1].blocks.append(block)
    return found if len(found) > 1 else []


def _labelled(block: ListBlock, labels: Labels) -> list[ListedProblem]:
    found = [(item, _problem_label(item.blocks, labels)) for item in block.items]
    if not found or not all(label and len(item.blocks) > 1 for item, label in found):
        return []
    return [_told_by_label(item, label) for item, label in found if label]


def _problem_label(blocks: list[Block], labels: Labels) -> Label | None:
    """Return the label of the first of ``blocks`` that calls it a problem and goes on."""
    head = blocks[0] if blocks else None
    label = label_of(head.text, labels) if isinstance(head, Paragraph) else None
    return label if label and label.part == "problem" and label.rest else None


def _told_by_label(item: Item, label: Label) -> ListedProblem:
    head, *rest = item.blocks
    told = plain(label.rest)
    said = [Paragraph(label.rest, head.lines)] if told != first_sentence(told) else []
    return ListedProblem(shortened(first_sentence(told)), [*said, *rest], head.lines)


def _names_problem(block: Heading, labels: Labels) -> bool:
    """Return whether the name of folded text asks, or names a problem."""
    words = plain(name_of(block))
    return words.endswith("?") or names_problem(words, labels)


def introduction(blocks: list[Block], problems: list[ListedProblem]) -> list[Block]:
    """Return the blocks in front of the first of ``problems``, and items that are none of them."""
    first, heads = problems[0].lines[0], {problem.lines for problem in problems}
    beside: list[Block] = []
    for block in blocks:
        items = block.items if isinstance(block, ListBlock) and block.lines[1] > first else []
        others = [item for item in items if item.blocks and item.blocks[0].lines not in heads]
        if others and len(others) < len(items):
            beside.append(ListBlock(False, others, lines=others[0].lines))
    return [*(block for block in blocks if block.lines[1] <= first), *beside]


def _bold_problem(block: Paragraph, labels: Labels) -> str:
    """Return the words of a line in bold that asks, or that names a problem."""
    text = block.text.strip()
    bold = text.startswith("**") and text.endswith("**") and text.count("**") == 2
    words = _MARK.sub("", plain(text))
    told = words.endswith("?") or names_problem(words, labels)
    named = bold and told and not words.endswith(":") and not label_of(text, labels)
    return words if named else ""


def _items(block: ListBlock, is_known: bool, labels: Labels) -> list[ListedProblem]:
    items = [item for item in block.items if item.blocks]
    heads = [item.blocks[0] for item in items]
    if not all(isinstance(head, Paragraph) for head in heads) or len(items) < 2:
        return []
    if most_of(_LINK_ALONE.fullmatch(getattr(head, "text", "")) for head in heads):
        return []  # an index of other documents
    questions = [head for head in heads if isinstance(head, Paragraph) and _asks(head)]
    answered = half_of(item.blocks[1:] for item in items)
    if len(questions) == len(items) and (answered or is_known):
        return [_question(item.blocks) for item in items]
    told = [head for head in heads if isinstance(head, Paragraph) and _begins_told(head, labels)]
    if not is_known or told:
        return []
    issues = [item for item in items if not _is_note(item, labels)]
    return [_issue(item.blocks, labels) for item in issues] if len(issues) > 1 else []


def _is_note(item: Item, labels: Labels) -> bool:
    """Return whether an item only says where others are told: "For the mended ones, see X"."""
    head = item.blocks[0]
    if not isinstance(head, Paragraph) or item.blocks[1:]:
        return False
    said = plain(head.text)
    if names_problem(said, labels):
        return False
    parts = (said, said.rpartition(", ")[2])
    return len(sentences(said)) == 1 and any(labels.says("leads_elsewhere", p) for p in parts)


def _asks(head: Paragraph) -> bool:
    return plain(sentences(head.text)[0]).rstrip(" *").endswith("?")


def _begins_told(head: Paragraph, labels: Labels) -> bool:
    return instructs(Paragraph(sentences(head.text)[0]), labels)


def _question(blocks: list[Block]) -> ListedProblem:
    head, rest = blocks[0], blocks[1:]
    question, *more = sentences(getattr(head, "text", ""))
    answer = [Paragraph(" ".join(more), head.lines)] if more else []
    words = plain(question).strip(" *")
    title = shortened(words)
    # What does not fit in a title is said in the text.
    whole = [Paragraph(question, head.lines)] if title != words else []
    return ListedProblem(title, [*whole, *answer, *rest], head.lines)


def _issue(blocks: list[Block], labels: Labels) -> ListedProblem:
    label = _problem_label(blocks, labels)
    title = first_sentence(plain(label.rest if label else getattr(blocks[0], "text", "")))
    return ListedProblem(shortened(title), [*blocks], blocks[0].lines)
