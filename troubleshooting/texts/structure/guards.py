"""Warnings stand before the step that they guard, never after it. Pure."""

from __future__ import annotations

from lxml.html import HtmlElement as Element

from ..languages import Labels, common
from ..rendering import parent_of, plain_text

#: Alerts that must be read before acting; a note or a tip stays where its author put it.
GUARDING = frozenset(
    f"alert-{kind}" for kind, alert in common()["alerts"].items() if alert.get("guards")
)


def guard_steps(procedures: list[Element], labels: Labels) -> None:
    """Move the warnings of a resolution to before what they guard, in place.

    ``procedures`` are its lists of steps, in order; ``labels`` those of the text's language.

    Somebody who reads step by step has done a step before reading what follows it, so a warning
    below a step comes too late (IEC/IEEE 82079-1: warnings stand before the instruction they
    concern). The rule:

    - an alert of a kind in ``GUARDING`` that stands inside a step guards that step, the innermost
      one that holds it, and moves before the step's first words;
    - alerts that follow a list of steps directly, without words between, belong to what was said
      last: they guard the list's last step;
    - an alert that says of itself that it is about the whole procedure ("Before you begin", "this
      section contains steps that ...", the phrase ``whole_procedure`` of the language), which
      documents like to hang below the last step, moves before the first list;
    - several keep their order, and what stands in a table, a quotation or a plain list below the
      step stays there, since it speaks of that alone.

    A warning before the first step, or after other words, already stands where it should.
    """
    for procedure in procedures:
        _guard_list(procedure)
    for procedure in procedures:
        for alert in procedure.xpath(".//li/div[contains(@class, 'alert')]"):
            if _guards(alert) and labels.says("whole_procedure", plain_text(alert)):
                _detach(alert)
                procedures[0].addprevious(alert)


def _guard_list(procedure: Element) -> None:
    _adopt_followers(procedure)
    for item in procedure.findall("li"):
        _lead(item)
    for nested in procedure.xpath("./li//ol"):
        _adopt_followers(nested)
        for item in nested.findall("li"):
            _lead(item)


def _adopt_followers(procedure: Element) -> None:
    items = procedure.findall("li")
    follower = procedure.getnext()
    while (
        items and follower is not None and _guards(follower) and not (procedure.tail or "").strip()
    ):
        after = follower.getnext()
        tail, follower.tail = follower.tail, None
        items[-1].append(follower)
        if (tail or "").strip():
            procedure.tail = tail
        follower = after


def _lead(item: Element) -> None:
    alerts = [child for child in item if _guards(child)]
    for alert in alerts:
        _detach(alert)
    for alert in reversed(alerts):
        # In a tight list the step's words are the item's own text: they follow the alert.
        alert.tail, item.text = item.text, None
        item.insert(0, alert)


def _detach(alert: Element) -> None:
    """Take ``alert`` out of its parent; the words after it stay where they are."""
    parent, before, tail = parent_of(alert), alert.getprevious(), alert.tail
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    alert.tail = None
    parent.remove(alert)


def _guards(element: Element) -> bool:
    return not GUARDING.isdisjoint((element.get("class") or "").split())
