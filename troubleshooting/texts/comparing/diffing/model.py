"""What ``diffing`` returns."""

from __future__ import annotations

from dataclasses import dataclass

SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"
TEXT, CODE, LINK = "text", "code", "link"


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """A run of words: ``kind`` is ``same``, ``added`` or ``removed``; ``form`` what it consists of.

    ``form`` is ``text``, or ``code`` or ``link`` for one code span or link.
    """

    kind: str
    text: str
    form: str = TEXT


@dataclass(frozen=True, slots=True)
class DiffUnit:
    """A unit: ``same``, ``added``, ``removed`` or ``changed``, and its words.

    ``form`` and ``number`` are those of the unit. ``before`` and ``after`` are its places in the
    two texts, None where it is not there.
    """

    kind: str
    form: str
    number: int
    pieces: list[DiffPiece]
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """So many unchanged units that are not shown."""

    count: int
    kind: str = "skipped"
