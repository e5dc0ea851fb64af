"""Charts as geometry: numbers in, rectangles out. Pure; a template draws them as SVG.

A chart is a drawing of 1000 by 100 units that is stretched to the room it gets, so that its labels
are text of the page beside it, as large as all other text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 1000, 100
#: Of the room of a bar, what stays free beside it.
_GAP = 0.25


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of a bar, from its upper left corner, in units of the drawing."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A value (``whole``) with a part of it (``part``) at its foot, and the room for pointing."""

    whole: Rectangle
    part: Rectangle
    room: Rectangle


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars in their order and the values of the lines behind them, the highest first."""

    bars: list[Bar]
    ticks: list[int]

    @property
    def lines(self) -> list[float]:
        """Return the height of each line, in units of the drawing."""
        steps = len(self.ticks) - 1
        return [round(HEIGHT * number / steps, 2) for number in range(len(self.ticks))]


def bar_chart(values: Sequence[tuple[int, int]]) -> BarChart:
    """Return a chart of pairs (whole, part of it), none negative and no part above its whole.

    Raise ``ValueError`` for such a pair.
    """
    if any(not 0 <= part <= whole for whole, part in values):
        raise ValueError("a part lies between nothing and its whole")
    ticks = ticks_for(max((whole for whole, _ in values), default=0))
    room = WIDTH / len(values) if values else WIDTH
    bars = [_bar(number, room, pair, ticks[0]) for number, pair in enumerate(values)]
    return BarChart(bars, ticks)


def _bar(number: int, room: float, pair: tuple[int, int], top: int) -> Bar:
    whole, part = (round(HEIGHT * value / top, 2) for value in pair)
    x = round(number * room + room * _GAP / 2, 2)
    width = round(room * (1 - _GAP), 2)
    return Bar(
        whole=Rectangle(x, round(HEIGHT - whole, 2), width, whole),
        part=Rectangle(x, round(HEIGHT - part, 2), width, part),
        room=Rectangle(round(number * room, 2), 0, round(room, 2), HEIGHT),
    )


def ticks_for(highest: int) -> list[int]:
    """Return three to five even whole numbers, from a round one not below ``highest`` to 0."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * 4 >= highest:
                count = max(2, -(-highest // (step * factor)))
                return [step * factor * number for number in range(count, -1, -1)]
        step *= 10
