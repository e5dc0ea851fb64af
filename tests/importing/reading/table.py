"""Reads ``entries.txt``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

NUMBERS = ("resolutions", "steps", "substeps", "causes", "alerts", "images", "messages")


@dataclass(frozen=True)
class Row:
    """One entry as it was counted by hand."""

    anchor: str
    platforms: tuple[str, ...]
    numbers: tuple[int, ...]
    codes: tuple[str, ...]


def rows() -> list[Row]:
    """The rows of the table, in the order of the document."""
    text = Path(__file__).with_name("entries.txt").read_text("utf-8")
    return [_row(line) for line in text.splitlines() if line and not line.startswith("#")]


def _row(line: str) -> Row:
    anchor, platforms, *numbers, codes = (cell.strip() for cell in line.split("|"))
    return Row(
        anchor, tuple(platforms.split()), tuple(int(n) for n in numbers), tuple(codes.split())
    )
