"""What a translation needs of its source, and whether it has it: parts to keep, terms."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from .keeping import CODE, Kept, are_kept, kept_in
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
    kept = kept_in(source)
    met = are_kept(kept, translation)
    needs = [_keep(source, one, is_met) for one, is_met in zip(kept, met, strict=True)]
    starts = [one.start for one in kept]
    said: dict[str, bool] = {}
    for use in glossary.find(source):
        before = bisect_left(starts, use.end)
        if before and kept[before - 1].end > use.start:
            continue
        text, expected = source[use.start : use.end], use.term.translation or use.term.term
        role = TERM if use.term.translation else KEEP
        if expected not in said:
            said[expected] = occurs(expected, translation)
        needs.append(
            Need(role, use.start, use.end, text, expected, expected, said[expected], use.term.note)
        )
    return sorted(needs, key=lambda need: need.start)


def _keep(source: str, placeholders: Kept, is_met: bool) -> Need:
    text = source[placeholders.start : placeholders.end]
    shown = text if placeholders.kind != CODE else placeholders.key
    return Need(
        KEEP,
        placeholders.start,
        placeholders.end,
        shown,
        shown,
        text,
        is_met,
    )
