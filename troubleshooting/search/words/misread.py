"""Words as a screenshot's text recognition gives them: digits and letters that look alike swapped.

Pure. ``fina1`` and ``Micr0soft`` are no names with numbers: a sign of each was taken for another.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from math import prod

#: What recognition gives, and the letters that it may have seen. A digit was a letter for certain;
#: letters may have been read well, so they come first as they are.
_SEEN = {
    "0": ("o",),
    "1": ("l", "i"),
    "5": ("s",),
    "6": ("b", "g"),
    "8": ("b",),
    "9": ("g",),
    "l": ("l", "i"),
    "i": ("i", "l"),
    "m": ("m", "rn"),
    "rn": ("rn", "m"),
    "vv": ("vv", "w"),
    "cl": ("cl", "d"),
}
_SIGN = re.compile("|".join(sorted(_SEEN, key=len, reverse=True)) + "|.")
#: Of shorter words any may look like another, and in longer ones too many signs are doubtful.
_SHORTEST, _LONGEST = 4, 30
_MOST = 256


@lru_cache(maxsize=1000)
def intended(word: str) -> frozenset[str]:
    """Return the folded words that ``word`` may be a misreading of; none without a digit in it.

    There have to be more letters than digits: a number with a letter is a number.

    >>> sorted(intended("fina1"))
    ['final', 'finai', 'flnai', 'flnal']
    """
    digits = sum(map(str.isdigit, word))
    if not _SHORTEST <= len(word) <= _LONGEST or not 0 < digits < len(word) - digits:
        return frozenset()
    signs = [_SEEN.get(sign, (sign,)) for sign in _SIGN.findall(word)]
    if prod(map(len, signs)) > _MOST:
        return frozenset()
    return frozenset(one for one in map("".join, product(*signs)) if one.isalpha())
