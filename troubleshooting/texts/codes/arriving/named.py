"""Codes of sign-ins, agents and products with letters for digits: ``AADSTS50O34``, ``HCW8O34``.

What looks like that may be anything, so it counts where its repaired form is documented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..families import FAMILIES
from ..interpreting import readings
from ..parsing import parse_code
from ..reading import Note, Reading
from .found import Arrival

_NAMED = re.compile(
    r"(?<![\w\\/%#.@{&-])(?=[A-Za-z-]{1,14}[0-9])[A-Za-z]{1,12}-?[0-9OolI]{2,10}(?![\w\\@-]|\.\w)"
)
_LETTERS = str.maketrans("OolI", "0011")
_KINDS = frozenset(family.kind for family in FAMILIES if family.misread)


def find(text: str) -> Iterator[Arrival]:
    """Yield names of codes whose digits hold letters, with what they are when repaired."""
    for match in _NAMED.finditer(text):
        found = dict.fromkeys(one for form in _repaired(match[0]) for one in _read(form))
        if found:
            yield Arrival(*match.span(), tuple(found), sure=False)


def _repaired(name: str) -> Iterator[str]:
    """Yield a name with digits for the letters behind its first digit, then before it as well."""
    first = next(place for place, letter in enumerate(name) if letter.isdigit())
    for start in range(first, -1, -1):
        if start < first and name[start] not in "OolI":
            return
        whole = f"{name[:start]}{name[start:].translate(_LETTERS)}"
        if whole != name:
            yield whole


def _read(form: str) -> Iterator[Reading]:
    code = parse_code(form) or parse_code(form.upper())
    if code and code.kind in _KINDS:
        exact = (one for one in readings(code.canonical) if one.kind in _KINDS)
        yield from (replace(one, note=Note.LETTERS) for one in exact)
