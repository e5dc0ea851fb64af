"""Full text under PostgreSQL: the terms made in Python as numbers, under GIN (``postings``).

They carry no positions: which candidate is best is decided in Python (``rank``), and ``ts_rank``
over common words costs as much as there are matches.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from ..words.frequencies import SHARES
from .contract import (
    Condition,
    Conjunction,
    EntryTerms,
    Match,
    Select,
    TermCount,
    TermShare,
    by_gaps,
)
from .postings import SHARES as NOTED
from .sampling import sample
from .statements import CommonTable, RowQuery
from .tables import ENTRY, MESSAGE, TERMS, TEXT


class PostgresEngine:
    """See ``backend.Backend``."""

    #: Of an expression PostgreSQL knows no statistics: it would read all entries for one code.
    combination = "e.facets_id"
    #: Even the first entry of a common term is found by walking all its places.
    seen_at_once = 400

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    def ids(
        self,
        match: Match,
        sets: Collection[int] | None,
        limit: int,
        *,
        condition: str = "",
        but: Match | None = None,
    ) -> Select:
        source, found = _from(match, but)
        where, parameters = [found.sql], [*found.parameters]
        if sets is not None:
            inside, listed_sets = self.among("p.facets_id", sets)
            where.append(inside)
            parameters += listed_sets
        if condition:
            where.append(condition)
        sql = f"SELECT p.entry_id AS id FROM {source} WHERE {' AND '.join(where)}"
        return Select(f"{sql} LIMIT {int(limit)}", tuple(parameters))

    def matching(
        self, match: Match, limit: int | None = None, *, but: Match | None = None
    ) -> CommonTable:
        """Select them with what is counted of them, so that they are looked up once."""
        source, found = _from(match, but)
        sql = f"SELECT p.entry_id AS id, p.article_id, p.facets_id FROM {source} WHERE {found.sql}"
        bounded = "" if limit is None else f" LIMIT {int(limit)}"
        return CommonTable("heads" if match.head else "matching", sql + bounded, found.parameters)

    def best(
        self,
        match: Match,
        table: CommonTable,
        sets: Collection[int] | None,
        limit: int,
        *,
        condition: str,
    ) -> Select:
        """Count the terms in the title and those in the keys; of equal ones take short texts."""
        inside, parameters = self.among("e.facets_id", sets) if sets is not None else ("true", [])
        terms = sorted({term for whole in match.any_of for slot in whole for term in slot})
        parts = [
            f"(strpos(' ' || t.{one} || ' ', %s) > 0)::int" for one in ("title_terms", "key_terms")
        ]
        number = " + ".join(part for _ in terms for part in parts)
        sql = (
            f"SELECT e.id FROM {table.name} e JOIN {TEXT} t ON t.entry_id = e.id WHERE {condition}"
            f" AND {inside} ORDER BY {number} DESC, pg_column_size(t.body_terms), t.entry_id"
        )
        twice = [f" {term} " for term in terms for _ in parts]
        return Select(f"{sql} LIMIT {int(limit)}", (*parameters, *twice))

    def term_facts(
        self, terms: Sequence[str], counted: int, sets: Collection[int] | None
    ) -> RowQuery[TermCount]:
        inside, parameters = self.among("p.facets_id", sets) if sets is not None else ("true", [])
        held = f"FROM {TERMS} p WHERE p.terms @> ARRAY[hashtext(u.term)] AND {inside}"
        seen = f"(SELECT COUNT(*) FROM (SELECT 1 {held} LIMIT 1) s)"
        source = "FROM unnest(%s::text[]) WITH ORDINALITY AS u(term, place)"
        number = f"CASE WHEN u.place <= %s THEN (SELECT COUNT(*) {held}) END"
        columns = ("u.place - 1", number, seen)
        return RowQuery(
            TermCount, columns, source, (counted, *parameters, *parameters, list(terms))
        )

    def common_terms(self) -> RowQuery[TermShare]:
        """Return what ``ANALYZE`` noted.

        Walking all entries of a common term costs milliseconds.
        """
        shares = (
            "SELECT unnest(most_common_elems::text::text[]) AS term,"
            " unnest(most_common_elem_freqs) AS share FROM pg_stats_ext_exprs"
            f" WHERE statistics_name = '{NOTED}' AND statistics_schemaname = current_schema()"
        )
        number = f"(s.share * {SHARES})::bigint"
        source = f"FROM ({shares}) s WHERE s.term <> ''"
        return RowQuery(TermShare, (number, "s.term"), source)

    def some_terms(self, sets: Collection[int], number: int) -> RowQuery[EntryTerms]:
        return sample(self.among, sets, number)

    def messages_of(self, entry: str) -> str:
        return f"(SELECT json_agg(text ORDER BY id)::text FROM {MESSAGE} WHERE entry_id = {entry})"

    def joined(self, number: str) -> str:
        return f"string_agg({number}::text, ' ')"

    def holds(self, text: str) -> str:
        return f"strpos({text}, %s) > 0"

    def prefix(self, column: str, start: str) -> tuple[str, list[str]]:
        escaped = start.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{column} LIKE %s", [f"{escaped}%"]

    def among(self, column: str, numbers: Collection[int]) -> tuple[str, list[Any]]:
        if isinstance(numbers, frozenset) and (condition := by_gaps(column, numbers)):
            return condition, []
        return f"{column} = ANY(%s::bigint[])", [list(numbers)]

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        with self.connection.cursor() as cursor:
            copying = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
            with cursor.copy(copying) as copy:
                for row in rows:
                    copy.write_row(row)

    def insert_new(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        listed = ", ".join(["%s::text[]"] * len(columns))
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM unnest({listed})"
                " ON CONFLICT DO NOTHING",
                [list(values) for values in zip(*rows, strict=True)],
            )


def _from(match: Match, but: Match | None) -> tuple[str, Condition]:
    """Return the tables in which ``match`` is looked for, and what their rows have to meet.

    The terms are ``p``; text ``t`` and entry ``e`` are there only for what ``match`` asks besides.
    """
    source, found = f"{TERMS} p", [_matches(match)]
    if match.only:
        source += (
            f" JOIN {ENTRY} e ON e.translation_id = p.entry_id"
            f" JOIN {TEXT} t ON t.entry_id = p.entry_id"
        )
        found.append(match.only)
    if but is not None:
        other = _matches(but)
        found.append(Condition(f"NOT {other.sql}", other.parameters))
    sql = " AND ".join(one.sql for one in found)
    return source, Condition(sql, tuple(value for one in found for value in one.parameters))


def _matches(match: Match) -> Condition:
    column = "p.heads" if match.head else "p.terms"
    parts = [_conjunction(column, conjunction) for conjunction in match.any_of]
    sql = " OR ".join(part.sql for part in parts)
    return Condition(f"({sql})", tuple(value for part in parts for value in part.parameters))


def _conjunction(column: str, conjunction: Conjunction) -> Condition:
    """Return the condition that ``column`` holds a term of each slot."""
    alone = [term for slot in conjunction if len(slot) == 1 for term in slot]
    several = [slot for slot in conjunction if len(slot) != 1]
    parts = [f"{column} @> {_numbers(alone)}"] if alone else []
    parts += [f"{column} && {_numbers(slot)}" for slot in several]
    return Condition(
        f"({' AND '.join(parts)})", (*alone, *(term for slot in several for term in slot))
    )


def _numbers(terms: Sequence[str]) -> str:
    return f"ARRAY[{', '.join(['hashtext(%s)'] * len(terms))}]::integer[]"
