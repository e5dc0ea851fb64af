"""Which parts of a document become articles, and what belongs to the document's own page."""

from __future__ import annotations

from dataclasses import dataclass, field

from ....codes import codes_of_title
from ....languages import Labels, fold
from ....languages.matching import heading_label
from ....markup import Block, Paragraph, Table
from ...anchors import slug_of
from ...model import OutlineItem
from ...titles import is_telling, without_heading
from ..instructions import names_problem
from ..listing import (
    ListedProblem,
    introduction,
    labelled_items,
    listed_codes,
    listed_problems,
    named_problems,
)
from ..parts import EntryParts, split_parts
from ..sections import HeadingSection
from ..tables import ErrorRow, error_rows, take_codes
from .answering import answer_question, as_procedure, first_told
from .apart import Pairs, title_of_pair
from .inheriting import inherit_codes
from .judging import COUNT, Judge
from .nested import nested_tables, part_tables


@dataclass(slots=True)
class RawEntry:
    """An entry before its texts are written."""

    section: HeadingSection
    around: list[HeadingSection]
    kind: str
    parts: EntryParts
    title: str
    number: int | None = None
    row: ErrorRow | None = None
    heading_lines: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class SelectedEntries:
    """The entries in document order, the outline, and the document's own words."""

    entries: list[RawEntry] = field(default_factory=list)
    outline: list[tuple[OutlineItem, list[Block]]] = field(default_factory=list)
    preamble: list[Block] = field(default_factory=list)


def select_entries(
    root: HeadingSection, labels: Labels, title: str, *, is_named: bool
) -> SelectedEntries:
    """Walk the sections of a document once, top to bottom; ``title`` is the document's.

    What stands before the first heading, or without any, is an article where labels or the title
    of the document say that it is about a problem; so are headings that are the parts of one.
    ``is_named``: the title stands in a header, and text below it without headings is an article.
    """
    part_tables(root, labels)
    selector = _Selector(labels, title)
    own = HeadingSection(1, slug_of(title), title, root.lines, root.blocks)
    if without_heading(root, labels) or (is_named and _is_below_title(root)):
        own.children = root.children
        selector.take(own, [])
        return selector.selection
    alone = not root.children and (is_named or selector.has_articles(own))
    if root.blocks and (selector.is_labelled(own) or alone):
        selector.take(own, [])
    else:
        selector.selection.preamble += root.blocks
    selector.children(root, [])
    return selector.selection


def _is_below_title(root: HeadingSection) -> bool:
    """Return whether all headings stand below that of level 1, which the header has instead."""
    return bool(root.children) and all(child.level > 1 for child in root.children)


class _Selector(Judge):
    def __init__(self, labels: Labels, title: str) -> None:
        super().__init__(labels, title)
        self.selection = SelectedEntries()
        self.items: dict[int, OutlineItem] = {}
        self._pairs_of: dict[int, Pairs] = {}

    def children(self, section: HeadingSection, around: list[HeadingSection]) -> None:
        """Take the sub-sections in order; a procedure may complete the problem before it."""
        children = section.children
        index = 0
        while index < len(children):
            child, after = children[index], children[index + 1 : index + 2]
            index += 1
            paired = self.is_pair(child, section)
            if self.pairs(section) and not paired and is_telling(child, self.labels):
                self.selection.preamble += child.with_heading()
                continue
            if paired:
                self._pairs_of[id(child)] = self.pairs(section)
            if after and (paired or self.completes(child, after[0])):
                child.children.append(after[0])
                index += 1
            self.take(child, around)

    def is_pair(self, child: HeadingSection, section: HeadingSection) -> bool:
        """Return whether the resolution of ``child`` follows it below ``section``."""
        return child in self.pairs(section)

    def take(self, section: HeadingSection, around: list[HeadingSection]) -> None:
        if self.is_closing(section):
            self.selection.preamble += section.with_heading()
        elif self.is_problem(section):
            self.problem(section, around)
        elif row := self.only_row(section):
            self.one_row(section, around, row)
        elif self.is_in_steps(section):
            self.in_steps(section, around)
        elif self.is_by_tools(section):
            self.add(section, around, "advice", section.flat())
        elif self.has_own_articles(section):
            self.group(section, around)
        elif tables := nested_tables(section, self.labels):
            self.outline(section, section.flat())
            self.rows(section, around, tables)
        elif section.blocks or section.children:
            self.add(section, around, "advice", section.flat())
        else:
            self.outline(section, [])

    def in_steps(self, section: HeadingSection, around: list[HeadingSection]) -> None:
        """Read the steps as one article; the rows of tables among them are articles as well."""
        self.add(section, around, "advice", section.flat())
        for each in section.walk():
            self.rows(each, [section, *around], self.error_tables(each))

    def problem(self, section: HeadingSection, around: list[HeadingSection]) -> None:
        """Read the section with its sub-sections, but for those that are problems themselves."""
        blocks = list(section.blocks)
        apart: list[HeadingSection] = []
        for child in section.children:
            if self.is_own_problem(child) or self.follows_causes(child, section):
                apart.append(child)
            else:
                blocks += child.with_heading()
        if self.is_code(section) and section.title.isdigit():
            blocks.insert(0, Paragraph(f"`{section.title}`", section.lines))
        self.add(section, around, "problem", blocks)
        for child in apart:
            self.take(child, [section, *around])

    def group(self, section: HeadingSection, around: list[HeadingSection]) -> None:
        tables = self.error_tables(section)
        intro = [b for b in section.blocks if not any(b is table for table, _ in tables)]
        if section.level == 1 and not tables:
            self.selection.preamble += intro
            intro = []
        self.outline(section, intro)
        self.rows(section, around, tables)
        self.children(section, [section, *around])

    def rows(
        self,
        section: HeadingSection,
        around: list[HeadingSection],
        tables: list[tuple[Table, list[str | None]]],
    ) -> None:
        """Read each row of the error tables of a section as an article."""
        number = 0
        codes = [mention.spelling for mention in codes_of_title(section.title)]
        for table, kinds in tables:
            for row in error_rows(table, kinds, self.labels, section.title):
                number += 1
                take_codes(row, codes)
                self.row(section, around, row, number)

    def only_row(self, section: HeadingSection) -> ErrorRow | None:
        """Return the one row of a table under a heading that names its problem."""
        tables = self.error_tables(section)
        if len(tables) != 1 or section.children or not names_problem(section.title, self.labels):
            return None
        rows = error_rows(*tables[0], self.labels, section.title)
        return rows[0] if len(rows) == 1 else None

    def one_row(self, section: HeadingSection, around: list[HeadingSection], row: ErrorRow) -> None:
        """Read the section as one article: what it says, then what the row says."""
        tables = [table for table, _ in self.error_tables(section)]
        words = [b for b in section.blocks if not any(b is table for table in tables)]
        self.add(section, around, "problem", words)
        entry = self.selection.entries[-1]
        for part, blocks in row.parts.items():
            entry.parts.blocks[part] += blocks

    def outline(self, section: HeadingSection, intro: list[Block]) -> None:
        item = OutlineItem(section.level, section.anchor, section.title)
        self.selection.outline.append((item, intro))
        self.items[id(section)] = item

    def row(
        self, section: HeadingSection, around: list[HeadingSection], row: ErrorRow, number: int
    ) -> None:
        parts = EntryParts()
        parts.blocks.update(row.parts)
        entry = RawEntry(section, [section, *around], "error", parts, row.title, number, row)
        self.append(entry)

    def add(
        self, section: HeadingSection, around: list[HeadingSection], kind: str, blocks: list[Block]
    ) -> None:
        procedure = self.is_section("procedure", section)
        named = named_problems(blocks, section.title, self.labels, page=self.title)
        above = around[0].title if around and kind == "advice" else ""
        listed = named or listed_problems(blocks, section.title, self.labels, above=above)
        listed = listed or listed_codes(
            blocks, numbers=self.labels.says("codes_title", section.title)
        )
        grouped = any(self.labels.says(p, section.title) for p in ("known_issues", "problem_group"))
        grouped = grouped or bool(named or labelled_items(blocks, self.labels))
        grouped = grouped or (bool(listed) and self.is_told_in_plural(section))
        if listed and (kind == "advice" or (grouped and len(listed) > 1)):
            self.listed(section, around, blocks, listed)
            return
        likely = self.among_problems(section, around)
        several = any(self.labels.says(p, section.title) for p in ("problem_group", "known_issues"))
        found = split_parts(
            blocks,
            self.labels,
            problem=kind == "problem",
            likely=likely,
            several=several,
            about_problems=self.is_about_problems,
            is_named=not several
            and (section.level == 1 or names_problem(section.title, self.labels))
            and not is_telling(section, self.labels),
        )
        if len(found) > 1 and all(parts.title for parts in found):
            self.outline(section, [])  # its heading names none of them
        for number, parts in enumerate(found, 1):
            if kind == "advice" and procedure:
                as_procedure(parts)
            elif kind == "problem":
                answer_question(parts, section.title)
            one_of = number if len(found) > 1 else None
            paired = id(section) in self._pairs_of
            untitled = number > 1 or (is_counted(section.title, self.labels) and not paired)
            own = parts.title if one_of else ""
            own = own or (untitled and first_told(parts)) or ""
            title = own or self.title_of(section, around)
            if kind == "problem":
                inherit_codes(parts, title, [each.title for each in around], section.lines)
            entry = RawEntry(section, around, kind, parts, title, one_of)
            entry.heading_lines.append(section.lines)
            self.append(entry)

    def title_of(self, section: HeadingSection, around: list[HeadingSection]) -> str:
        """Return the words of a heading, or of the one above where it says "Instructions"."""
        bare = self.labels.instructions.fullmatch(fold(section.title).strip(" :."))
        if bare and around and around[0].level:
            self.outline(section, [])
            return around[0].title
        label = heading_label(section.title, self.labels)
        if label and label.title and around and self.is_apart(section, around[0]):
            # "Error: 1603" calls a number a code.
            return section.title if label.part == "message" else label.title
        if pairs := self._pairs_of.get(id(section)):
            return title_of_pair(section, pairs, self.labels)
        return COUNT.sub("", section.title) or section.title

    def is_apart(self, section: HeadingSection, above: HeadingSection) -> bool:
        """Return whether what a label names is a problem of its own: "Scenario 1: no sound"."""
        return self.is_told_apart(section, above) or self.is_own_title(section, above)

    def listed(
        self,
        section: HeadingSection,
        around: list[HeadingSection],
        blocks: list[Block],
        problems: list[ListedProblem],
    ) -> None:
        """Make one article of each question, or known issue, of a section."""
        self.outline(section, introduction(blocks, problems))
        for number, each in enumerate(problems, 1):
            (parts, *_) = split_parts(each.blocks, self.labels, problem=True, about_problems=True)
            answer_question(parts, each.title)
            entry = RawEntry(section, [section, *around], "problem", parts, each.title, number)
            entry.heading_lines.append(each.lines)
            self.append(entry)

    def append(self, entry: RawEntry) -> None:
        held = (entry.section, *entry.around)
        groups = (section for section in held if id(section) in self.items)
        group = next(groups, None) or entry.section
        if id(group) not in self.items:
            self.outline(group, [])
        self.items[id(group)].entries.append(len(self.selection.entries))
        self.selection.entries.append(entry)


def is_counted(title: str, labels: Labels) -> bool:
    """Return whether a heading is a label with a number and nothing else: "Scenario 1"."""
    label = heading_label(title, labels)
    return label is not None and label.number is not None and not label.title
