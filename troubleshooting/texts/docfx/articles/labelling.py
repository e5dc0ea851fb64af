"""Labels among blocks: where they stand in a line, an item or a table, and what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...languages import Labels
from ...languages.matching import Label, heading_label, label_of
from ...markup import Block, Heading, ListBlock, Paragraph, Quote, Table
from ...markup.blocks import Lines
from ...plain import first_sentence
from ..anchors import plain, split_heading
from .boundaries import BoundaryHeading
from .sections import is_alternative, name_of
from .tables import facts_of, pairs_of, steps_of

# One or two words without any mark: "Cause", "Error message:".
_ALONE = re.compile(r"[^\W\d_][\w’']{2,20}(?: [\w’']{2,20}){0,2}[ \u00a0]?:?")
# Labels that a paragraph may carry. "Note:" in bold is no reason to leave a resolution.
_INLINE_PARTS = ("problem", "message", "cause", "resolution")


def split_labels(blocks: list[Block], labels: Labels) -> list[Block]:
    """Return ``blocks`` with every label at the start of a paragraph of its own.

    A label may stand on a later line of a paragraph, at the start of list items, in the first
    column of a table, or alone on a line: "Cause".
    """
    out: list[Block] = []
    for block in _emphasised(blocks, labels):
        if isinstance(block, Paragraph):
            out += _split_paragraph(block, labels)
        elif isinstance(block, ListBlock) and _is_list_of_labels(block, labels):
            for item in block.items:
                out += split_labels(item.blocks, labels)
        elif isinstance(block, ListBlock) and _is_list_of_facts(block, labels):
            out += _split_facts(block, labels)
        elif isinstance(block, Quote) and _is_list_of_parts(block, labels):
            out += split_labels(block.blocks, labels)
        elif isinstance(block, Table) and (facts := told_by_table(block, labels)) is not None:
            out += facts
        elif isinstance(block, Table):
            out.append(steps_of(block, labels) or block)
        else:
            out.append(block)
    return out


def _emphasised(blocks: list[Block], labels: Labels) -> list[Block]:
    """Return lines that are nothing but a label in bold, where they tell what to do and more."""
    alone = {id(block): label for block in blocks if (label := _label_alone(block, labels))}
    parts = {label.part for label in alone.values()}
    if len(parts) < 2 or "resolution" not in parts:
        return blocks
    return [
        Paragraph(f"**{block.text.strip()}**", block.lines)
        if isinstance(block, Paragraph) and id(block) in alone
        else block
        for block in blocks
    ]


def _label_alone(block: Block, labels: Labels) -> Label | None:
    if not isinstance(block, Paragraph) or not _ALONE.fullmatch(block.text.strip()):
        return None
    label = heading_label(block.text.strip(), labels)
    known = label is not None and label.part in _INLINE_PARTS and not label.title
    return label if known else None


def told_by_table(table: Table, labels: Labels) -> list[Block] | None:
    """Return the parts of one problem that a table tells, or None where it tells other things."""
    facts = facts_of(table, labels)
    return pairs_of(table, labels) if facts is None else facts


def tables_of_causes(blocks: list[Block], labels: Labels) -> list[Table]:
    """Return the tables of ``blocks`` that tell causes, each with its resolution."""
    tables = [block for block in blocks if isinstance(block, Table)]
    return [t for t in tables if facts_of(t, labels) is None and pairs_of(t, labels)]


def _split_paragraph(block: Paragraph, labels: Labels) -> list[Block]:
    pieces: list[list[str]] = [[]]
    starts = [0]
    is_run = _inline_label(block.text.split("\n", 1)[0], labels) is not None
    for number, line in _lines(block.text, labels):
        emphasised = line.startswith(("*", "_", "<")) or is_run
        if pieces[-1] and emphasised and _inline_label(line, labels):
            pieces.append([])
            starts.append(number)
        pieces[-1].append(line)
    if len(pieces) == 1:
        return [block]
    first = block.lines[0]
    ends = [*starts[1:], block.lines[1] - first]
    return [
        Paragraph("\n".join(piece).strip(), (first + start, max(first + end, first + start + 1)))
        for piece, start, end in zip(pieces, starts, ends, strict=True)
    ]


_MID_LABEL = re.compile(r"(?<=[.!?;]) +(?=\*\*[^*\n]{2,40}\*\*)")


def _lines(text: str, labels: Labels) -> Iterator[tuple[int, str]]:
    """Yield the lines of a paragraph; a label in bold after a sentence begins one."""
    for number, line in enumerate(text.split("\n")):
        start = 0
        for match in _MID_LABEL.finditer(line):
            label = _inline_label(line[match.end() :], labels)
            if label and label.rest and _inline_label(line[start:], labels):
                yield number, line[start : match.start()]
                start = match.end()
        yield number, line[start:]


def _is_list_of_labels(block: ListBlock, labels: Labels) -> bool:
    firsts = [item.blocks[0] for item in block.items if item.blocks]
    found = [b for b in firsts if isinstance(b, Paragraph) and _inline_label(b.text, labels)]
    several = len(firsts) > 1 or any(len(split_labels([b], labels)) > 1 for b in found)
    return several and len(found) == len(firsts)


def _is_list_of_parts(block: Quote, labels: Labels) -> bool:
    """Return whether a quotation tells a problem by its labels, what to do among them."""
    found = [_inline_label(b.text, labels) for b in block.blocks if isinstance(b, Paragraph)]
    parts = {label.part for label in found if label}
    return len(parts) > 1 and "resolution" in parts


_FACT = re.compile(r"\W{0,3}[^\W\d_][^:\n]{1,40}:")


def _is_list_of_facts(block: ListBlock, labels: Labels) -> bool:
    """Return whether items are facts with names, among them what to do: "- Severity: high"."""
    firsts = [item.blocks[0] for item in block.items if item.blocks]
    texts = [b.text for b in firsts if isinstance(b, Paragraph)]
    if block.ordered or len(texts) < len(block.items) or not all(map(_FACT.match, texts)):
        return False
    found = [_inline_label(text, labels) for text in texts]
    return any(label is not None and label.part == "resolution" for label in found)


def _split_facts(block: ListBlock, labels: Labels) -> list[Block]:
    """Return the parts of a problem among facts, the others as lists where they stood."""
    out: list[Block] = []
    for item in block.items:
        head, last = item.blocks[0], out[-1] if out else None
        if isinstance(head, Paragraph) and _inline_label(head.text, labels):
            out += split_labels(item.blocks, labels)
        elif isinstance(last, ListBlock):
            last.items.append(item)
            last.lines = (last.lines[0], item.lines[1])
        else:
            out.append(ListBlock(False, [item], lines=item.lines))
    return out


def _inline_label(text: str, labels: Labels) -> Label | None:
    label = label_of(text, labels)
    return label if label and label.part in _INLINE_PARTS else None


def part_label(block: Block, labels: Labels) -> Label | None:
    """Return the label that ``block`` is or begins with, or None."""
    if isinstance(block, Heading):
        return heading_label(plain(split_heading(block.text)[1]), labels)
    return _inline_label(block.text, labels) if isinstance(block, Paragraph) else None


def tab_label(block: Block, labels: Labels) -> Label | None:
    """Return the label that is the name of a tab or of folded text: "Symptoms", or None."""
    if not isinstance(block, Heading) or not is_alternative(block):
        return None
    label = heading_label(plain(name_of(block)), labels)
    return label if label and label.part in _INLINE_PARTS else None


def labelled_problem(blocks: list[Block], labels: Labels) -> str:
    """Return the first sentence of what a label calls the problem, or ""."""
    parted = split_labels(blocks, labels)
    for index, block in enumerate(parted):
        following = parted[index + 1] if index + 1 < len(parted) else None
        label = part_label(block, labels)
        if label is None or label.part not in ("problem", "message"):
            continue
        below = following.text if isinstance(following, Paragraph) and not label.rest else ""
        if said := first_sentence(plain(label.rest or below)):
            return said
    return ""


def drop_nothing(parts: dict[str, list[Block]], labels: Labels) -> list[Lines]:
    """Empty the parts of which a label says that there is nothing: "Workaround: None".

    Return the lines of what is left out.
    """
    dropped: list[Lines] = []
    for part in ("cause", "resolution"):
        blocks = parts[part]
        said = [b for b in blocks if not isinstance(b, BoundaryHeading) or b.boundary.title]
        if all(isinstance(b, Paragraph) and labels.says("nothing", plain(b.text)) for b in said):
            dropped += [block.lines for block in blocks]
            parts[part] = []
    return dropped
