"""Whether a text still says what somebody wrote into it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .aligning import hunks

_WORD = re.compile(r"\w+")
#: The number before an item is no word.
_NUMBER = re.compile(r"^\s*\d+\. ", re.MULTILINE)


def still_says(
    before: Mapping[str, str], written: Mapping[str, str], now: Mapping[str, str]
) -> bool:
    """Return whether ``now`` holds what was changed from ``before`` to ``written``, if in part.

    All map names (title, problem, ...) to texts. A word that was written still stands, or what was
    taken out is still out; whose texts are again as they were before, or all others', says nothing.
    """
    return any(
        _still_says(before.get(name, ""), written[name], now.get(name, "")) for name in written
    )


def _still_says(before: str, written: str, now: str) -> bool:
    if before in (written, now):
        return False
    old, new, last = (_WORD.findall(_NUMBER.sub("", text)) for text in (before, written, now))
    changed = hunks(old, new)
    gone = {place for one in hunks(new, last) for place in range(one.start, one.end)}
    added = [place for one in changed for place in range(one.new_start, one.new_end)]
    if not added:  # words were taken out, or signs and blanks alone are others
        return bool(changed) and not _holds_again(old, last, [(c.start, c.end) for c in changed])
    return any(place not in gone for place in added)


def _holds_again(old: list[str], last: list[str], taken: list[tuple[int, int]]) -> bool:
    """Return whether ``last`` has again all words of ``old`` that were ``taken`` out."""
    gone = {place for one in hunks(old, last) for place in range(one.start, one.end)}
    return not any(place in gone for start, end in taken for place in range(start, end))
