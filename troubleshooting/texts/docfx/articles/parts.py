"""The blocks of an entry -> its parts: problem, cause, resolution, other.

Labels and headings that are labels switch from one part to the next. Several resolutions are
told apart by headings of level 3 in the resolution part.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ...languages import Labels
from ...languages.matching import Label, heading_label, is_section, label_of
from ...markup import Block, Code, Heading, Html, ListBlock, Paragraph
from ...markup.blocks import Lines, walk
from ...sections import SECTIONS
from ..anchors import plain, split_heading

# Labels that a paragraph may carry. "Note:" in bold is no reason to leave a resolution.
_INLINE_PARTS = ("problem", "message", "cause", "resolution")


@dataclass(slots=True)
class Parts:
    """The blocks of each part, the lines that were labels alone, the anchors of inner headings."""

    blocks: dict[str, list[Block]] = field(default_factory=lambda: {part: [] for part in SECTIONS})
    labels: list[Lines] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)


def split_labels(blocks: list[Block], labels: Labels) -> list[Block]:
    """``blocks`` with every label at the start of a paragraph of its own.

    A label may stand on a later line of a paragraph, or at the start of list items.
    """
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            out += _split_paragraph(block, labels)
        elif isinstance(block, ListBlock) and _is_list_of_labels(block, labels):
            for item in block.items:
                out += split_labels(item.blocks, labels)
        else:
            out.append(block)
    return out


def _split_paragraph(block: Paragraph, labels: Labels) -> list[Block]:
    pieces: list[list[str]] = [[]]
    starts = [0]
    for number, line in enumerate(block.text.split("\n")):
        emphasised = line.startswith(("*", "_", "<"))
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


def _is_list_of_labels(block: ListBlock, labels: Labels) -> bool:
    firsts = [item.blocks[0] for item in block.items if item.blocks]
    found = [b for b in firsts if isinstance(b, Paragraph) and _inline_label(b.text, labels)]
    return len(found) == len(firsts) > 1


def _inline_label(text: str, labels: Labels) -> Label | None:
    label = label_of(text, labels)
    return label if label and label.part in _INLINE_PARTS else None


def part_label(block: Block, labels: Labels) -> Label | None:
    """Return the label that ``block`` is or begins with, or None."""
    if isinstance(block, Heading):
        return heading_label(plain(split_heading(block.text)[1]), labels)
    return _inline_label(block.text, labels) if isinstance(block, Paragraph) else None


def split_parts(blocks: list[Block], labels: Labels) -> list[Parts]:
    """Return the entries that ``blocks`` hold, mostly one.

    A problem that is labelled after a resolution begins another entry.
    """
    splitter = _Splitter(labels)
    for block in split_labels(blocks, labels):
        splitter.take(block)
    return splitter.finish()


class _Splitter:
    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.entries = [Parts()]
        self.part = ""

    @property
    def current(self) -> Parts:
        return self.entries[-1]

    def take(self, block: Block) -> None:
        label = part_label(block, self.labels)
        if label and self.part == "resolution" and label.part == "message":
            label = None
        if label:
            self.switch(label, block)
        elif isinstance(block, Heading):
            self.heading(block)
        else:
            self.place(block)

    def switch(self, label: Label, block: Block) -> None:
        part = "problem" if label.part == "message" else label.part
        if part == "problem" and "resolution" in self.current.labelled:
            self.entries.append(Parts())
        self.part = part
        self.current.labelled.add(part)
        if isinstance(block, Heading):
            self.current.anchors.append(split_heading(block.text)[0])
        if part == "resolution":
            self.place(Heading(0, _boundary(label), block.lines))
        elif label.title:
            self.place(Heading(6, label.title, block.lines))
        if label.part == "message" and isinstance(block, Paragraph):
            self.place(block)
        elif label.rest and isinstance(block, Paragraph):
            self.place(Paragraph(label.rest, block.lines))
        else:
            self.current.labels.append(block.lines)

    def heading(self, block: Heading) -> None:
        anchor, text = split_heading(block.text)
        procedure = is_section("procedure", plain(text), anchor, self.labels)
        if procedure and self.part in ("", "problem") and not self.current.blocks["resolution"]:
            self.part = "resolution"
        self.current.anchors.append(anchor)
        self.place(Heading(block.level, f'<a name="{anchor}"></a>{text}', block.lines))

    def place(self, block: Block) -> None:
        self.current.blocks[self.part or "problem"].append(block)

    def finish(self) -> list[Parts]:
        for entry in self.entries:
            if not entry.labelled:
                _place_unlabelled(entry)
            elif not entry.blocks["resolution"]:
                _find_instructions(entry, self.labels)
            resolution = entry.blocks["resolution"]
            entry.blocks["resolution"] = _number(resolution, self.labels)
            for part, blocks in entry.blocks.items():
                entry.blocks[part] = _level(blocks, part)
        return self.entries


def _boundary(label: Label) -> str:
    return f"{label.number or ''}|{label.title}"


def _place_unlabelled(entry: Parts) -> None:
    """General advice: a procedure is a resolution, anything else has no part of its own."""
    blocks = entry.blocks["problem"]
    if entry.blocks["resolution"]:
        return
    procedure = any(isinstance(b, ListBlock) and b.ordered for b in walk(blocks))
    entry.blocks["resolution" if procedure else "other"] = blocks
    entry.blocks["problem"] = []


def _find_instructions(entry: Parts, labels: Labels) -> None:
    """Where no resolution is labelled, what follows the problem and tells what to do is one."""
    blocks = entry.blocks["problem"]
    end = _end_of_problem(blocks)
    rest = blocks[end:]
    if end and any(_instructs(block, labels) for block in walk(rest)):
        entry.blocks["problem"] = blocks[:end]
        entry.blocks["resolution"] = rest


def _end_of_problem(blocks: list[Block]) -> int:
    """The first paragraph, and the list or quotation that its colon announces."""
    for index, block in enumerate(blocks):
        following = blocks[index + 1 : index + 2]
        announces = isinstance(block, Paragraph) and block.text.rstrip().endswith(":")
        if not announces or not following or isinstance(following[0], Paragraph | Heading):
            return index + 1
    return len(blocks)


def _instructs(block: Block, labels: Labels) -> bool:
    if isinstance(block, Paragraph):
        return labels.says("instruction", block.text)
    return isinstance(block, Code | Html) or (isinstance(block, ListBlock) and block.ordered)


def _number(blocks: list[Block], labels: Labels) -> list[Block]:
    """Boundaries (level 0) become headings; one alone, without a title, is not needed."""
    boundaries = [b for b in blocks if isinstance(b, Heading) and b.level == 0]
    if len(boundaries) == 1 and boundaries[0].text.endswith("|"):
        return [b for b in blocks if b is not boundaries[0]]
    for position, boundary in enumerate(boundaries, 1):
        number, _, title = boundary.text.partition("|")
        name = f"{labels.words['resolution']} {number or position}"
        boundary.text = f"{name}{labels.words['colon']}{title}" if title else name
    return blocks


def _level(blocks: list[Block], part: str) -> list[Block]:
    """Headings from level 3 on, below the resolutions' own where there are any."""
    inner = [b for b in blocks if isinstance(b, Heading) and b.level]
    if not inner:
        _set_boundaries(blocks)
        return blocks
    has_boundaries = any(isinstance(b, Heading) and not b.level for b in blocks)
    top = min(b.level for b in inner)
    base = 4 if has_boundaries else 3
    for heading in inner:
        heading.level = min(6, base + heading.level - top)
    _set_boundaries(blocks)
    return blocks


def _set_boundaries(blocks: list[Block]) -> None:
    for block in blocks:
        if isinstance(block, Heading) and block.level == 0:
            block.level = 3
