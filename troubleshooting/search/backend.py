"""The contract of a full-text engine, and the choice of it. Ranking is not its business."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Protocol

#: All of several slots; in each slot any of its terms.
Conjunction = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A condition on entries: any of the conjunctions; ``head`` asks titles and keys only."""

    any_of: tuple[Conjunction, ...]
    head: bool = False


class Backend(Protocol):
    """Full-text search over the terms of the entries.

    ``sets`` are ids of rows of ``SearchFacets`` an entry may have; None stands for any.
    """

    def count(self, term: str) -> int:
        """How many entries hold ``term``, drafts included; for weighing only."""

    def walk(self, match: Match, sets: Collection[int] | None, limit: int) -> list[int]:
        """Ids of at most ``limit`` entries that match, in no particular order."""

    def ranked(self, match: Match, sets: Collection[int] | None, limit: int) -> list[int]:
        """Ids of the ``limit`` best entries that match, best first."""

    def facet_counts(self, match: Match) -> dict[int, int]:
        """Number of matching articles by facet set."""

    def facet_counts_of(self, entries: Iterable[int]) -> dict[int, int]:
        """Number of articles of these entries by facet set."""

    def prefix(self, column: str, start: str) -> tuple[str, list[str]]:
        """SQL condition, and its parameters, that ``column`` begins with ``start``; indexed."""

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence]) -> None:
        """Add many rows."""


def counted(match: Match) -> str:
    """SQL that counts the articles of matching entries ``e``.

    A conjunction is in the terms of one language, in which an article has one entry; only of
    several may more than one match.
    """
    return "COUNT(*)" if len(match.any_of) == 1 else "COUNT(DISTINCT e.article_id)"


def listed(numbers: Iterable[int]) -> str:
    """Numbers as an SQL list; never empty."""
    return f"({', '.join(map(str, map(int, numbers))) or '-1'})"


_MODULES = {"sqlite": "sqlite", "postgresql": "postgres"}


@cache
def _engine(vendor: str) -> type[Backend]:
    if vendor not in _MODULES:
        raise NotImplementedError(f"No full-text engine for {vendor}; use SQLite or PostgreSQL.")
    return import_module(f".{_MODULES[vendor]}", __package__).Engine


def backend(connection) -> Backend:
    """The engine of ``connection``. The module of the other vendor is never imported."""
    return _engine(connection.vendor)(connection)
