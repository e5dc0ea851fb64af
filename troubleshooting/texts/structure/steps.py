"""Tells the resolutions of a rendered section apart and gives every step its address.

The addresses are those of ``texts.anchors``.
"""

from __future__ import annotations

from copy import copy

import lxml.html
from lxml.html import HtmlElement as Element

from ..anchors import resolution_anchor, step_anchor, substep_anchor
from ..languages import Labels
from ..languages.matching import heading_label
from ..plain import last_sentence
from ..rendering import HEADINGS, parent_of, plain_text
from .guards import guard_steps
from .model import ResolutionItem, StepItem


def mark_resolutions(tree: Element, labels: Labels) -> tuple[list[ResolutionItem], list[StepItem]]:
    """Wrap each resolution of ``tree`` in a section of its own and marks its steps, in place.

    One without a heading is no section of the page: that would be one which no outline can name.
    """
    resolutions, steps = [], []
    for number, blocks in enumerate(_resolutions(tree, labels), 1):
        anchor = resolution_anchor(number)
        kind = "section" if _is_boundary(blocks[0], labels) else "div"
        section = lxml.html.Element(kind, {"class": "resolution", "id": anchor})
        section.extend(blocks)
        tree.append(section)
        resolutions.append(ResolutionItem(anchor, _title(blocks, labels)))
        steps += _mark_steps(section, anchor, labels)
    return resolutions, steps


def _resolutions(tree: Element, labels: Labels) -> list[list[Element]]:
    """Return the groups but for an introduction.

    Words without steps in front of the first heading.
    """
    groups = _groups(tree, labels)
    if len(groups) > 1 and not _is_boundary(groups[0][0], labels):
        procedures = [b for block in groups[0] for b in (block, *block.iter("ol"))]
        if not any(b.tag == "ol" and not _lists_causes(b, labels) for b in procedures):
            return groups[1:]
    return groups


def _groups(tree: Element, labels: Labels) -> list[list[Element]]:
    groups: list[list[Element]] = []
    for block in list(tree):
        if not isinstance(block.tag, str):
            continue
        if not groups or _is_boundary(block, labels):
            groups.append([])
        groups[-1].append(block)
    return groups


def _is_boundary(block: Element, labels: Labels) -> bool:
    label = heading_label(plain_text(block), labels) if block.tag in HEADINGS else None
    return label is not None and label.part == "resolution"


def _title(blocks: list[Element], labels: Labels) -> str:
    return plain_text(blocks[0]) if _is_boundary(blocks[0], labels) else ""


def _mark_steps(section: Element, resolution: str, labels: Labels) -> list[StepItem]:
    steps: list[StepItem] = []
    number = 0
    procedures = [block for block in section if _is_procedure(block, labels)]
    guard_steps(procedures, labels)
    for block in procedures:
        block.set("class", "steps")
        for item in block.findall("li"):
            number += 1
            anchor = step_anchor(resolution, number)
            steps += _mark(item, anchor, "", resolution, labels)
    return steps


def _is_procedure(block: Element, labels: Labels) -> bool:
    """Return whether a list is one: a numbered list is, unless it lists causes.

    So is a list whose items hold one, where a sentence with a colon says that it answers; other
    lists are facts and hints, of which one happens to tell more.
    """
    if block.tag == "ol":
        return not _lists_causes(block, labels)
    nested = block.tag == "ul" and any(True for _ in block.iterfind("li/ol"))
    return nested and _lead(block).endswith(":")


def _lists_causes(block: Element, labels: Labels) -> bool:
    lead = _lead(block)
    return lead.endswith(":") and labels.says("cause_lead", lead)


def _lead(block: Element) -> str:
    """Return the sentence right before a list, or ""."""
    before = block.getprevious()
    return last_sentence(plain_text(before)) if before is not None and before.tag == "p" else ""


def _mark(
    item: Element, anchor: str, parent: str, resolution: str, labels: Labels
) -> list[StepItem]:
    item.set("id", anchor)
    item.set("class", "substep" if parent else "step")
    nested = [sub for lst in _nested_procedures(item) for sub in lst.findall("li")]
    text = _own_text(item, labels)
    steps = [StepItem(anchor, parent, resolution, text)]
    for number, sub in enumerate(nested, 1):
        parent_of(sub).set("class", "substeps")
        steps += _mark(sub, substep_anchor(anchor, number), anchor, resolution, labels)
    return steps


def _nested_procedures(item: Element) -> list[Element]:
    """Return the numbered lists directly inside a step, or inside a plain list of it."""
    direct = item.findall("ol")
    return direct + [ol for ul in item.findall("ul") for ol in ul.iterfind("li/ol")]


def _own_text(item: Element, labels: Labels) -> str:
    """Return the words of a step without those of its sub-steps.

    An alert's name ends in a colon.
    """
    if not any(e.tag == "ol" or e.get("class") == "alert-title" for e in item.iter("ol", "p")):
        return plain_text(item)
    own = copy(item)
    for nested in own.xpath(".//ol"):
        nested.drop_tree()
    for title in own.find_class("alert-title"):
        title.text = f"{title.text}{labels.words['colon']}"
    return plain_text(own)
