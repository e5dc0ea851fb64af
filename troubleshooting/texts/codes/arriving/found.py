"""A code as it arrived, and the readings of what it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..families.hexadecimal import HEXADECIMAL
from ..families.number import NUMBER
from ..reading import Note, Reading, ReadingKind


@dataclass(frozen=True, slots=True)
class Arrival:
    """A place in a typed text that is meant as a code.

    ``start``: where it begins, in characters. ``end``: where it ends. ``readings``: what it may
    stand for, the most plausible first. ``sure``: it is a code whatever is known; else only what is
    documented makes it one.
    """

    start: int
    end: int
    readings: tuple[Reading, ...]
    sure: bool = True


def read_hex(digits: str, note: Note) -> tuple[Reading, ...]:
    """Read hex digits that were found without a proper ``0x``; ``note`` says how they came."""
    return _noted(HEXADECIMAL.read, f"0x{digits}", note)


def read_number(digits: str, note: Note = Note.AS_TYPED) -> tuple[Reading, ...]:
    """Read a decimal number with or without its minus sign."""
    return _noted(NUMBER.read, digits, note)


def _noted(value: object, token: str, note: Note) -> tuple[Reading, ...]:
    found: Sequence[Reading] = value(token) if callable(value) else []
    plain = (Note.AS_TYPED, Note.NO_PREFIX)
    return tuple(replace(one, note=note) if one.note in plain else one for one in found)


def miscounted(digits: str) -> Reading:
    """Read hex digits that are too many for a code: it fits none, but others are near it."""
    return Reading(ReadingKind.MISCOUNTED, None, f"0x{digits.upper()}", Note.MISCOUNTED)
