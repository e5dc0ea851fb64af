"""What changed between two texts, for people: unit by unit, inside a unit word by word. Pure."""

from .model import ADDED, CHANGED, REMOVED, SAME, DiffPiece, DiffUnit, Skipped
from .units import diff_texts, diff_units, unit_hunks, without_unchanged, words_changed
from .words import diff_line

__all__ = [
    "ADDED",
    "CHANGED",
    "REMOVED",
    "SAME",
    "DiffPiece",
    "DiffUnit",
    "Skipped",
    "diff_line",
    "diff_texts",
    "diff_units",
    "unit_hunks",
    "without_unchanged",
    "words_changed",
]
