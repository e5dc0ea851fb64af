"""What one search carries along: the database, the reader's language and what may be shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connections

from .backend import Backend, Match, backend, listed
from .facets import ALL_PLATFORMS, FacetSet, Scope, members
from .plan import Frequencies, Planner, frequencies
from .tables import ENTRY, FACETS, PLATFORM
from .vocabulary import Vocabulary, vocabulary

_COLUMNS = ("id", "kind", "status", "platforms", "families", "languages")


@dataclass
class Context:
    """Everything the steps of a search share. Make it with ``open_context``."""

    connection: object
    engine: Backend
    known: Vocabulary
    scope: Scope
    language: str

    def rows(self, sql: str, parameters: Sequence = ()) -> list[tuple]:
        """The rows of a query."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql, list(parameters))
            return cursor.fetchall()

    def count(self, term: str) -> int:
        """How many entries hold a term; remembered, for weighing only."""
        return self._frequencies.count(term, self.engine.count)

    def seen(self, term: str) -> bool:
        """Whether an entry that the reader may see holds ``term``."""
        if not self.scope.hidden:
            return True
        return bool(self.engine.walk(Match((((term,),),)), list(self.scope.visible), 1))

    def planner(self) -> Planner:
        """Makes the plans of this search."""
        return Planner(self.known, self.count, self.total, self.seen)

    @property
    def total(self) -> int:
        """The number of entries; remembered, for weighing only."""
        return self._frequencies.count(
            "", lambda _: self.rows(f"SELECT COUNT(*) FROM {ENTRY}")[0][0]
        )

    @property
    def _frequencies(self) -> Frequencies:
        return frequencies[str(self.connection.settings_dict["NAME"])]

    def visible_counts(self, counts: Mapping[int, int]) -> dict[int, int]:
        """Only the counts of combinations that the reader may see."""
        return {number: count for number, count in counts.items() if number in self.scope.visible}

    @cached_property
    def visible(self) -> str:
        """SQL list of the combinations that the reader may see.

        Conditions are written ``+e.facets_id IN ...``: the sign keeps SQLite from starting with
        the index of that column, which chooses next to nothing.
        """
        return listed(self.scope.visible)

    @cached_property
    def wanted(self) -> str:
        """SQL list of those of them that the chosen facets leave."""
        return listed(self.scope.wanted)


def marks(values: Collection) -> str:
    """As many placeholders as there are values, as an SQL list."""
    return f"({', '.join(['%s'] * len(values)) or 'NULL'})"


class _Platforms:
    """Slugs of platforms by id, hashed by identity."""

    def __init__(self, rows: tuple[tuple[int, str], ...]) -> None:
        self.slugs = {str(number): slug for number, slug in rows}


_platforms = lru_cache(maxsize=64)(_Platforms)


def open_context(visible_sets, language: str, chosen: Mapping[str, Sequence[str]]) -> Context:
    """The context of a search.

    ``visible_sets`` is a queryset of ``SearchFacets`` limited to what the reader may see; its
    database is the one searched. ``chosen`` maps facets to chosen values.
    """
    connection = connections[visible_sets.db]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, slug FROM {PLATFORM}")
        platforms = _platforms(tuple(cursor.fetchall()))
        cursor.execute(f"SELECT COUNT(*) FROM {FACETS}")
        combinations = cursor.fetchone()[0]
        rows = _rows(cursor, visible_sets.values_list(*_COLUMNS).query)
    sets = [_facet_set(row, platforms) for row in rows]
    scope = Scope(sets, chosen, hidden=len(sets) < combinations)
    return Context(connection, backend(connection), vocabulary(connection), scope, language)


def _rows(cursor, query) -> list[tuple]:
    """The rows of a query; the ORM takes three times as long over a few hundred."""
    try:
        cursor.execute(*query.sql_with_params())
    except EmptyResultSet:
        return []
    return cursor.fetchall()


@lru_cache(maxsize=20_000)
def _facet_set(row: tuple, platforms: _Platforms) -> FacetSet:
    """The combination in a row of ``SearchFacets``; the few there are come with every search."""
    number, kind, status, on, families, languages = row
    slugs = frozenset(
        platforms.slugs[member] for member in members(on) if member in platforms.slugs
    )
    values = {
        "platform": slugs or frozenset([ALL_PLATFORMS]),
        "kind": frozenset([kind]),
        "family": members(families),
        "language": members(languages),
        "status": frozenset([status]),
    }
    return FacetSet(number, values)
