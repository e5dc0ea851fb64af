"""What of a text is about a person: marked before it is sent, left out before it is searched. Pure.

The patterns are read by the scripts of the page too, which mark a text before it leaves the
browser: they are written in what Python and ECMAScript read alike. Where a pattern has a group,
the group is what is personal. They are rules, so they miss what has no form, such as a name in
the middle of a sentence: who sends a text looks at the marks first.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .languages.searching import PERSON_WORDS, person_words

#: What stands for something that is left out.
HIDDEN = "[…]"
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
_CAPITAL = "A-ZÀ-ÖØ-Þ"
#: Every run is bounded: the time is one that a long text without any person takes, too. A period
#: belongs to an initial alone.
_FIRST = rf"[{_CAPITAL}][{_LETTER}'’-]{{1,30}}"
_NEXT = rf"(?:[ \t]{{1,4}}(?:[{_CAPITAL}]\.|[{_CAPITAL}][{_LETTER}'’-]{{0,30}}))"
_NAME, _FULL_NAME = rf"{_FIRST}{_NEXT}{{0,3}}", rf"{_FIRST}{_NEXT}{{1,3}}"
_BYTE = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"


def _names() -> tuple[str, ...]:
    """Return the patterns of names by the words around them, of every language.

    A name follows a greeting or a title, the name of a field or the words by which people introduce
    themselves, stands before "speaking", or is the line below the closing of a letter. Words that
    introduce other things as well ("this is") do so behind a greeting or at the beginning of a
    line, and before what may follow a name, so that "this is Windows Update failing" stays.
    """
    words = {kind: "|".join(person_words(kind)) for kind in PERSON_WORDS}
    greeting = rf"\b(?:{words['greetings']})"
    addressee = rf"(?:[ \t]{{1,4}}[{_LETTER}'’.-]{{1,30}}){{0,3}}[ \t]{{0,4}}[,.!–-]?\s{{1,4}}"
    after = rf"[ \t](?:{words['after_names']})(?![{_LETTER}])"
    follows = rf"(?=[ \t]{{0,4}}(?:[,.;:!?()<|–-]|\r|\n|$|{after}))"
    ends = r"(?=[ \t]{0,4}(?:[,.(<|–-]|\r|\n|$))"
    return (
        rf"{greeting},?[ \t]{{1,4}}((?:{words['titles']})?[ \t]{{0,4}}{_NAME})",
        rf"\b(?:{words['titles']})[ \t]{{1,4}}({_NAME})",
        rf"\b(?:{words['fields']})[ \t\u00a0]{{0,4}}:[ \t]{{0,4}}({_NAME})",
        rf"(?:{words['closings']})[ \t\u00a0]{{0,2}}[,.!]?"
        r"(?:[ \t]{1,4}|[ \t]{0,4}\r?\n\s{0,8})"
        rf"((?!(?:{words['closings']})(?![{_LETTER}])){_NAME}){ends}",
        rf"\b(?:{words['introductions']})[ \t]{{1,4}}({_NAME})",
        rf"{greeting}{addressee}(?:{words['presentations']})[ \t]{{1,4}}({_NAME}){follows}",
        rf"(?:^|[\r\n])[ \t]{{0,4}}(?:{words['presentations']})[ \t]{{1,4}}({_FULL_NAME}){follows}",
        rf"(?:^|[\r\n]|[,.!?][ \t])[ \t]{{0,4}}({_FULL_NAME}),?[ \t]{{1,4}}"
        rf"(?:{words['speaking']})(?=[\s,.!(]|$)",
        rf"(?:^|[\r\n])--[ \t]?\r?\n[ \t]{{0,4}}({_NAME}){ends}",  # RFC 3676, section 4.3
    )


#: Kind -> patterns; the first kind that fits a place has it.
PATTERNS: dict[str, tuple[str, ...]] = {
    "mail": (
        rf"(?<![{_LETTER}\d._%+'-])[{_LETTER}\d._%+'-]{{1,64}}@[{_LETTER}\d-]{{1,63}}"
        rf"(?:\.[{_LETTER}\d-]{{1,63}}){{1,5}}",
    ),
    "account": (
        r"[A-Za-z]:\\Users\\([^\\/:*?\"<>|\r\n\t]{1,60}?)(?=[\\\"']|$|\s)",
        r"/(?:home|Users)/([^/\s\"':]{1,60})",
        r"\b(?!HK[A-Z_]+\\)[A-Z][A-Z\d-]{1,14}\\[a-z][A-Za-z\d._-]{1,60}",
    ),
    "bank": (
        r"\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?\b",
        r"\b\d{4}(?:[ -]?\d{4}){3}\b",
    ),
    "address": (
        rf"(?<![\d.]){_BYTE}(?:\.{_BYTE}){{3}}(?![\d.]*\d)",
        r"\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\b",
        r"\b(?:[0-9A-Fa-f]{1,4}:){4,7}[0-9A-Fa-f]{1,4}\b",
        r"\b[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6}::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?",
    ),
    "phone": (
        r"(?<![A-Za-z\d+-])(?:\+|00)[1-9](?:[ .()/-]{0,2}\d){7,14}(?![A-Za-z\d])",
        r"(?<![A-Za-z\d.-])0[1-9](?:[ .-]\d\d){4}(?![A-Za-z\d])",
        r"(?<![A-Za-z\d-])(?:1-)?(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![A-Za-z\d])",
    ),
    "name": _names(),
}
_COMPILED = [(kind, re.compile(one)) for kind, all_ in PATTERNS.items() for one in all_]


class Personal(NamedTuple):
    """Something personal in a text, from ``start`` to ``end``."""

    start: int
    end: int
    kind: str


def personal_in(text: str) -> list[Personal]:
    """Return what is personal in a text, in its order, none within another."""
    found: list[Personal] = []
    for kind, pattern in _COMPILED:
        group = 1 if pattern.groups else 0
        found += [Personal(*match.span(group), kind) for match in pattern.finditer(text)]
    kept: list[Personal] = []
    # A stable sort: of two at one place the longer, then the kind that comes first.
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def without_personal(text: str) -> str:
    """Return a text without what is personal in it; lines stay where they are."""
    parts, last = [], 0
    for one in personal_in(text):
        parts += [text[last : one.start], HIDDEN]
        last = one.end
    return "".join([*parts, text[last:]])
