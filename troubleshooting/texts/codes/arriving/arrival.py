"""Every place of a typed text that is a code to a person, though not by the rules for documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import endings, hexadecimal, numbers, spoken
from .found import Arrival
from .surroundings import dates

#: Longer texts are documents or logs, which name their codes as documents do.
LONGEST = 500

FINDERS = (hexadecimal.find, numbers.find, spoken.find, endings.find)


def arrivals(text: str) -> list[Arrival]:
    """Find the codes of a typed text that are written in no form of a document.

    Args:
        text: what was typed, at most ``LONGEST`` characters of it are read.

    Returns:
        The codes in the order of the text, without overlaps; the longest one counts, a sure one
        before a possible one.
    """
    read = text[:LONGEST]
    taken = dates(read)
    found = [one for find in FINDERS for one in find(read) if not _touches(one, taken)]
    return list(_without_overlaps(found))


def _touches(one: Arrival, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < one.end and one.start < end for start, end in spans)


def _without_overlaps(found: Iterable[Arrival]) -> Iterator[Arrival]:
    kept: list[tuple[int, int]] = []
    ordered = sorted(found, key=lambda one: (not one.sure, one.start - one.end, one.start))
    chosen = []
    for one in ordered:
        if not _touches(one, kept):
            kept.append((one.start, one.end))
            chosen.append(one)
    return iter(sorted(chosen, key=lambda one: one.start))
