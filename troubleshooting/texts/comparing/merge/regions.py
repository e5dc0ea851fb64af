"""Three descendants of a list of units -> regions: who changed what, and where both did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter

from ...markup.units import Unit
from ..aligning import Hunk
from ..diffing import unit_hunks
from .inside import merge_inside

Units = tuple[Unit, ...]


class RegionKind(StrEnum):
    """What a merge makes of a range; ours is what the portal holds."""

    SAME = "same"
    """Nobody changed it."""
    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    """Both changed it to the same."""
    MERGED = "merged"
    """Both changed it, in different places inside one unit."""
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Region:
    """A range of the base and what each side made of it.

    ``result`` are the merged units; of a conflict there are none.
    """

    kind: RegionKind
    base: Units
    ours: Units
    theirs: Units
    result: Units

    @property
    def is_conflict(self) -> bool:
        """Return whether the changes of both sides overlap here."""
        return self.kind is RegionKind.CONFLICT


def merge_units(base: Sequence[Unit], ours: Sequence[Unit], theirs: Sequence[Unit]) -> list[Region]:
    """Return the regions of three texts, in order; those of each side make up that side whole.

    Changes of the two sides overlap where they change the same unit, or add at the same place.
    """
    regions: list[Region] = []
    done = (0, 0, 0)
    sides = (base, ours, theirs)
    for group in _groups(unit_hunks(base, ours), unit_hunks(base, theirs)):
        begin, end = _bounds(done, group)
        regions += _unchanged(sides, done, begin)
        regions += _changed(*_slices(sides, begin, end), group)
        done = end
    return regions + _unchanged(sides, done, (len(base), len(ours), len(theirs)))


@dataclass(slots=True)
class _Group:
    """Hunks of both sides that overlap, and the range of the base that they cover."""

    start: int
    end: int
    ours: list[Hunk]
    theirs: list[Hunk]


def _groups(ours: list[Hunk], theirs: list[Hunk]) -> list[_Group]:
    groups: list[_Group] = []
    sided = [*((hunk, True) for hunk in ours), *((hunk, False) for hunk in theirs)]
    for hunk, is_ours in sorted(sided, key=itemgetter(0)):
        group = groups[-1] if groups else None
        if group is None or not _overlaps(group, hunk):
            group = _Group(hunk.start, hunk.end, [], [])
            groups.append(group)
        group.end = max(group.end, hunk.end)
        (group.ours if is_ours else group.theirs).append(hunk)
    return groups


def _overlaps(group: _Group, hunk: Hunk) -> bool:
    adds_at_one_place = group.start == group.end == hunk.start == hunk.end
    return hunk.start < group.end or adds_at_one_place


Place = tuple[int, int, int]


def _bounds(start: Place, group: _Group) -> tuple[Place, Place]:
    """Return where ``group`` begins and ends in the base, in ours and in theirs."""
    passed, length = group.start - start[0], group.end - group.start
    mine, other = start[1] + passed, start[2] + passed
    ends_at = (mine + length + _growth(group.ours), other + length + _growth(group.theirs))
    return (group.start, mine, other), (group.end, *ends_at)


def _growth(side: list[Hunk]) -> int:
    """Return how many units more a side has after its changes."""
    return sum((h.new_end - h.new_start) - (h.end - h.start) for h in side)


Side = Sequence[Unit]


def _slices(sides: tuple[Side, Side, Side], begin: Place, end: Place) -> tuple[Units, Units, Units]:
    base, ours, theirs = (
        tuple(side[first:last]) for side, first, last in zip(sides, begin, end, strict=True)
    )
    return base, ours, theirs


def _unchanged(sides: tuple[Side, Side, Side], begin: Place, end: Place) -> list[Region]:
    before, mine, other = _slices(sides, begin, end)
    return [Region(RegionKind.SAME, before, mine, other, mine)] if before else []


def _changed(base: Units, ours: Units, theirs: Units, group: _Group) -> list[Region]:
    if not group.theirs:
        return [Region(RegionKind.OURS, base, ours, theirs, ours)]
    if not group.ours:
        return [Region(RegionKind.THEIRS, base, ours, theirs, theirs)]
    if ours == theirs:
        return [Region(RegionKind.BOTH, base, ours, theirs, ours)]
    if len(base) == len(ours) == len(theirs) == 1:
        inside = merge_inside(base[0], ours[0], theirs[0], _merge_cleanly)
        if inside:
            return [Region(RegionKind.MERGED, base, ours, theirs, (inside,))]
    return [Region(RegionKind.CONFLICT, base, ours, theirs, ())]


def _merge_cleanly(
    base: Sequence[Unit], ours: Sequence[Unit], theirs: Sequence[Unit]
) -> list[Unit] | None:
    """Return the merged units; None where there is a conflict."""
    regions = merge_units(base, ours, theirs)
    if any(region.is_conflict for region in regions):
        return None
    return [unit for region in regions for unit in region.result]
