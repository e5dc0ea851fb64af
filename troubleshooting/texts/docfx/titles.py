"""What a document is called: a heading, a line in bold, a header, what it says first, its name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..languages import Labels
from ..languages.matching import heading_label, label_of
from ..markup import Block, Heading, Paragraph, Table
from .articles.labelling import labelled_problem
from .articles.sections import HeadingSection
from .articles.tables import error_columns

_BOLD = re.compile(r"(?:\*\*|__)(?P<text>[^*_\n]{8,160}[^*_\n:])(?:\*\*|__)")
_FEWEST_WORDS = 3
#: The labels that tell of a problem.
_TELLING = frozenset({"problem", "message", "cause", "resolution"})


def named_in(fields: Mapping[str, object]) -> str:
    """Return the title in a header, or ""; that of a part of other documents names nothing."""
    if str(fields.get("ms.topic") or "").strip().lower() == "include":
        return ""
    return str(fields.get("title") or "").strip()


def with_title(blocks: list[Block], fields: Mapping[str, object], labels: Labels) -> list[Block]:
    """Return ``blocks`` with a first line that is bold as a whole as a heading of level 1.

    They stay as they are where the header's ``fields`` have a title, a heading of level 1 follows,
    or the line is a label or too short to be a title.
    """
    first = blocks[0] if len(blocks) > 1 else None
    if not isinstance(first, Paragraph) or named_in(fields):
        return blocks
    match = _BOLD.fullmatch(first.text.strip())
    if match is None or len(match["text"].split()) < _FEWEST_WORDS or label_of(first.text, labels):
        return blocks
    if any(isinstance(block, Heading) and block.level == 1 for block in blocks):
        return blocks
    return [Heading(1, match["text"], first.lines), *blocks[1:]]


def title_of(root: HeadingSection, fields: Mapping[str, object], path: str, labels: Labels) -> str:
    """Return the first heading, the title of the header, a labelled problem, or the file's name.

    A heading of level 1 below others is none, where the header has a title.
    """
    top = [section for section in root.children if section.level == 1 and section.title]
    if named_in(fields) and root.children and root.children[0].level > 1:
        top = []
    heads = [section.title for section in top if not is_telling(section, labels)]
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    named = heads[0] if heads else named_in(fields)
    return named or labelled_problem(root.flat(), labels) or stem


def is_telling(section: HeadingSection, labels: Labels) -> bool:
    """Return whether a heading is nothing but a label: "Cause"."""
    label = heading_label(section.title, labels)
    told = label is not None and label.part in _TELLING and not label.title
    return told and not _gathers(section, labels)


def _gathers(section: HeadingSection, labels: Labels) -> bool:
    """Return whether "Dépannage" is the title of a page that tells of problems below it."""
    below = [child for head in section.children for child in (head, *head.children)]
    labelled = any(is_part_alone(head, labels) for head in section.children)
    several = len(below) > 1 or any(lists_errors(each, labels) for each in section.walk())
    return section.level == 1 and several and not labelled


def is_part_alone(head: HeadingSection, labels: Labels) -> bool:
    """Return whether a heading is the label of a part, and no table of errors stands below it."""
    return heading_label(head.title, labels) is not None and not lists_errors(head, labels)


def lists_errors(section: HeadingSection, labels: Labels) -> bool:
    """Return whether right under a heading stands a table of several errors."""
    tables = (block for block in section.blocks if isinstance(block, Table))
    return any(len(t.rows) > 1 and error_columns(t, labels, section.title) for t in tables)


def without_heading(root: HeadingSection, labels: Labels) -> bool:
    """Return whether the headings of a document are the parts of one problem, without its title."""
    told = [heading_label(child.title, labels) for child in root.children]
    parts = {label.part for label in told if label}
    first = root.children[0] if root.children else None
    return first is not None and is_telling(first, labels) and "resolution" in parts
