"""What changed in a text: units that came, went or were rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ...markup.units import Unit, units_of
from ..aligning import Hunk, hunks, likeness, pair
from .model import ADDED, CHANGED, REMOVED, SAME, DiffPiece, DiffUnit, Skipped
from .words import diff_unit, whole, words_of

#: Units that share fewer of their words than this are not the same unit rewritten.
LEAST_ALIKE = 0.35


def diff_texts(before: str, after: str) -> list[DiffUnit]:
    """Return the changes between two canonical texts, unchanged units too, in reading order."""
    return diff_units(units_of(before), units_of(after))


def diff_units(before: Sequence[Unit], after: Sequence[Unit]) -> list[DiffUnit]:
    """Return the changes between two lists of units, as ``diff_texts``."""
    changes: list[DiffUnit] = []
    done = Hunk(0, 0, 0, 0)
    for hunk in [
        *unit_hunks(before, after),
        Hunk(len(before), len(before), len(after), len(after)),
    ]:
        changes += [
            _change(SAME, after[new], whole(SAME, after[new]), old, new)
            for old, new in zip(
                range(done.end, hunk.start), range(done.new_end, hunk.new_start), strict=True
            )
        ]
        changes += _changed(before, after, hunk)
        done = hunk
    return changes


def unit_hunks(before: Sequence[Unit], after: Sequence[Unit]) -> list[Hunk]:
    """Return the units that differ, each by itself: one that was rewritten, that is gone or is new.

    Unlike those of ``aligning.hunks`` they may touch each other.
    """
    return [fine for hunk in hunks(before, after) for fine in _fine(before, after, hunk)]


def _fine(before: Sequence[Unit], after: Sequence[Unit], hunk: Hunk) -> list[Hunk]:
    if hunk.end - hunk.start == hunk.new_end - hunk.new_start == 1:
        return [hunk]
    olds = [(unit.form, words_of(unit)) for unit in before[hunk.start : hunk.end]]
    news = [(unit.form, words_of(unit)) for unit in after[hunk.new_start : hunk.new_end]]
    fine = []
    old, new = hunk.start, hunk.new_start
    for i, j in pair(olds, news, _score):
        end, new_end = old + (i is not None), new + (j is not None)
        fine.append(Hunk(old, end, new, new_end))
        old, new = end, new_end
    return fine


def _score(one: tuple[str, list[str]], other: tuple[str, list[str]]) -> float:
    return likeness(one[1], other[1]) - LEAST_ALIKE + (0.05 if one[0] == other[0] else 0.0)


def _changed(before: Sequence[Unit], after: Sequence[Unit], hunk: Hunk) -> list[DiffUnit]:
    if hunk.start == hunk.end and hunk.new_start == hunk.new_end:
        return []
    if hunk.start == hunk.end:
        new = after[hunk.new_start]
        return [_change(ADDED, new, whole(ADDED, new), None, hunk.new_start)]
    old = before[hunk.start]
    if hunk.new_start == hunk.new_end:
        return [_change(REMOVED, old, whole(REMOVED, old), hunk.start, None)]
    new = after[hunk.new_start]
    return [_change(CHANGED, new, diff_unit(old, new), hunk.start, hunk.new_start)]


def _change(
    kind: str, unit: Unit, pieces: list[DiffPiece], before: int | None, after: int | None
) -> DiffUnit:
    return DiffUnit(kind, unit.form, unit.number, pieces, before, after)


def without_unchanged(changes: Iterable[DiffUnit], around: int = 1) -> list[DiffUnit | Skipped]:
    """Return ``changes`` with only ``around`` unchanged units beside each change.

    The rest is counted.
    """
    changes = list(changes)
    near = {
        place
        for index, change in enumerate(changes)
        if change.kind != SAME
        for place in range(index - around, index + around + 1)
    }
    shown: list[DiffUnit | Skipped] = []
    for index, change in enumerate(changes):
        if index in near:
            shown.append(change)
        elif shown and isinstance(shown[-1], Skipped):
            shown[-1] = Skipped(shown[-1].count + 1)
        else:
            shown.append(Skipped(1))
    return shown


def words_changed(before: str, after: str) -> int:
    """Return how many words are new or gone."""
    pieces = (p for change in diff_texts(before, after) for p in change.pieces)
    return sum(len(re.findall(r"\w+", piece.text)) for piece in pieces if piece.kind != SAME)
