"""Whether a text still says what somebody wrote into it. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from ..markup.blocks import ITEM_NUMBER
from .aligning import compares_ends_alone, hunks

_WORD = re.compile(r"\w+")


def still_says(
    before: Mapping[str, str], written: Mapping[str, str], now: Mapping[str, str]
) -> bool:
    """Return whether ``now`` holds what was changed from ``before`` to ``written``, if in part.

    All map names (title, problem, ...) to texts. A word that was written still stands, be it at
    another place or in another text, or what was taken out is still out; texts that are again as
    they were before, or all others', say nothing. In doubt it does.
    """
    come = _come(before, now)
    return any(
        _still_says(before.get(name, ""), written[name], now.get(name, ""), come)
        for name in written
    )


def _still_says(before: str, written: str, now: str, come: set[str]) -> bool:
    """Return whether one text does; ``come`` are the words that any of them has gained."""
    if before == written:
        return False
    old, new, last = map(_words, (before, written, now))
    changed = hunks(old, new)
    added = [place for one in changed for place in range(one.new_start, one.new_end)]
    if any(new[place].casefold() in come for place in added):
        return True
    if not changed or before == now:  # signs and blanks alone are others, or it was taken back
        return False
    if not added:  # words were taken out
        return not _holds_again(old, last, [(one.start, one.end) for one in changed])
    if compares_ends_alone(new, last):  # which word became which is not known
        return not {new[place] for place in added}.isdisjoint(last)
    gone = {place for one in hunks(new, last) for place in range(one.start, one.end)}
    return any(place not in gone for place in added)


def _come(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    """Return the words, in small letters, that a text has more often ``now`` than it had before."""
    found: set[str] = set()
    for name, text in now.items():
        found |= (_counts(text) - _counts(before.get(name, ""))).keys()
    return found


def _counts(text: str) -> Counter[str]:
    return Counter(_words(text.casefold()))


def _words(text: str) -> list[str]:
    """Return the words of a text; the number before an item is none."""
    return _WORD.findall(ITEM_NUMBER.sub("", text))


def _holds_again(old: list[str], last: list[str], taken: list[tuple[int, int]]) -> bool:
    """Return whether ``last`` has again all words of ``old`` that were ``taken`` out."""
    gone = {place for one in hunks(old, last) for place in range(one.start, one.end)}
    return not any(place in gone for start, end in taken for place in range(start, end))
