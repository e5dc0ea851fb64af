"""What a translation repeats letter for letter: codes, commands, paths."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..codes import find_codes

CODE, ERROR, PATH = "code", "error", "path"

_FENCED = re.compile(r"(?m)^(`{3,})[^\n`]*\n(?P<inner>.*?)\n\1$", re.DOTALL)
_SPAN = re.compile(r"(?P<fence>`+)(?!`)(?P<inner>[^\n]+?)(?<!`)(?P=fence)(?!`)")
# Paths of Windows (drive, share, variable, registry) and of Unix with two parts or more.
_PATH = re.compile(
    r"(?<![\w\\/])(?:[A-Za-z]:\\+|\\\\+\w|%\w+%\\+|HK(?:LM|CU|CR|U|EY_[A-Z_]+)\\+)[^\s*`|<>\"]*[\w%]"
    r"|(?<![\w:/.)(])/(?:[\w.-]+/)+[\w.-]*\w"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A place in a text, ``text[start:end]``; ``key`` is what the translation has to hold.

    ``kind`` is ``code`` (code span or block), ``error`` (the key is the code's canonical
    spelling) or ``path``.
    """

    start: int
    end: int
    kind: str
    key: str


def kept_in(text: str) -> list[Kept]:
    """Return what of a Markdown ``text`` a translation keeps, in order; no two overlap."""
    found = [
        *(Kept(m.start(), m.end(), CODE, m["inner"].strip()) for m in _FENCED.finditer(text)),
        *(Kept(m.start(), m.end(), CODE, m["inner"].strip()) for m in _SPAN.finditer(text)),
        *(Kept(m.start, m.end, ERROR, m.code.canonical) for m in find_codes(text)),
        *(Kept(m.start(), m.end(), PATH, m[0]) for m in _PATH.finditer(text)),
    ]
    kept: list[Kept] = []
    for one in sorted(found, key=lambda kept: (kept.start, -kept.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def is_kept(placeholder: Kept, translation: str) -> bool:
    """Return whether ``translation`` repeats what was kept; a code in any of its spellings."""
    if placeholder.kind == ERROR:
        found = {mention.code.canonical for mention in find_codes(translation)}
        return placeholder.key in found or placeholder.key.casefold() in translation.casefold()
    return " ".join(placeholder.key.split()) in " ".join(translation.split())
