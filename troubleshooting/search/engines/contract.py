"""The contract of a full-text engine, and the choice of it. Ranking is not its business.

An engine makes SQL; who asks it is the caller, who may ask several things at once (``asking``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from typing import Any, NamedTuple, Protocol

from django.db.backends.base.base import BaseDatabaseWrapper

from .statements import CommonTable, RowQuery

#: All of several slots; in each slot any of its terms.
Conjunction = tuple[tuple[str, ...], ...]


class Condition(NamedTuple):
    """An SQL condition on the entry ``e`` with its text ``t``, with its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A condition on entries: any of the conjunctions; ``head`` asks titles and keys only.

    Entries have to meet ``only`` besides. It reads every text that the words match.
    """

    any_of: tuple[Conjunction, ...]
    head: bool = False
    only: Condition | None = None


class Select(NamedTuple):
    """A SELECT of one column, ``id``, with its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()


class TermCount(NamedTuple):
    """What the base knows of a term.

    Its place among those asked for, the number of its entries if that was counted, and whether
    (not 0) one that the reader may see holds it.
    """

    place: int
    entries: int | None
    seen: int


class TermShare(NamedTuple):
    """A common term, and the share of entries that hold it in parts of ``frequencies.SHARES``."""

    share: int
    term: str


class EntryTerms(NamedTuple):
    """The terms of an entry, joined by spaces."""

    terms: str


class Backend(Protocol):
    """Full-text search over the terms of the entries.

    ``sets`` are ids of rows of ``SearchFacets`` an entry may have; None stands for any.
    ``combination`` is how a condition names that of the entry ``e``. ``seen_at_once`` is of how
    many entries the terms are read, after each change of content, to know that they may be seen: 0
    where looking for the first entry of a common term costs little.
    """

    combination: str
    seen_at_once: int

    def ids(
        self,
        match: Match,
        sets: Collection[int] | None,
        limit: int,
        *,
        condition: str = "",
        but: Match | None = None,
    ) -> Select:
        """Select any entries that match, at most ``limit``.

        None at all unless the SQL condition ``condition`` holds, which is about no table of this
        SELECT; and none that match ``but``.
        """

    def matching(
        self, match: Match, limit: int | None = None, *, but: Match | None = None
    ) -> CommonTable:
        """Select the entries that match; with a ``limit`` any so many.

        The columns are ``id``, ``article_id`` and ``facets_id``.

        The table is called ``heads`` where titles and keys alone have to match.
        """

    def best(
        self,
        match: Match,
        table: CommonTable,
        sets: Collection[int] | None,
        limit: int,
        *,
        condition: str,
    ) -> Select:
        """Select ids of the best ``limit`` entries of ``table``, the result of ``matching(match)``.

        The best have most of the terms in titles and keys. Only entries with one of the
        combinations ``sets`` are selected, for None any; none at all unless the SQL condition
        ``condition`` holds.
        """

    def term_facts(
        self, terms: Sequence[str], counted: int, sets: Collection[int] | None
    ) -> RowQuery[TermCount]:
        """Select of each term its place, the number of its entries, whether there is one.

        Only entries with one of the combinations ``sets`` count, for None all of them. Only of the
        first ``counted`` terms there is a number.
        """

    def common_terms(self) -> RowQuery[TermShare] | None:
        """Return what asks for the commonest terms, each with its share of entries.

        Shares are in parts of ``frequencies.SHARES``; None where counting costs little.
        """

    def some_terms(self, sets: Collection[int], number: int) -> RowQuery[EntryTerms]:
        """Return what asks for the terms of about ``number`` entries with one of ``sets``.

        See ``sampling``.
        """

    def messages_of(self, entry: str) -> str:
        """Return the SQL expression: a JSON list of the messages of ``entry`` as indexed.

        NULL for none.
        """

    def joined(self, number: str) -> str:
        """Return the SQL expression: the numbers of all rows but NULL, with spaces between."""

    def holds(self, text: str) -> str:
        """Return the SQL condition that the expression ``text`` holds a parameter, literally."""

    def prefix(self, column: str, start: str) -> tuple[str, list[str]]:
        """Return the SQL condition, and its parameters, that ``column`` begins with ``start``.

        Indexed.
        """

    def among(self, column: str, numbers: Collection[int]) -> tuple[str, list[Any]]:
        """Return the SQL condition that ``column`` is one of very many numbers.

        Its parameter comes with it.
        """

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add many rows."""

    def insert_new(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add many rows of text values; a row that is there already is left out."""


def sql_list(numbers: Iterable[int]) -> str:
    """Return numbers as an SQL list; never empty."""
    return f"({', '.join(map(str, map(int, numbers))) or '-1'})"


@lru_cache(maxsize=32)  # a search names the same sets several times, and the next one does again
def by_gaps(column: str, numbers: frozenset[int]) -> str:
    """Return the SQL condition that ``column`` is one of ``numbers``, by the gaps.

    A gap is what is missing between them. Empty where the list of those would not be shorter. A
    reader sees thousands of combinations, and there are few that they do not see.
    """
    low, high = min(numbers, default=0), max(numbers, default=0)
    if high - low >= 2 * len(numbers):
        return ""
    missing = sql_list(sorted(set(range(low, high)) - numbers))
    return f"({column} BETWEEN {low} AND {high} AND {column} NOT IN {missing})"


@lru_cache(maxsize=32)
def is_one_of(column: str, numbers: frozenset[int]) -> str:
    """Return the SQL condition that ``column`` is one of ``numbers``, without a parameter.

    False for none.
    """
    if not numbers:
        return "1 = 0"
    return by_gaps(column, numbers) or f"{column} IN {sql_list(sorted(numbers))}"


#: The module and the class of each vendor's engine.
_ENGINES = {"sqlite": ("sqlite", "SqliteEngine"), "postgresql": ("postgres", "PostgresEngine")}


@cache
def _engine(vendor: str) -> Callable[[BaseDatabaseWrapper], Backend]:
    if vendor not in _ENGINES:
        raise NotImplementedError(f"No full-text engine for {vendor}; use SQLite or PostgreSQL.")
    module, name = _ENGINES[vendor]
    engine: Callable[[BaseDatabaseWrapper], Backend]
    engine = getattr(import_module(f".{module}", __package__), name)
    return engine


def backend(connection: BaseDatabaseWrapper) -> Backend:
    """Return the engine of ``connection``. The module of the other vendor is never imported."""
    return _engine(connection.vendor)(connection)
