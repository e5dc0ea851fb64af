"""A section and its translation in rows: one for each step or block, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..comparing.aligning import likeness, pair
from ..comparing.diffing import ADDED, REMOVED, SAME, DiffPiece, DiffUnit, diff_units
from ..markup.blocks import Heading
from ..markup.units import BLOCK, ORDERED, Unit, units_of
from .checking import Need, needs_of
from .keeping import kept_in
from .terms import Glossary

INDENT = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of the source: ``role`` is ``keep``, ``term`` or "" for other words."""

    piece: DiffPiece
    role: str = ""


@dataclass(frozen=True, slots=True)
class MemoryMatch:
    """What texts have made of a unit before: ``text``, of a ``source`` that is ``percent`` alike.

    ``pieces`` tell that source from the unit; none where they are the same. ``article`` is the
    key of one that says so, ``others`` how many more do; ``is_internal``: none is for the public.
    """

    percent: int
    source: str
    pieces: Sequence[DiffPiece]
    text: str
    article: int
    title: str
    title_language: str
    others: int = 0
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class UnitPair:
    """A unit of the source (``marks``; none: the translation has more) and its translation.

    ``change`` tells what became of it since the base: ``same``, ``added``, ``removed``,
    ``changed``. ``form`` and ``number`` are those of the unit. ``needs`` is what the translation
    has to hold, each once, ``matches`` what the base has made of the unit before. ``key`` names
    the unit of the source to whoever asks for it; "" where nobody may.
    """

    change: str
    form: str
    number: int
    marks: list[Mark] = field(default_factory=list)
    translation: str = ""
    needs: list[Need] = field(default_factory=list)
    matches: Sequence[MemoryMatch] = ()
    key: str = ""

    @property
    def source(self) -> str:
        """Return the unit as it stands in the source now; "" where it does not."""
        return "".join(mark.piece.text for mark in self.marks if mark.piece.kind != REMOVED)

    @property
    def is_left_out(self) -> bool:
        """Return whether the source says something that the translation does not."""
        return bool(self.source.strip()) and not self.translation.strip()

    @property
    def lines(self) -> int:
        """Return the lines that a field for the translation needs."""
        source = "".join(mark.piece.text for mark in self.marks)
        longest = max((self.translation, source), key=len)
        return min(20, longest.count("\n") + len(longest) // 70 + 1)

    @property
    def unmet(self) -> int:
        """Return how much a translation that is there lacks."""
        return sum(not need.is_met for need in self.needs) if self.translation else 0


def rows_of(
    base: str, source: str, translation: str, glossary: Glossary, *, is_line: bool = False
) -> list[UnitPair]:
    """Return the rows of a section; ``base`` is the source as it was when it was last translated.

    A text that ``is_line``, such as a title, is no Markdown and has one row.
    """
    before, after, target = (_units(text, is_line) for text in (base, source, translation))
    changes = diff_units(before, after)
    sides = [
        before[change.before or 0] if change.after is None else after[change.after]
        for change in changes
    ]
    rows = []
    for left, right in pair(range(len(changes)), target, _Score(changes, sides)):
        unit = None if right is None else target[right]
        if left is not None:
            text = unit.text if unit else ""
            rows.append(_row(changes[left], sides[left], text, glossary))
        elif unit:
            rows.append(UnitPair(SAME, unit.form, unit.number, translation=unit.text))
    return rows


def _units(text: str, is_line: bool) -> list[Unit]:
    if not is_line:
        return units_of(text)
    return [Unit(text)] if text else []


def compose(rows: Iterable[tuple[str, int, str]]) -> str:
    """Return the Markdown of a section from (form, number, text) of its rows.

    Empty ones are left out.
    """
    return "\n\n".join(_written(form, number, text) for form, number, text in rows if text.strip())


def _written(form: str, number: int, text: str) -> str:
    if form == BLOCK:
        return text.strip("\n")
    marker = f"{min(max(number, 1), 99)}." if form == ORDERED else "-"
    lines = text.strip().split("\n")
    rest = (" " * INDENT + line if line.strip() else "" for line in lines[1:])
    return "\n".join([marker.ljust(INDENT) + lines[0], *rest])


def _row(change: DiffUnit, unit: Unit, text: str, glossary: Glossary) -> UnitPair:
    if change.kind == REMOVED:
        marks = [Mark(piece) for piece in change.pieces]
        return UnitPair(change.kind, unit.form, change.number, marks, text)
    needs = {need.text: need for need in needs_of(unit.text, text, glossary)}
    marks = _marks(change.pieces, glossary)
    return UnitPair(change.kind, unit.form, change.number, marks, text, list(needs.values()))


@dataclass(frozen=True, slots=True)
class _Score:
    """How well a unit of the source goes with one of the translation: by form and by figures."""

    changes: Sequence[DiffUnit]
    sides: Sequence[Unit]

    def __call__(self, index: int, unit: Unit) -> float:
        source = self.sides[index]
        if source.form != unit.form or sort_of(source) != sort_of(unit):
            return 0.0
        shared = likeness(neutral(source), neutral(unit))
        # What came or went is as likely as not in the translation too.
        weight = {ADDED: 0.95, REMOVED: 0.9}.get(self.changes[index].kind, 1.0)
        return (1.0 + shared) * weight


def sort_of(unit: Unit) -> str:
    """Return the kind of block; of headings only those of one level belong together."""
    if unit.form != BLOCK or not unit.blocks:
        return unit.form
    block = unit.blocks[0]
    return f"{type(block).__name__}{block.level if isinstance(block, Heading) else ''}"


def neutral(unit: Unit) -> list[str]:
    """Return what reads the same in every language."""
    return [kept.key for kept in kept_in(unit.text)]


def _marks(pieces: Sequence[DiffPiece], glossary: Glossary) -> list[Mark]:
    """Return the pieces cut where something is to be kept, or a term begins or ends."""
    shown = "".join(piece.text for piece in pieces if piece.kind != REMOVED)
    spans = [(need.start, need.end, need.role) for need in needs_of(shown, "", glossary)]
    marks: list[Mark] = []
    at = 0
    for piece in pieces:
        if piece.kind == REMOVED:
            marks.append(Mark(piece))
        else:
            marks += _cut(piece, at, spans)
            at += len(piece.text)
    return marks


def _cut(piece: DiffPiece, offset: int, spans: Iterable[tuple[int, int, str]]) -> list[Mark]:
    marks: list[Mark] = []
    at, end = offset, offset + len(piece.text)
    for start, stop, role in spans:
        start, stop = max(start, offset), min(stop, end)
        if start < stop:
            marks += _part(piece, at - offset, start - offset)
            marks += _part(piece, start - offset, stop - offset, role)
            at = stop
    return marks + _part(piece, at - offset, end - offset)


def _part(piece: DiffPiece, start: int, end: int, role: str = "") -> list[Mark]:
    text = piece.text[start:end]
    return [Mark(DiffPiece(piece.kind, text, piece.form), role)] if text else []
