"""Every place of a typed text that is a code to a person, though not by the rules for documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..families.numeric import hex_code
from ..model import CodeMention
from ..reading import ReadingKind
from . import endings, hexadecimal, named, numbers, spoken
from .found import Arrival
from .surroundings import dates

#: Longer texts are documents or logs, which name their codes as documents do.
LONGEST = 500
#: A pasted text up to here may be a picture that was read or a few lines that were typed.
LONGEST_PASTED = 2_000

FINDERS = (hexadecimal.find, numbers.find, named.find, spoken.find, endings.find)


def arrivals(text: str) -> list[Arrival]:
    """Find the codes of a typed text that are written in no form of a document.

    ``text``: what was typed, at most ``LONGEST`` characters of it are read.

    Return the codes in the order of the text, without overlaps; the longest one counts, a sure one
    before a possible one.
    """
    read = text[:LONGEST]
    taken = dates(read)
    found = [one for find in FINDERS for one in find(read) if not _touches(one, taken)]
    return list(_without_overlaps(found))


def with_garbled(text: str, mentions: Sequence[CodeMention]) -> Sequence[CodeMention]:
    """Add the garbled hexadecimal codes of a short pasted text to those that it names properly.

    A camera or a person made such a text, line by line: of a long one a program did. ``mentions``
    are what ``find_codes`` found in it; one that is a part of a garbled code goes.
    """
    if len(text) > LONGEST_PASTED:
        return mentions
    garbled = list(_garbled(text))
    spans = [(one.start, one.end) for one in garbled]
    kept = [one for one in mentions if not _touches(one, spans)]
    return sorted([*kept, *garbled], key=lambda one: one.start)


def _garbled(text: str) -> Iterator[CodeMention]:
    place = 0
    for line in text.splitlines(keepends=True):
        for one in _without_overlaps(hexadecimal.find(line[:LONGEST])):
            exact = next((r.value for r in one.readings if r.kind == ReadingKind.EXACT), None)
            if one.sure and exact is not None:
                start, end = place + one.start, place + one.end
                yield CodeMention(hex_code(exact), text[start:end], start, end)
        place += len(line)


def _touches(one: Arrival | CodeMention, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < one.end and one.start < end for start, end in spans)


def _without_overlaps(arrivals: Iterable[Arrival]) -> Iterator[Arrival]:
    kept: list[tuple[int, int]] = []
    ordered = sorted(arrivals, key=lambda one: (not one.sure, one.start - one.end, one.start))
    chosen = []
    for one in ordered:
        if not _touches(one, kept):
            kept.append((one.start, one.end))
            chosen.append(one)
    return iter(sorted(chosen, key=lambda one: one.start))
