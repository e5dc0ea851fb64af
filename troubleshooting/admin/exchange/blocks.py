"""What a document, the portal and what both began from say of each block that differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from ...texts.comparing.diffing import DiffPiece, DiffUnit, diff_line, diff_units
from ...texts.comparing.merge import BlockChoice, OpenBlock, Side, open_blocks, text_in
from ...texts.comparing.merge.texts import LINES
from ...texts.markup.units import Unit
from ..texts.pages import LABELS

Texts = Mapping[str, str]
Units = tuple[Unit, ...]
#: Blank lines before and after a text; the indent of its first line stays.
_OUTER_BLANKS = re.compile(r"\A(?:[ \t]*\n)+|\s+\Z")


@dataclass(frozen=True, slots=True)
class ShownSide:
    """What one side says of a block, against what both began from; a title is a ``line``."""

    line: list[DiffPiece]
    changes: list[DiffUnit]


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block with its three texts.

    ``choice`` is the side that was chosen, else that which waits; ``text`` is what may be written
    instead, in a field of so many ``rows``. ``is_conflict``: both sides changed it.
    """

    number: int
    key: str
    label: str
    is_line: bool
    is_conflict: bool
    base: ShownSide
    theirs: ShownSide
    ours: ShownSide
    choice: Side
    text: str
    rows: int


def shown_blocks(
    ancestor: Texts, ours: Texts, theirs: Texts, posted: QueryDict | None = None
) -> list[ShownBlock]:
    """Return the blocks in which ``ours``, what readers see, and ``theirs`` differ.

    ``ancestor`` is what both began from; empty, nobody knows it. ``posted`` has what was chosen.
    """
    return [_shown(block, posted or QueryDict()) for block in open_blocks(ancestor, ours, theirs)]


def conflicts_of(blocks: Iterable[ShownBlock]) -> list[ShownBlock]:
    """Return the blocks that both sides changed, counted anew."""
    conflicts = (block for block in blocks if block.is_conflict)
    return [replace(block, number=number) for number, block in enumerate(conflicts, 1)]


def choices_in(posted: QueryDict, blocks: list[OpenBlock]) -> dict[int, BlockChoice]:
    """Return what was chosen for each of ``blocks``. Raise ``ValidationError``: not for all."""
    choices = {block.number: _choice(posted, block.key) for block in blocks}
    if None in choices.values():
        raise ValidationError(_("Choose a text for each block."))
    return {number: choice for number, choice in choices.items() if choice}


def homeless(posted: QueryDict, blocks: Iterable[ShownBlock]) -> list[tuple[str, str]]:
    """Return the labels and texts of what was written for others than ``blocks``."""
    keys = {block.key for block in blocks}
    named = [name.removeprefix("block-") for name in posted if name.startswith("block-")]
    written = ((key, _choice(posted, key)) for key in named if key not in keys)
    return [
        (str(LABELS.get(key.partition("-")[0], "")), choice.text)
        for key, choice in written
        if choice and choice.side is Side.WRITTEN and choice.text.strip()
    ]


def _choice(posted: QueryDict, key: str) -> BlockChoice | None:
    side = posted.get(f"block-{key}", "")
    if side not in list(Side):
        return None
    text = posted.get(f"text-{key}", "").replace("\r\n", "\n").replace("\r", "\n")
    return BlockChoice(Side(side), _OUTER_BLANKS.sub("", text))


def _shown(block: OpenBlock, posted: QueryDict) -> ShownBlock:
    region, section = block.region, block.section
    choice = _choice(posted, block.key) or BlockChoice(Side.THEIRS)
    is_written = choice.side is Side.WRITTEN
    text = choice.text if is_written else text_in(section, region.theirs or region.ours)
    return ShownBlock(
        block.number,
        block.key,
        str(LABELS[section]),
        section in LINES,
        region.is_conflict,
        _side(section, region.base, region.base),
        _side(section, region.base, region.theirs),
        _side(section, region.base, region.ours),
        choice.side,
        text,
        min(16, max(2, text.count("\n") + len(text) // 80 + 1)),
    )


def _side(section: str, base: Units, side: Units) -> ShownSide:
    if section in LINES:
        return ShownSide(diff_line(text_in(section, base), text_in(section, side)), [])
    return ShownSide([], diff_units(base, side))
