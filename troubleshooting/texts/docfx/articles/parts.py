"""The blocks of an entry -> its parts: problem, cause, resolution, other.

Labels and headings that are labels switch from one part to the next. Several resolutions are
told apart by headings of level 3 in the resolution part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...codes import parse_code
from ...languages import Labels, wide_labels_for
from ...languages.matching import Label, is_section
from ...markup import Block, Heading, ListBlock, Paragraph, Table
from ...markup.blocks import Lines, walk
from ...plain import first_sentence
from ...sections import SECTIONS
from ..anchors import plain, split_heading
from .alternatives import headed_ways
from .boundaries import INLINE, Boundary, BoundaryHeading, boundary, label_boundary
from .causes import part_listed
from .instructions import commands, instructs, split_instructions, without_resolution
from .labelling import drop_nothing, part_label, split_labels, tab_label, tables_of_causes
from .remedies import announces_causes, find_pointer, find_remedy, part_causes
from .resolutions import arrange, is_method
from .sections import as_bold, is_alternative, name_of
from .steps import is_step
from .tables import holds, leads_to

#: A longer line is more than a code and its name.
LONGEST_CODE = 100


@dataclass(slots=True)
class EntryParts:
    """The blocks of each part, the lines that were labels alone, the anchors of inner headings.

    ``title`` is that of the label that began a problem, ``joined`` whether one label named what is
    wrong and what to do at once; ``causes`` are the lines of the labels of counted causes.
    """

    blocks: dict[str, list[Block]] = field(default_factory=lambda: {part: [] for part in SECTIONS})
    labels: list[Lines] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    title: str = ""
    joined: bool = False
    causes: set[int] = field(default_factory=set)


def split_parts(
    blocks: list[Block],
    labels: Labels,
    *,
    problem: bool = False,
    likely: bool = False,
    several: bool = False,
    is_named: bool = False,
    about_problems: bool = False,
) -> list[EntryParts]:
    """Return the entries that ``blocks`` hold, mostly one.

    A problem that is labelled after a resolution begins another entry. ``problem`` says that the
    heading above names one, so that what to do is a resolution even without any label; it is
    ``likely`` one where it stands among others. ``several`` says that the heading promises them,
    ``is_named`` that it names one itself, of which numbered symptoms are forms. In a document
    ``about_problems`` what one may do is a resolution where nothing else is.
    """
    labels = wide_labels_for(labels.language) if problem else labels
    tables = tables_of_causes(blocks, labels)
    blocks = split_labels(blocks, labels)
    repeated = _repeats_messages(blocks, labels)
    splitter = _Splitter(labels, problem, likely, several, is_named, repeated, tables)
    splitter.about_problems = about_problems
    for block in blocks:
        splitter.take(block)
    return splitter.finish()


def _repeats_messages(blocks: list[Block], labels: Labels) -> bool:
    """Return whether labels tell several messages, and of most what to do before the next."""
    found = [part_label(block, labels) for block in blocks if isinstance(block, Paragraph)]
    parts = "".join("m" if each.part == "message" else each.part[0] for each in found if each)
    told, untold = len(re.findall("m[pco]*r", parts)), len(re.findall("m[pco]*(?=m|$)", parts))
    return re.fullmatch("(?:m[pcor]*)+", parts) is not None and told > 1 and told > untold


@dataclass(slots=True)
class _Aside:
    """A closing section inside an entry: its level, and the part that goes on after it."""

    level: int
    part: str


class _Splitter:
    def __init__(
        self,
        labels: Labels,
        problem: bool,
        likely: bool,
        several: bool,
        is_named: bool,
        repeated: bool,
        tables: list[Table],
    ) -> None:
        self.labels = labels
        self.problem = problem
        self.likely = likely
        self.several = several
        self.named = is_named
        self.about_problems = False
        self.entries = [EntryParts()]
        self.part = ""
        self.level = 0  # of the heading that began the part
        self.cause: int | None = None
        self.aside: _Aside | None = None
        self.ways = False  # whether scenarios are ways of a resolution
        self.causes_at = 0  # the level of headings that are causes
        self.step_at = 0  # that of the heading that is the present step
        self.repeated = repeated and not is_named  # whether each message begins a problem
        self.tables = tables  # that tell causes and resolutions
        self.is_told = False  # whether a row of them is what was told last

    @property
    def current(self) -> EntryParts:
        return self.entries[-1]

    def take(self, block: Block) -> None:
        if (
            isinstance(block, Heading)
            and self.part != "resolution"
            and tab_label(block, self.labels)
        ):
            block = Heading(block.level, name_of(block), block.lines)
        label = part_label(block, self.labels) if not is_alternative(block) else None
        if label and self.part == "resolution" and label.part == "message":
            label = label if self.repeated and isinstance(block, Paragraph) else None
        if self.is_in_step(block) and label and label.part == "resolution":
            label = None
        if label and self.is_way(label, block):
            level = block.level if isinstance(block, Heading) else INLINE
            self.place(boundary(Boundary(label.number, label.title, level), block))
            return
        if isinstance(block, Heading) and not is_alternative(block):
            self.leave_aside(block)
            if self.begins_aside(block, label):
                self.heading(block)
                return
        if label:
            self.switch(label, block)
        elif isinstance(block, Heading):
            self.heading(block)
        else:
            self.place(block)

    def is_in_step(self, block: Block) -> bool:
        """Return whether a heading such as "How to fix" stands below one such as "Step 2"."""
        if not isinstance(block, Heading) or is_alternative(block) or self.part != "resolution":
            return False
        if is_step(block, self.labels):
            self.step_at = block.level
        elif block.level <= self.step_at:
            self.step_at = 0
        return 0 < self.step_at < block.level

    def is_way(self, label: Label, block: Block) -> bool:
        """Return whether "Scenario 2: title" tells one way of a resolution, not another problem."""
        if self.part != "resolution" or label.part != "problem" or not label.title:
            return False
        text = (
            split_heading(block.text)[1]
            if isinstance(block, Heading)
            else getattr(block, "text", "")
        )
        if not self.labels.says("scenario", plain(text)):
            return False
        told = [b for b in self.current.blocks["resolution"] if not isinstance(b, Heading)]
        below = isinstance(block, Heading) and 0 < self.level < block.level
        self.ways = self.ways or below or not any(instructs(b, self.labels) for b in told)
        return self.ways

    def leave_aside(self, heading: Heading) -> None:
        if self.aside and heading.level <= self.aside.level:
            self.part, self.aside = self.aside.part, None

    def begins_aside(self, heading: Heading, label: Label | None) -> bool:
        """Turn to ``other`` if the section is one such as "See also", and return whether it is."""
        anchor, text = split_heading(heading.text)
        closing = is_section("closing", plain(text), anchor, self.labels)
        if not closing or (label and label.part not in ("other", "resolution")):
            return False
        self.aside = self.aside or _Aside(heading.level, self.part)
        self.part = "other"
        return True

    def switch(self, label: Label, block: Block) -> None:
        part = "problem" if label.part == "message" else label.part
        if part == "problem" and self.begins_problem(label, block):
            self.entries.append(EntryParts())
            self.cause, self.ways = None, False
            self.take_code()
        self.part = part
        self.is_told = any(holds(table, block) for table in self.tables)
        self.current.labelled.add(part)
        self.current.joined |= label.joined
        if part == "problem" and not self.current.title:
            self.current.title = label.title or first_sentence(plain(label.rest))
        if isinstance(block, Heading):
            self.current.anchors.append(split_heading(block.text)[0])
        self.level = block.level if part == "resolution" and isinstance(block, Heading) else 0
        if part == "resolution":
            self.place(label_boundary(label, block, self.cause))
            self.cause = None
        elif title := self.title(label):
            self.place(Heading(6, title, block.lines))
        if part == "cause":
            self.cause = label.number
            if label.number is not None:
                self.current.causes.add(block.lines[0])
        if label.part == "message" and isinstance(block, Paragraph):
            self.place(block)
        elif label.rest and isinstance(block, Paragraph):
            self.place(Paragraph(label.rest, block.lines))
        else:
            self.current.labels.append(block.lines)

    def take_code(self) -> None:
        """Move the code that stands alone before a label that begins a problem: "Code: NO_LINE"."""
        told = self.entries[-2].blocks["resolution"]
        last = told[-1] if told else None
        words = plain(last.text) if isinstance(last, Paragraph) else ""
        if parse_code(words.rpartition(":")[2]) and len(words) <= LONGEST_CODE:
            self.current.blocks["problem"].append(told.pop())

    def begins_problem(self, label: Label, block: Block) -> bool:
        """Return whether a label begins another problem: after a resolution, or with a title.

        A title does under a heading that promises several problems, once the last one has told
        what to do; elsewhere what follows is for both.
        """
        if self.named and not label.title and (label.number or isinstance(block, Heading)):
            return False
        if "resolution" in self.current.labelled:
            return True
        if self.repeated and label.part == "message" and "problem" in self.current.labelled:
            return True
        named = bool(label.title and self.current.title) and label.part == "problem"
        told = self.current.blocks["problem"]
        return (
            named
            and self.several
            and isinstance(block, Heading)
            and any(instructs(each, self.labels) for each in told)
        )

    def title(self, label: Label) -> str:
        """Return what stays of a label: its title, and the number by which parts are paired."""
        paired = label.part == "cause" or (label.part == "problem" and self.named)
        if not paired or label.number is None:
            return label.title
        word = "cause" if label.part == "cause" else "symptom"
        name = f"{self.labels.words[word]} {label.number}"
        return f"{name}{self.labels.words['colon']}{label.title}" if label.title else name

    def heading(self, block: Heading) -> None:
        if is_alternative(block):
            self.place(block)
            return
        anchor, text = split_heading(block.text)
        if self.names_cause(block):
            self.part = "cause"
            self.current.labelled.add("cause")
            self.current.causes.add(block.lines[0])
        elif self.part in ("", "problem", "cause") and self.begins_resolution(block, anchor, text):
            self.part = "resolution"
        elif self.part == "resolution" and self.ends_resolution(block):
            self.part = "other"
        self.current.anchors.append(anchor)
        self.place(Heading(block.level, f'<a name="{anchor}"></a>{text}', block.lines))

    def names_cause(self, block: Heading) -> bool:
        """Return whether headings are the causes that the sentence before the first announces."""
        before = self.current.blocks["problem"]
        if self.part in ("", "problem") and announces_causes(before, self.labels):
            self.causes_at = block.level
        return self.part != "other" and block.level == self.causes_at

    def begins_resolution(self, block: Heading, anchor: str, text: str) -> bool:
        if self.current.blocks["resolution"]:
            # Of a further cause a way out may be told below it: "Solution for cause 2".
            return self.part == "cause" and is_method(block, self.labels) is not None
        if is_section("procedure", plain(text), anchor, self.labels):
            return self.part != "cause"
        known = self.problem or self.likely or bool(self.current.labelled)
        return known and bool(is_method(block, self.labels) or is_step(block, self.labels))

    def ends_resolution(self, block: Heading) -> bool:
        """Return whether a heading beside "Resolution" goes on after what that tells to do.

        So does one below a table of causes that tells no way out, unless a row leads to it.
        """
        if self.is_told:
            return self.follows_table(block)
        if not self.level or block.level > self.level:
            return False
        if is_method(block, self.labels) or is_step(block, self.labels):
            return False
        told = self.current.blocks["resolution"]
        said = [b for b in told if isinstance(b, Paragraph)]
        if any(self.labels.says("announces_methods", b.text) for b in said):
            return False
        return any(isinstance(b, ListBlock) and b.ordered for b in told)

    def follows_table(self, block: Heading) -> bool:
        """Return whether a heading goes on after a table of causes, of which no row leads to it."""
        anchor, text = split_heading(block.text)
        told = is_method(block, self.labels) or is_step(block, self.labels)
        leads = any(leads_to(anchor, table) for table in self.tables)
        return not (told or leads or commands(plain(text), self.labels))

    def place(self, block: Block) -> None:
        self.current.blocks[self.part or "problem"].append(block)

    def find_resolution(self, entry: EntryParts) -> None:
        if entry.labelled or self.problem or self.likely:
            part_listed(entry.blocks, self.labels)
        if entry.labelled:
            if not entry.blocks["resolution"]:
                _find_resolution(entry, self.labels)
            if entry.joined and not entry.blocks["resolution"]:
                part = "cause" if entry.blocks["cause"] else "problem"
                _find_instructions(entry, self.labels, part)
            part_causes(entry.blocks, self.labels, entry.causes)
            if not entry.blocks["resolution"]:
                find_remedy(entry.blocks, self.labels)
            if not entry.blocks["resolution"]:
                find_pointer(entry.blocks, self.labels, possible=self.problem or self.likely)
            return
        if self.problem or self.likely:
            _find_instructions(entry, self.labels)
        if self.problem and not entry.blocks["resolution"]:
            find_pointer(entry.blocks, self.labels, possible=self.about_problems or self.likely)
        if not self.problem and not entry.blocks["resolution"]:
            _place_unlabelled(entry, self.labels)

    def finish(self) -> list[EntryParts]:
        for entry in self.entries:
            entry.labels += drop_nothing(entry.blocks, self.labels)
            self.find_resolution(entry)
            entry.blocks["resolution"] = arrange(entry.blocks["resolution"], self.labels)
            for part, blocks in entry.blocks.items():
                entry.blocks[part] = _level(as_bold(blocks), part)
        return self.entries


def _place_unlabelled(entry: EntryParts, labels: Labels) -> None:
    """Place general advice: a procedure or several ways are a resolution, nothing else is."""
    blocks = entry.blocks["problem"]
    if entry.blocks["resolution"]:
        return
    procedure = (isinstance(b, ListBlock) and b.ordered for b in walk(blocks))
    if any(procedure) or headed_ways(blocks, labels):
        entry.blocks["resolution"] = blocks
    else:
        entry.blocks["other"] = [*blocks, *entry.blocks["other"]]
    entry.blocks["problem"] = []


def _find_instructions(entry: EntryParts, labels: Labels, part: str = "problem") -> None:
    """Find the resolution under a heading that names a problem: what tells what to do."""
    said, resolution = split_instructions(entry.blocks[part], labels)
    entry.blocks[part] = said
    entry.blocks["resolution"] = [*resolution, *entry.blocks["resolution"]]


def _find_resolution(entry: EntryParts, labels: Labels) -> None:
    """Find, where none is labelled, the resolution: what after the problem tells what to do."""
    blocks = entry.blocks["problem"]
    if (end := without_resolution(blocks, labels)) is not None:
        entry.blocks["problem"] = blocks[:end]
        entry.blocks["resolution"] = blocks[end:]


def _level(blocks: list[Block], part: str) -> list[Block]:
    """Return headings from level 3 on, below the resolutions' own where there are any."""
    inner = [b for b in blocks if isinstance(b, Heading) and b.level]
    has_boundaries = any(isinstance(b, BoundaryHeading) for b in blocks)
    top = min((b.level for b in inner), default=0)
    base = 4 if has_boundaries else 3
    for heading in inner:
        heading.level = min(6, base + heading.level - top)
    for block in blocks:
        if isinstance(block, BoundaryHeading):
            block.level = 3
    return blocks
