"""How much a place in a pasted text speaks for what stands there: the last failure counts most.

A log tells what failed in the order in which it happened; what it says last, and what it calls
final, is what the caller is left with. Pure.
"""

from __future__ import annotations

import re
from functools import cache

from ...texts.languages import code_words

#: What it counts that the line speaks of a failure, that it calls it final, and how late it stands.
_FAILURE, _FINAL, _LATE = 0.3, 0.5, 0.2
#: The beginning of a line that a reply quotes: what it says was said before.
_QUOTED = re.compile(r"[^\S\n]{0,8}>")
#: Characters of a line that are looked at on either side.
_REACH = 200


def prominence(text: str, start: int) -> float:
    """Return how much the place at ``start`` counts, from 0 to 1; none in a quoted reply."""
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    after = text[start : start + _REACH].partition("\n")[0]
    if _QUOTED.match(before):
        return 0.0
    line = (before + after).lower()
    value = _LATE * start / max(1, len(text))
    value += _FAILURE if _any_of("error_stems").search(line) else 0.0
    value += _FINAL if _any_of("final_stems").search(line) else 0.0
    return value


@cache
def _any_of(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, code_words(kind))))
