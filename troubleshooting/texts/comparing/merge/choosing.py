"""Two texts that differ, block by block, with what both began from; one text of what is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from ...markup.units import Unit, units_of
from .regions import Region
from .texts import LINES, Texts, merge_section


class Side(StrEnum):
    """Whose text of a block is taken; theirs is what waits, ours what readers see."""

    THEIRS = "theirs"
    OURS = "ours"
    WRITTEN = "written"
    """Neither: somebody writes it."""


@dataclass(frozen=True, slots=True)
class OpenBlock:
    """A block that both sides have differently; ``number`` counts them over all sections.

    ``key`` is its section and what its three texts say: it stays while other blocks come and go.
    """

    number: int
    key: str
    section: str
    region: Region


@dataclass(frozen=True, slots=True)
class BlockChoice:
    """What is chosen for a block; ``text`` is what is written for it."""

    side: Side
    text: str = ""


def open_blocks(ancestor: Texts, ours: Texts, theirs: Texts) -> list[OpenBlock]:
    """Return the blocks in which two sets of canonical texts differ, in order."""
    found = [
        (name, region)
        for name, regions in _regions(ancestor, ours, theirs).items()
        for region in regions
        if _is_open(region)
    ]
    keyed = zip(_keys(found), found, strict=True)
    return [OpenBlock(number, key, *block) for number, (key, block) in enumerate(keyed, 1)]


def _keys(blocks: Sequence[tuple[str, Region]]) -> Iterator[str]:
    """Return the key of each of ``blocks``; those that say the same are counted."""
    seen: Counter[str] = Counter()
    for section, region in blocks:
        sides = (region.base, region.ours, region.theirs)
        said = repr([[(unit.form, unit.text) for unit in side] for side in sides])
        key = f"{section}-{sha256(said.encode()).hexdigest()[:20]}"
        seen[key] += 1
        yield f"{key}-{seen[key]}"


def chosen_texts(
    ancestor: Texts, ours: Texts, theirs: Texts, choices: Mapping[int, BlockChoice]
) -> dict[str, str]:
    """Return the texts with what was chosen for each open block, by its number; else ours."""
    texts, number = {}, 0
    for name, regions in _regions(ancestor, ours, theirs).items():
        units: list[Unit] = []
        for region in regions:
            number += _is_open(region)
            choice = choices.get(number) if _is_open(region) else None
            units += _units(name, region, choice or BlockChoice(Side.OURS))
        texts[name] = text_in(name, units) if any(map(_is_open, regions)) else ours[name]
    return texts


def text_in(section: str, units: Sequence[Unit]) -> str:
    """Return ``units`` of a section as its text."""
    return merge_section(section, "", "", "").text_of(units)


def _regions(ancestor: Texts, ours: Texts, theirs: Texts) -> dict[str, list[Region]]:
    """Return the regions of each section; where no ancestor is known, ours stands for it."""
    return {
        name: merge_section(name, ancestor.get(name, mine), mine, theirs.get(name, "")).regions
        for name, mine in ours.items()
    }


def _is_open(region: Region) -> bool:
    return region.ours != region.theirs


def _units(section: str, region: Region, choice: BlockChoice) -> Sequence[Unit]:
    match choice.side:
        case Side.THEIRS:
            return region.theirs
        case Side.OURS:
            return region.ours
        case Side.WRITTEN if section in LINES:
            return [Unit(" ".join(choice.text.split()))]
    return units_of(choice.text)
