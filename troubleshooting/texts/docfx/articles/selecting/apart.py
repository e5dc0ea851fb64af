"""Which headings below a section tell a problem each, although labels name them.

A label is mostly a part of the problem that the heading above names. Where that one names a group
or a subject, "Problem: the door is shut" is a problem of its own, and so are several headings each
of which a "Solution" follows on the same level: "Error 1", "Resolution for Error 1", "Error 2" ...
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from ....languages import Labels
from ....languages.matching import Label
from ....markup import Paragraph
from ....plain import first_sentence
from ...anchors import plain
from ..instructions import names_problem
from ..labelling import part_label
from ..listing import shortened
from ..sections import HeadingSection

#: Tells whether labels right under a section say what its problem is or how it is resolved.
IsLabelled = Callable[[HeadingSection], bool]
#: So many have to be answered alike to be problems of their own.
FEWEST = 2


class Pairs:
    """The headings below a section that a resolution follows each; false without any."""

    def __init__(self, section: HeadingSection, found: list[HeadingSection]) -> None:
        """Make them; ``section`` is kept, since they are asked for by its identity."""
        self.section = section
        self._own = set(map(id, found))
        self._titles = Counter(child.title for child in section.children)

    def __bool__(self) -> bool:
        return bool(self._own)

    def __contains__(self, child: HeadingSection) -> bool:
        return id(child) in self._own

    def is_alone(self, title: str) -> bool:
        """Return whether one heading alone has this title."""
        return self._titles[title] < FEWEST


def answered_pairs(
    section: HeadingSection, labels: Labels, is_labelled: IsLabelled, *, named: bool
) -> list[HeadingSection]:
    """Return the headings below ``section`` that a resolution follows each.

    None where ``section`` is ``named`` after one problem, where causes are told apart, or where a
    resolution answers nothing: then all of it is about one problem. One alone has to name its own.
    """
    if named:
        return []
    told = [(child, part_label(child.as_heading(), labels)) for child in section.children]
    parts = [label.part for _, label in told if label]
    if "cause" in parts:
        return []
    found = [
        one
        for (one, asked), (_, answer) in pairwise(told)
        if _answers(answer, asked) and one.flat() and not is_labelled(one)
    ]
    several = len(found) >= FEWEST or any(names_problem(one.title, labels) for one in found)
    return found if several and len(found) == parts.count("resolution") else []


def _answers(answer: Label | None, asked: Label | None) -> bool:
    """Return whether a heading is the resolution of the one before, which tells one problem."""
    if answer is None or answer.part != "resolution" or answer.title:
        return False
    if asked is None:
        return True
    if asked.part not in ("problem", "message") or not (asked.title or asked.number):
        return False
    return None in (asked.number, answer.number) or asked.number == answer.number


def titled_problems(
    section: HeadingSection, labels: Labels, is_labelled: IsLabelled, *, named: bool
) -> list[HeadingSection]:
    """Return the headings such as "Problem: the door is shut" that are problems of their own.

    They have labels below them, or are several. None where ``section`` is ``named`` after one
    problem, or other labels beside them tell a cause or what to do.
    """
    if named:
        return []
    told = [(child, part_label(child.as_heading(), labels)) for child in section.children]
    titled = [child for child, label in told if label and _is_titled(label)]
    others = {label.part for _, label in told if label and not _is_titled(label)}
    if others & {"cause", "resolution"}:
        return []
    own = [child for child in titled if is_labelled(child)]
    return titled if len(titled) >= FEWEST and all(child.flat() for child in titled) else own


def _is_titled(label: Label) -> bool:
    return label.part in ("problem", "message") and bool(label.title)


def names_one(section: HeadingSection, labels: Labels) -> bool:
    """Return whether the title of a section names one problem, and no group of them."""
    groups = ("problem_group", "known_issues", "problems_title")
    group = any(labels.says(phrase, section.title) for phrase in groups)
    return not group and names_problem(section.title, labels)


def title_of_pair(section: HeadingSection, pairs: Pairs, labels: Labels) -> str:
    """Return the title of a problem that a resolution follows.

    A heading that only counts it ("Error 1") is told on, and one that several bear ("Example")
    says nothing.
    """
    label = part_label(section.as_heading(), labels)
    texts = [plain(block.text) for block in section.blocks if isinstance(block, Paragraph)]
    told = shortened(first_sentence(texts[0])).rstrip(" :") if texts else ""
    if label and label.title:
        return label.title
    if not told:
        return section.title
    if label:
        return f"{section.title}{labels.words['colon']}{told}"
    return section.title if pairs.is_alone(section.title) else told
