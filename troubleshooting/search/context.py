"""What one search carries along: the database, the reader's language and what may be shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connections

from .asking import Question, Rows, ask
from .backend import Backend, backend, listed
from .facets import ALL_PLATFORMS, FacetSet, Scope, members
from .tables import FACETS, PLATFORM, WORD
from .vocabulary import NONE, Vocabulary, remembered

_COLUMNS = ("id", "kind", "status", "platforms", "families", "languages")


@dataclass
class Context:
    """Everything the steps of a search share. Make it with ``open_context``."""

    connection: object
    engine: Backend
    known: Vocabulary
    scope: Scope
    language: str

    def rows(self, sql: str, parameters: Sequence = ()) -> Rows:
        """The rows of a query."""
        return _rows(self.connection, sql, parameters)

    def ask(self, *questions: Question) -> list[Rows]:
        """The rows of each question, from one statement."""
        return ask(self.rows, questions)

    @property
    def name(self) -> str:
        """Names the database, for what is remembered of it."""
        return str(self.connection.settings_dict["NAME"])

    @property
    def visible_sets(self) -> list[int] | None:
        """The combinations that the reader may see; None for all of them."""
        return list(self.scope.visible) if self.scope.hidden else None

    @property
    def wanted_sets(self) -> list[int] | None:
        """Those of them that the chosen facets leave; None for all there are."""
        return sorted(self.scope.wanted) if self.scope.is_narrowed else None

    @cached_property
    def is_visible(self) -> str:
        """SQL condition that the reader may see the entry ``e``."""
        return is_in(self.visible_sets)

    def visible_counts(self, counts: Mapping[int, int]) -> dict[int, int]:
        """Only the counts of combinations that the reader may see."""
        return {number: count for number, count in counts.items() if number in self.scope.visible}


def is_in(sets: Collection[int] | None) -> str:
    """SQL condition that the entry ``e`` has one of the combinations; None stands for any.

    The sign keeps SQLite from starting with the index of that column, which chooses next to
    nothing.
    """
    return "e.facets_id IS NOT NULL" if sets is None else f"+e.facets_id IN {listed(sets)}"


def marks(values: Collection) -> str:
    """As many placeholders as there are values, as an SQL list."""
    return f"({', '.join(['%s'] * len(values)) or 'NULL'})"


def _rows(connection, sql: str, parameters: Sequence = ()) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return cursor.fetchall()


class _Platforms:
    """Slugs of platforms by id, hashed by identity."""

    def __init__(self, rows: tuple[tuple[int, str], ...]) -> None:
        self.slugs = {str(number): slug for number, slug in rows}


_platforms = lru_cache(maxsize=64)(_Platforms)


def open_context(visible_sets, language: str, chosen: Mapping[str, Sequence[str]]) -> Context:
    """The context of a search, from one statement.

    ``visible_sets`` is a queryset of ``SearchFacets`` limited to what the reader may see; its
    database is the one searched. ``chosen`` maps facets to chosen values.
    """
    connection = connections[visible_sets.db]
    questions = [
        Question(("p.id",), ("p.slug",), f"FROM {PLATFORM} p ORDER BY p.id"),
        Question(("COUNT(*)",), (), f"FROM {FACETS}"),
        Question(("w.id",), ("w.word",), f"FROM {WORD} w ORDER BY w.id DESC LIMIT 1"),
        *_visible(visible_sets),
    ]
    rows = ask(lambda sql, parameters: _rows(connection, sql, parameters), questions)
    slugs, ((combinations,),), newest, *visible = rows
    platforms = _platforms(tuple(slugs))
    sets = [_facet_set(row, platforms) for listed_sets in visible for row in listed_sets]
    scope = Scope(sets, chosen, hidden=len(sets) < combinations)
    known = remembered(connection)
    known.refresh(connection, newest[0] if newest else NONE)
    return Context(connection, backend(connection), known, scope, language)


def _visible(visible_sets) -> list[Question]:
    """What asks for the rows of the queryset; nothing if it can have none."""
    try:
        sql, parameters = visible_sets.values_list(*_COLUMNS).query.sql_with_params()
    except EmptyResultSet:
        return []
    number, *texts = (f"v.{name}" for name in _COLUMNS)
    return [Question((number,), tuple(texts), f"FROM ({sql}) v", tuple(parameters))]


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
