"""What to do that a text tells without a label: below a cause, or at the end."""

from __future__ import annotations

from collections.abc import Iterator

from ...languages import Labels
from ...markup import Alert, Block, Heading, ListBlock, Paragraph
from ...plain import sentences
from ...shares import most_of
from ..anchors import plain
from .boundaries import Boundary, boundary
from .instructions import announced, commands, instructs, split_instructions


def announces_causes(before: list[Block], labels: Labels) -> bool:
    """Return whether the last of the blocks before a heading says that causes follow."""
    last = before[-1] if before else None
    lead = plain(sentences(last.text)[-1]).rstrip(" .:") if isinstance(last, Paragraph) else ""
    return bool(lead) and labels.says("cause_lead", f"{lead}:")


def part_causes(parts: dict[str, list[Block]], labels: Labels, counted: set[int]) -> None:
    """Move what each counted cause tells to do to the resolutions, in the order of the text.

    ``counted`` are the lines of the headings of counted causes. A cause that has a resolution of
    its own before the next one keeps its words.
    """
    groups = list(_groups(parts["cause"], counted))
    if len(groups) < 2:
        return
    kept: list[Block] = []
    found = list(parts["resolution"])
    starts = [group[0].lines[0] for group in groups[1:]]
    for group, following in zip(groups, [*starts, None], strict=True):
        said, told = group, list[Block]()
        if _line(group) in counted and not _is_resolved(parts["resolution"], group, following):
            body, told = split_instructions(group[1:], labels)
            said = [group[0], *body]
        kept += said
        if told:
            found += [boundary(Boundary(None, ""), told[0]), *told]
    parts["cause"] = kept
    parts["resolution"] = sorted(found, key=lambda block: block.lines[0])


def _line(group: list[Block]) -> int:
    return group[0].lines[0]


def _groups(blocks: list[Block], counted: set[int]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        if group and isinstance(block, Heading) and block.lines[0] in counted:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _is_resolved(resolution: list[Block], group: list[Block], following: int | None) -> bool:
    """Return whether the resolution of a cause stands before the next one."""
    first = _line(group)
    return any(
        first < block.lines[0] and (following is None or block.lines[0] < following)
        for block in resolution
    )


def find_remedy(parts: dict[str, list[Block]], labels: Labels) -> None:
    """Find the resolution of a labelled problem in what says of itself that it is one.

    Without any, what a cause tells to do once it has said what is wrong.
    """
    for part in ("cause", "other"):
        for index, block in enumerate(parts[part]):
            before, after = _split(block, labels)
            if after is not None:
                kept = [*parts[part][:index], *([before] if before else [])]
                _move(parts, part, kept, [after, *parts[part][index + 1 :]])
                return
            if part == "cause" and _is_procedure(parts[part], index, labels):
                start = index - announced(parts[part][:index])
                _move(parts, part, parts[part][:start], parts[part][start:])
                return
    _find_command(parts, labels)


def find_pointer(parts: dict[str, list[Block]], labels: Labels, *, possible: bool) -> None:
    """Find the resolution in the sentence that leaves what to do to another section.

    So does "See Restart the hub above", where nothing else tells what to do. Without any, what
    is ``possible`` is it: "You can add a feed"; or the first words, where they lead to another
    document: "See Restart the hub".
    """
    phrases = ("remedy_elsewhere", "possible", "leads_elsewhere")
    for phrase in phrases if possible else phrases[:1]:
        for part in ("cause", "problem"):
            told = parts[part] if phrase != "leads_elsewhere" else parts[part][:1]
            for index, block in enumerate(told):
                before, said = _split(block, labels, phrase)
                after = said or _alert_that(block, labels, phrase)
                if after is not None and not (before and phrase == "leads_elsewhere"):
                    kept = [*parts[part][:index], *([before] if before else [])]
                    _move(parts, part, kept, [after, *parts[part][index + 1 :]])
                    return


def _alert_that(block: Block, labels: Labels, phrase: str) -> Alert | None:
    """Return an alert of which a paragraph says ``phrase``, or None."""
    told = block.blocks if isinstance(block, Alert) else []
    found = any(_split(each, labels, phrase)[1] for each in told)
    return block if isinstance(block, Alert) and found else None


def _find_command(parts: dict[str, list[Block]], labels: Labels) -> None:
    """Find the resolution in the first sentence of a cause, but its first, that is a command.

    What somebody has to be or to have is said of causes too.
    """
    for index, block in enumerate(parts["cause"]):
        if isinstance(block, Heading):
            return
        told = sentences(block.text) if isinstance(block, Paragraph) else []
        start = next((i for i, text in enumerate(told) if commands(text, labels)), None)
        if start is None or not (index or start):
            continue
        before = [Paragraph(" ".join(told[:start]), block.lines)] if start else []
        after = Paragraph(" ".join(told[start:]), block.lines)
        kept = [*parts["cause"][:index], *before]
        _move(parts, "cause", kept, [after, *parts["cause"][index + 1 :]])
        return


def _move(
    parts: dict[str, list[Block]], part: str, remaining: list[Block], blocks: list[Block]
) -> None:
    """Make the resolution of what is told up to the next heading."""
    end = next((i for i, block in enumerate(blocks) if isinstance(block, Heading)), len(blocks))
    parts["resolution"] = blocks[:end]
    parts[part] = [*remaining, *blocks[end:]]


def _is_procedure(blocks: list[Block], index: int, labels: Labels) -> bool:
    """Return whether a block is a numbered list that no sentence calls one of causes."""
    block = blocks[index]
    if not isinstance(block, ListBlock) or not block.ordered or len(block.items) < 2:
        return False
    items = [item.blocks[0] for item in block.items if item.blocks]
    told = most_of(isinstance(b, Paragraph) and instructs(b, labels) for b in items)
    return told and not announces_causes(blocks[:index], labels)


def _split(
    block: Block, labels: Labels, phrase: str = "remedy"
) -> tuple[Paragraph | None, Paragraph | None]:
    """Return a paragraph before and from the sentence on that tells how to mend the problem."""
    told = sentences(block.text) if isinstance(block, Paragraph) else []
    start = next((i for i, text in enumerate(told) if labels.says(phrase, plain(text))), None)
    if start is None:
        return None, None
    before = Paragraph(" ".join(told[:start]), block.lines) if start else None
    return before, Paragraph(" ".join(told[start:]), block.lines)
