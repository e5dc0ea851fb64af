"""The texts of an article, section by section, and each section region by region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...markup.units import Unit, text_of, units_of
from .regions import Region, merge_units

Texts = Mapping[str, str]

#: Texts of one line: a change of theirs is a change of the whole.
LINES = frozenset({"title"})


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged texts, and the sections where changes overlap (of these ours stands whole)."""

    texts: dict[str, str]
    conflicts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MergedBlocks:
    """The merged texts, in which ours stands where changes overlap, and the sections of these.

    ``incoming`` are the same texts with theirs there: what they would say, did theirs win.
    """

    texts: dict[str, str]
    incoming: dict[str, str]
    conflicts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MergedSection:
    """One text in regions, in order."""

    name: str
    regions: list[Region]

    @property
    def conflicts(self) -> list[Region]:
        """Return the regions where the changes of both overlap."""
        return [region for region in self.regions if region.is_conflict]

    def text(self) -> str:
        """Return the merged text; in a conflict both stand, ours first, so that no word is lost."""
        units: list[Unit] = []
        for region in self.regions:
            is_conflict = region.is_conflict
            units += [*region.ours, *region.theirs] if is_conflict else region.result
        return self.text_of(units)

    def ours(self) -> str:
        """Return the merged text with ours where the changes of both overlap."""
        chosen = (r.ours if r.is_conflict else r.result for r in self.regions)
        return self.text_of(unit for units in chosen for unit in units)

    def theirs(self) -> str:
        """Return the merged text with theirs where the changes of both overlap.

        Where both added something at one place, both stand.
        """
        chosen = (_theirs(r) if r.is_conflict else r.result for r in self.regions)
        return self.text_of(unit for units in chosen for unit in units)

    def text_of(self, units: Iterable[Unit]) -> str:
        """Return units of this section as a text."""
        if self.name in LINES:
            return " ".join(unit.text for unit in units)
        return text_of(units)


def merge_texts(
    base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> Merged:
    """Merge two descendants of ``base``; the three map the same names to canonical texts.

    A section that one side alone changed is taken from it. Where both changed it in different
    places it has the changes of both; where the changes overlap, ``ours`` stays whole and the
    section is a conflict. No text of ``ours`` is ever lost.
    """
    texts: dict[str, str] = {}
    conflicts = []
    for name, mine in ours.items():
        section = merge_section(name, base.get(name, ""), mine, theirs.get(name, ""))
        if section.conflicts:
            conflicts.append(name)
        texts[name] = mine if section.conflicts else _merged_text(section, base, ours, theirs)
    return Merged(texts, conflicts)


def merge_blocks(base: Texts, ours: Texts, theirs: Texts) -> MergedBlocks:
    """Do as ``merge_texts``, but a conflict leaves the rest of its section alone.

    Every change of theirs is in ``texts`` or in ``incoming``, every change of ours in ``texts``:
    the next merge may begin from theirs, and none comes twice.
    """
    merged = MergedBlocks({}, {})
    for name, mine in ours.items():
        section = merge_section(name, base.get(name, ""), mine, theirs.get(name, ""))
        if section.conflicts:
            merged.conflicts.append(name)
            merged.texts[name], merged.incoming[name] = section.ours(), section.theirs()
        else:
            text = _merged_text(section, base, ours, theirs)
            merged.texts[name] = merged.incoming[name] = text
    return merged


def _theirs(region: Region) -> tuple[Unit, ...]:
    return region.theirs if region.base else (*region.ours, *region.theirs)


def merge_section(name: str, base: str, ours: str, theirs: str) -> MergedSection:
    """Return the regions of the section ``name`` in three canonical texts."""
    return MergedSection(name, merge_units(*(_units(name, text) for text in (base, ours, theirs))))


def _units(name: str, text: str) -> list[Unit]:
    if name not in LINES:
        return units_of(text)
    return [Unit(text)] if text else []


def _merged_text(section: MergedSection, base: Texts, ours: Texts, theirs: Texts) -> str:
    """Return one side's text as it stands where the other changed nothing, else the merged one."""
    before, mine, other = (texts.get(section.name, "") for texts in (base, ours, theirs))
    if other == before or mine == other:
        return mine
    return other if mine == before else section.text()
