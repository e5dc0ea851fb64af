"""The lines of the dialect, rewritten in CommonMark: ``preprocess`` runs the others."""

from .dialect import Include, original_in
from .preprocess import MARK, MappedLines, preprocess

__all__ = ["MARK", "Include", "MappedLines", "original_in", "preprocess"]
