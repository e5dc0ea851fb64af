"""Where a text without labels stops saying what is wrong and begins to say what to do."""

from __future__ import annotations

import re

from ...codes import SYMBOL, codes_of_title, parse_code
from ...languages import UNTRANSLATED, Labels, common, fold, labels_for
from ...markup import Alert, Block, CodeBlock, Heading, HtmlBlock, ListBlock, Paragraph, Quote
from ...markup.blocks import walk
from ...plain import sentences
from ...shares import most_of
from ..anchors import plain
from .sections import is_alternative

# What a fence says of itself that holds what a program wrote.
_OUTPUT = frozenset(("text", "output", "log", "plain", "plaintext", "txt", "none"))
# The title of another document tells nothing to do.
_LINK_ALONE = re.compile(r"\W{0,4}\[[^\]]*\]\([^)]*\)\W{0,4}")

# A sign before what is to be done: "✅ Restart the till".
_SIGN = re.compile(r"^[^\w\s\"'“”«»„(*_`<\[#$-]{1,4}\s+(?=[^\W\d_])")
# What a program writes, in English whatever the language of the page: "upload error: too large".
_WRITTEN = re.compile(r"[a-z][\w./-]{1,30}(?: [a-z]{1,20}+)?: [a-z]")
_CLASS = re.compile(r"(?:\w{1,60}\.){1,9}\w{2,90}Exception")
_QUOTED = re.compile(r"[\"“„«]\s*(?P<said>[^\"“”„«»]+?)\s*[\"”“»][.:]?")


def names_problem(title: str, labels: Labels) -> bool:
    """Return whether a title names one problem: an error code, a failure, what cannot be done."""
    if codes_of_title(title):
        return True
    if _WRITTEN.match(title) and labels_for(UNTRANSLATED).says("problem_title", title):
        return True
    if not labels.says("problem_title", title):
        return False
    return not labels.says("task_title", title) or labels.says("failing_title", title)


def is_message(title: str) -> bool:
    """Return whether a title is nothing but what a screen says: between quotation marks."""
    match = _QUOTED.fullmatch(title.strip())
    return match is not None and len(match["said"].split()) > 3


def is_symbol(title: str) -> bool:
    """Return whether a title is nothing but the name of an error, be it with its name space."""
    bare = title.strip()
    code = parse_code(bare.rpartition(".")[2] if _CLASS.fullmatch(bare) else bare)
    return code is not None and code.kind == SYMBOL


def announces_ways(blocks: list[Block], labels: Labels) -> bool:
    """Return whether words above sub-headings say that these are what to do."""
    words = [block for block in blocks if isinstance(block, Paragraph)]
    return any(labels.says("announces_methods", b.text) or instructs(b, labels) for b in words)


def instructs(block: Block, labels: Labels) -> bool:
    """Return whether a block tells what to do; a list does where most of its items do."""
    if isinstance(block, Paragraph):
        return not _LINK_ALONE.fullmatch(block.text) and any(
            _tells(sentence, labels) for sentence in sentences(block.text)
        )
    if isinstance(block, ListBlock):
        items = [item.blocks[0] for item in block.items if item.blocks]
        return block.ordered or most_of(
            isinstance(b, Paragraph) and instructs(b, labels) for b in items
        )
    return isinstance(block, CodeBlock | HtmlBlock)


def _tells(sentence: str, labels: Labels) -> bool:
    return labels.says("imperative", _SIGN.sub("", plain(sentence)))


def commands(sentence: str, labels: Labels) -> bool:
    """Return whether a sentence is a command; what somebody must be or have is none."""
    return _tells(sentence, labels) and not labels.says("obligation", plain(sentence))


def split_instructions(blocks: list[Block], labels: Labels) -> tuple[list[Block], list[Block]]:
    """Return what is said of a problem, and what to do from the first instruction on.

    The second is empty where nothing tells what to do. A paragraph is parted between its
    sentences; a list takes the sentence along that announces it.
    """
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            before, after = _split_sentences(block, labels)
            if after is None and _announces_headings(blocks[index : index + 2], labels):
                return blocks[:index], blocks[index:]
            if after is not None:
                start = index - (0 if before else warned(blocks[:index], labels))
                kept = [*blocks[:start], *([before] if before else [])]
                return kept, [*blocks[start:index], after, *blocks[index + 1 :]]
        elif _begins(block, labels) and not _listed_facts(blocks[:index], labels):
            said, lead = _split_lead(blocks[:index])
            start = len(said) - warned(said, labels)
            return said[:start], [*said[start:], *lead, *blocks[index:]]
    return _split_inside(blocks, labels)


def _announces_headings(blocks: list[Block], labels: Labels) -> bool:
    """Return whether a paragraph says that the headings right below it are ways out."""
    said, *following = blocks
    below = bool(following) and isinstance(following[0], Heading)
    return below and isinstance(said, Paragraph) and labels.says("announces_methods", said.text)


def _split_inside(blocks: list[Block], labels: Labels) -> tuple[list[Block], list[Block]]:
    """Return the same where the first instruction stands inside a list or an alert.

    All of that goes along.
    """
    for index, block in enumerate(blocks):
        inside = walk([block]) if isinstance(block, ListBlock | Alert) else iter(())
        if any(isinstance(b, Paragraph) and instructs(b, labels) for b in inside):
            start = index - announced(blocks[:index])
            return blocks[:start], blocks[start:]
    return blocks, []


def _begins(block: Block, labels: Labels) -> bool:
    if isinstance(block, Heading):
        return is_alternative(block)
    return isinstance(block, ListBlock) and instructs(block, labels)


def _listed_facts(before: list[Block], labels: Labels) -> bool:
    """Return whether the sentence before a list announces messages or causes."""
    last = before[-1] if before else None
    if not isinstance(last, Paragraph):
        return False
    lead = plain(sentences(last.text)[-1])
    return lead.endswith(":") and any(labels.says(p, lead) for p in ("message_lead", "cause_lead"))


def announced(before: list[Block]) -> int:
    """Return how many blocks before a list announce it with a colon: one or none."""
    last = before[-1] if before else None
    return int(isinstance(last, Paragraph) and last.text.rstrip().endswith(":"))


def _split_lead(before: list[Block]) -> tuple[list[Block], list[Block]]:
    """Return the blocks before a list, and the sentence among them that announces it."""
    if not announced(before):
        return before, []
    lead = before[-1]
    *said, last = sentences(lead.text) if isinstance(lead, Paragraph) else [""]
    if not said:
        return before[:-1], [lead]
    kept = Paragraph(" ".join(said), lead.lines)
    return [*before[:-1], kept], [Paragraph(last, lead.lines)]


def warned(before: list[Block], labels: Labels) -> int:
    """Return how many alerts and quotations stand right before instructions and warn of them.

    A quotation warns where it tells to do something, or begins with the name of a warning; one
    that a colon announces is what a screen says.
    """
    count = 0
    while count < len(before) and _warns(before[-count - 1], labels):
        count += 1
    return 0 if announced(before[: len(before) - count]) else count


def _warns(block: Block, labels: Labels) -> bool:
    kinds = [kind for kind, alert in common()["alerts"].items() if alert.get("guards")]
    if isinstance(block, Alert):
        return block.kind in kinds
    words = (
        [b for b in block.blocks if isinstance(b, Paragraph)] if isinstance(block, Quote) else []
    )
    names = tuple(fold(labels.words[kind]) for kind in kinds if kind in labels.words)
    named = bool(words) and fold(plain(words[0].text)).lstrip("*_ ").startswith(names)
    return named or any(instructs(b, labels) for b in words)


def _split_sentences(block: Paragraph, labels: Labels) -> tuple[Paragraph | None, Paragraph | None]:
    parts = sentences(block.text)
    start = next((i for i, part in enumerate(parts) if _tells(part, labels)), None)
    if start is None:
        return block, None
    if not start:
        return None, block
    return (
        Paragraph(" ".join(parts[:start]), block.lines),
        Paragraph(" ".join(parts[start:]), block.lines),
    )


def without_resolution(blocks: list[Block], labels: Labels) -> int | None:
    """Return where the instructions begin that follow a labelled problem, or None."""
    end = _end_of_problem(blocks)
    rest = blocks[end:]
    told = (_tells_or_names(block, labels) for block in walk(rest))
    return end if end and any(told) else None


def _tells_or_names(block: Block, labels: Labels) -> bool:
    if isinstance(block, Paragraph):
        return labels.says("instruction", block.text) or instructs(block, labels)
    if isinstance(block, CodeBlock):
        return block.info.strip().lower() not in _OUTPUT
    return isinstance(block, HtmlBlock) or (isinstance(block, ListBlock) and block.ordered)


def _end_of_problem(blocks: list[Block]) -> int:
    """Return the first paragraph, and the list or quotation that its colon announces."""
    for index, block in enumerate(blocks):
        following = blocks[index + 1 : index + 2]
        announces = isinstance(block, Paragraph) and block.text.rstrip().endswith(":")
        if not announces or not following or isinstance(following[0], Paragraph | Heading):
            return index + 1
    return len(blocks)
