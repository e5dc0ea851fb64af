"""Translating side by side: rows of source and translation, what stays as it is, terms. Pure."""

from .checking import Need, needs_of
from .keeping import Kept, kept_in
from .omitting import Omission, omissions, omissions_in
from .rows import Mark, MemoryMatch, UnitPair, compose, rows_of
from .terms import Glossary, Term, TermUse, occurs

__all__ = [
    "Glossary",
    "Kept",
    "Mark",
    "MemoryMatch",
    "Need",
    "Omission",
    "Term",
    "TermUse",
    "UnitPair",
    "compose",
    "kept_in",
    "needs_of",
    "occurs",
    "omissions",
    "omissions_in",
    "rows_of",
]
