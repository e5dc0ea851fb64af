"""What a translation needs of its source, and whether it has it: parts to keep, terms."""

from __future__ import annotations

from dataclasses import dataclass

from .keeping import CODE, Kept, is_kept, kept_in
from .terms import Glossary, occurs

KEEP, TERM = "keep", "term"


@dataclass(frozen=True, slots=True)
class Need:
    """A place in the source, ``source[start:end]``, and what the translation has to say there.

    ``role`` is ``keep`` (it stays as it is) or ``term`` (the glossary translates it). ``text`` is
    what the source calls it, ``expected`` what the translation has to hold, ``insert`` the same as
    Markdown. ``note`` is the glossary's. ``is_met`` tells whether the translation has it.
    """

    role: str
    start: int
    end: int
    text: str
    expected: str
    insert: str
    is_met: bool
    note: str = ""


def needs_of(source: str, translation: str, glossary: Glossary) -> list[Need]:
    """Return what is to be kept and what is a term in ``source``, in reading order.

    Both are Markdown.
    """
    needs = [_keep(source, kept, translation) for kept in kept_in(source)]
    for use in glossary.find(source):
        if any(need.start < use.end and use.start < need.end for need in needs):
            continue
        text, expected = source[use.start : use.end], use.term.translation or use.term.term
        role = TERM if use.term.translation else KEEP
        is_met = occurs(expected, translation)
        needs.append(
            Need(role, use.start, use.end, text, expected, expected, is_met, use.term.note)
        )
    return sorted(needs, key=lambda need: need.start)


def _keep(source: str, placeholders: Kept, translation: str) -> Need:
    text = source[placeholders.start : placeholders.end]
    shown = text if placeholders.kind != CODE else placeholders.key
    return Need(
        KEEP,
        placeholders.start,
        placeholders.end,
        shown,
        shown,
        text,
        is_kept(placeholders, translation),
    )
