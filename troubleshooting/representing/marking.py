"""The pasted text as it is shown: lines with what was recognised marked, the rest folded. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..search.result import Evidence

#: Lines shown around a line with evidence, and lines that are not worth folding.
_AROUND = 2
#: A fold of more lines than this does not open: the text itself is still in the box.
_FOLDED = 200
#: Characters shown of a long line on each side of what is marked in it.
_SIDE = 160
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; ``what`` is empty, ``code`` or ``message``."""

    text: str
    what: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line with its number, counted from 1."""

    number: int
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Block:
    """Adjacent lines. Of a folded block without ``lines`` only the ``size`` is shown."""

    folded: bool
    size: int
    lines: list[PastedLine]


def blocks(text: str, evidence: Sequence[Evidence]) -> list[Block]:
    """Return ``text`` in blocks, those that hold evidence or stand near it open, the others folded.

    ``evidence`` is in the order of the text; of overlapping places the first is marked.
    Nothing is marked where there is none, and then nothing is shown.
    """
    if not evidence:
        return []
    lines = text.split("\n")
    marks = _marks_by_line(lines, evidence)
    near = {n for marked in marks for n in range(marked - _AROUND, marked + _AROUND + 1)}
    runs = _runs([number in near for number in range(len(lines))])
    return [_block(lines, marks, start, end, is_near) for start, end, is_near in runs]


#: By line: the marked columns and what marks them.
Marks = dict[int, list[tuple[int, int, Evidence]]]


def _runs(near: Sequence[bool]) -> list[tuple[int, int, bool]]:
    """Return stretches of lines that are all near or all far.

    A far one too short to fold is near.
    """
    runs: list[tuple[int, int, bool]] = []
    for number, is_near in enumerate(near):
        if runs and runs[-1][2] == is_near:
            runs[-1] = (runs[-1][0], number + 1, is_near)
        else:
            runs.append((number, number + 1, is_near))
    joined: list[tuple[int, int, bool]] = []
    for start, end, is_near in runs:
        is_near = is_near or end - start <= _AROUND
        if joined and joined[-1][2] and is_near:
            joined[-1] = (joined[-1][0], end, True)
        else:
            joined.append((start, end, is_near))
    return joined


def _block(lines: Sequence[str], marks: Marks, start: int, end: int, is_near: bool) -> Block:
    size = end - start
    shown = range(start, end) if is_near or size <= _FOLDED else ()
    return Block(
        not is_near,
        size,
        [PastedLine(n + 1, list(_pieces(lines[n], marks.get(n, ())))) for n in shown],
    )


def _marks_by_line(lines: Sequence[str], evidence: Sequence[Evidence]) -> Marks:
    """Return for each line the marked columns.

    A place that spans lines is marked in each of them.
    """
    marks: Marks = {}
    number, start, done = 0, 0, 0
    for one in evidence:
        if one.start < done or one.end <= one.start:
            continue
        while number < len(lines) and one.start > start + len(lines[number]):
            start += len(lines[number]) + 1
            number += 1
        done = one.end
        here, begin = number, start
        while here < len(lines) and begin < one.end:
            left, right = max(0, one.start - begin), min(len(lines[here]), one.end - begin)
            if left < right:
                marks.setdefault(here, []).append((left, right, one))
            begin += len(lines[here]) + 1
            here += 1
    return marks


def _pieces(line: str, marks: Sequence[tuple[int, int, Evidence]]) -> Iterator[Piece]:
    place = 0
    for left, right, one in marks:
        yield from _plain(line[place:left], head=place == 0, tail=False)
        yield Piece(line[left:right], one.what, one.known)
        place = right
    yield from _plain(line[place:], head=not marks, tail=True)


def _plain(text: str, head: bool, tail: bool) -> Iterator[Piece]:
    """Yield unmarked text, cut where it is long: at the start of a line its end is what matters."""
    if not text:
        return
    if len(text) <= 2 * _SIDE:
        yield Piece(text)
    elif head and not tail:
        yield Piece(f"{_ELLIPSIS} {text[-_SIDE:]}")
    elif tail:
        yield Piece(f"{text[:_SIDE]} {_ELLIPSIS}")
    else:
        yield Piece(f"{text[:_SIDE]} {_ELLIPSIS} {text[-_SIDE:]}")
