"""Whether a text still says what somebody wrote into it. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ..languages import fold
from ..languages.meaning import meaning_words
from ..markup.blocks import ITEM_NUMBER
from .aligning import compares_ends_alone, hunks

_WORD = re.compile(r"\w+")


def still_says(
    before: Mapping[str, str],
    written: Mapping[str, str],
    now: Mapping[str, str],
    language: str = "",
) -> bool:
    """Return whether ``now`` holds what was changed from ``before`` to ``written``, if in part.

    All map names (title, problem, ...) to texts. A word that was written still stands, be it at
    another place or in another text, or what was taken out is still out; texts that are again as
    they were before, or all others', say nothing. In doubt it does. A text that says no less often
    than before ("Do not" is gone) is of whoever took that out, whatever became of the other words.

    ``language`` is that of the texts; "": their names are languages.
    """
    come = _come(before, now)
    return any(
        _still_says(before.get(name, ""), written[name], now.get(name, ""), come)
        or _denies_less(before.get(name, ""), written[name], now.get(name, ""), language or name)
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


def _denies_less(before: str, written: str, now: str, language: str) -> bool:
    """Return whether a negation that was taken out is still out, by lines."""
    words = meaning_words(language)
    old, new, last = (text.split("\n") for text in (before, written, now))
    if old == new or not words.places_of_negations(fold(before)):
        return False

    def denials(lines: Sequence[str], elsewhere: Sequence[str]) -> int:
        # A line that was moved says what it said.
        left = "\n".join(line for line in lines if line not in elsewhere)
        return len(words.places_of_negations(fold(left)))

    def is_less(start: int, end: int, new_start: int, new_end: int, other: list[str]) -> bool:
        gone, come = old[start:end], other[new_start:new_end]
        return denials(gone, other) > denials(come, old)

    taken = [one for one in hunks(old, new) if is_less(*one, new)]
    missing = [one for one in hunks(old, last) if is_less(*one, last)]
    return any(
        one.start < other.end and other.start < one.end for one in taken for other in missing
    )


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
