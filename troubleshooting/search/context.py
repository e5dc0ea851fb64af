"""What one search carries along: the database, the reader's language and what may be shown."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, NamedTuple

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from .engines.contract import Backend, backend, is_one_of
from .engines.statements import RowQuery, ask
from .engines.tables import WORD
from .facets.reading import CountQuestions, FacetQuestions
from .facets.scope import Scope
from .own.reading import own_words, state_question
from .own.words import OwnWords
from .result import FacetValue
from .words.vocabulary import NONE, Vocabulary, remembered


@dataclass
class SearchContext:
    """Everything the steps of a search share. Make it with ``open_context``.

    ``token`` names the state of the content; it is empty where none is known. ``own`` are the
    words that editors keep. ``seen_by`` names the database and what the reader may see of it.
    """

    connection: BaseDatabaseWrapper
    engine: Backend
    vocabulary: Vocabulary
    scope: Scope
    language: str
    token: str = ""
    own: OwnWords = field(default_factory=OwnWords)
    seen_by: Hashable = ""

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return _rows(self.connection, sql, parameters)

    def ask(self, *questions: RowQuery[Any]) -> None:
        """Give each question its rows, from one statement."""
        ask(self.rows, questions)

    @property
    def name(self) -> str:
        """Return the name of the database, for what is remembered of it."""
        return str(self.connection.settings_dict["NAME"])

    @property
    def visible_sets(self) -> frozenset[int] | None:
        """Return the combinations that the reader may see; None for all of them."""
        return self.scope.ids if self.scope.hidden else None

    @property
    def wanted_sets(self) -> frozenset[int] | None:
        """Return the combinations that match the chosen facets; None for all there are."""
        return self.scope.wanted if self.scope.is_narrowed else None

    @cached_property
    def is_visible(self) -> str:
        """Return SQL condition that the reader may see the entry ``e``."""
        sets = self.visible_sets
        column = self.engine.combination
        return "e.facets_id IS NOT NULL" if sets is None else is_one_of(column, sets)


def marks(values: Collection[Any]) -> str:
    """Return as many placeholders as there are values, as an SQL list."""
    return f"({', '.join(['%s'] * len(values)) or 'NULL'})"


def filled(values: Sequence[Any]) -> tuple[Any, ...]:
    """Return ``values`` with the last one repeated, so that few numbers of values occur.

    A statement with as many placeholders as one before need not be prepared anew.
    """
    few = 1 << max(0, len(values) - 1).bit_length()
    return (*values, *list(values[-1:]) * (few - len(values)))


def _rows(
    connection: BaseDatabaseWrapper, sql: str, parameters: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


class _NewestWord(NamedTuple):
    id: int
    word: str


def open_context(
    visible_sets: QuerySet[Any],
    language: str,
    choices: Mapping[str, Sequence[str]],
    own: OwnWords | None = None,
    unwanted: Mapping[str, Sequence[str]] | None = None,
) -> SearchContext:
    """Return the context of a search, from one statement.

    ``visible_sets`` is a queryset of ``SearchFacets`` limited to what the reader may see; its
    database is the one searched. ``choices`` maps facets to chosen values, ``unwanted`` to those
    that nothing found may have. ``own`` stands in for the words that editors keep.
    """
    connection = connections[visible_sets.db]
    engine = backend(connection)
    word = RowQuery(_NewestWord, ("w.id", "w.word"), f"FROM {WORD} w ORDER BY w.id DESC LIMIT 1")
    facets = FacetQuestions(visible_sets)
    state, execute = state_question(), partial(_rows, connection)
    ask(execute, [word, state, *facets.questions])
    known = remembered(connection)
    known.refresh(connection, word.rows[0] if word.rows else NONE)
    if own is None:
        own = own_words(str(connection.settings_dict["NAME"]), state, execute)
    return SearchContext(
        *(connection, engine, known, facets.scope(choices, unwanted), language, facets.token, own),
        seen_by=facets.key,
    )


class Browsed(NamedTuple):
    """All articles with the chosen values, without a query.

    ``combinations`` are those that match, ``total`` is the number of articles, ``facets`` are
    the values of each facet with the number of articles that choosing them would show.
    """

    combinations: frozenset[int]
    total: int
    facets: dict[str, Sequence[FacetValue]]


def browse(visible_sets: QuerySet[Any], choices: Mapping[str, Sequence[str]]) -> Browsed:
    """Return what a plain list is narrowed by, from one statement.

    Whatever is counted over the whole base is remembered as long as no article has come, gone or
    got another combination of values.
    """
    connection = connections[visible_sets.db]
    asked = CountQuestions(str(connection.settings_dict["NAME"]))
    facets = FacetQuestions(visible_sets)
    ask(partial(_rows, connection), [*asked.questions, *facets.questions])
    scope, counts = facets.scope(choices), asked.counts
    return Browsed(scope.wanted, scope.total(counts), scope.facets(counts))
