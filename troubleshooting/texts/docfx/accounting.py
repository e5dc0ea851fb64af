"""Accounts for every line of a file: what holds it, or why it is structure."""

from __future__ import annotations

import re

from .model import DocfxDocument, Placement

_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:\s*\S+")
_ONLY_MARKUP = re.compile(r"[\s>*\-_|:=+`~#]*")


def account(document: DocfxDocument, placed: list[Placement], lines: list[str]) -> list[Placement]:
    """Return ``placed`` completed, so that every line not held by an entry has its reason.

    A line that nothing accounts for is placed as ``unaccounted``; there should be none.
    """
    reasons: dict[int, str] = {}
    for placement in placed:
        for number in range(placement.lines[0], placement.lines[1] + 1):
            reasons.setdefault(number, placement.section)
    held = {
        number
        for entry in document.entries
        for placement in entry.placements
        for number in range(placement.lines[0], placement.lines[1] + 1)
    }
    placements = []
    for number, line in enumerate(lines, 1):
        if number in held:
            continue
        reason = reasons.get(number) or _reason(line)
        placements.append(Placement((number, number), reason))
    return _merge(placements)


def _reason(line: str) -> str:
    if not line.strip():
        return "blank"
    if _ONLY_MARKUP.fullmatch(line):
        return "markup"
    return "link definition" if _DEFINITION.match(line) else "unaccounted"


def _merge(placements: list[Placement]) -> list[Placement]:
    merged: list[Placement] = []
    for placement in placements:
        last = merged[-1] if merged else None
        if last and last.section == placement.section and last.lines[1] + 1 == placement.lines[0]:
            merged[-1] = Placement((last.lines[0], placement.lines[1]), last.section)
        else:
            merged.append(placement)
    return merged
