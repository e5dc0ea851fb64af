"""Full text under PostgreSQL: two tsvectors of the terms made in Python, both under GIN.

``vector`` holds all terms of an entry, ``head`` those of titles, codes and messages. They carry
no positions: which candidate is best is decided in Python (``rank``), and ``ts_rank`` over common
words costs as much as there are matches.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from ..words.frequencies import SHARES
from .contract import Conjunction, EntryTerms, Match, Select, TermCount, TermShare, by_gaps
from .statements import CommonTable, RowQuery
from .tables import ENTRY, MESSAGE, TEXT

#: Entries whose terms are read to know that readers may see these; few common ones are missed.
_SOME = 400


class PostgresEngine:
    """See ``backend.Backend``."""

    #: Of an expression PostgreSQL knows no statistics: it would read all entries for one code.
    combination = "e.facets_id"

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
        source, where = f"{TEXT} t", [f"t.{_column(match)} @@ %s::tsquery"]
        parameters: list[Any] = [expression(match)]
        if match.only:
            where.append(match.only.sql)
            parameters += match.only.parameters
        if match.only or sets is not None:
            source += f" JOIN {ENTRY} e ON e.translation_id = t.entry_id"
        if but is not None:
            where.append(f"NOT t.{_column(but)} @@ %s::tsquery")
            parameters.append(expression(but))
        if sets is not None:
            inside, listed_sets = self.among("e.facets_id", sets)
            where.append(inside)
            parameters += listed_sets
        if condition:
            where.append(condition)
        sql = f"SELECT t.entry_id AS id FROM {source} WHERE {' AND '.join(where)}"
        return Select(f"{sql} LIMIT {int(limit)}", tuple(parameters))

    def matching(
        self, match: Match, limit: int | None = None, *, but: Match | None = None
    ) -> CommonTable:
        """Select them with what is counted of them, so that they are looked up once."""
        where = [f"t.{_column(match)} @@ %s::tsquery"]
        parameters: list[Any] = [expression(match)]
        if match.only is not None:
            where.append(match.only.sql)
            parameters += match.only.parameters
        if but is not None:
            where.append(f"NOT t.{_column(but)} @@ %s::tsquery")
            parameters.append(expression(but))
        sql = (
            f"SELECT t.entry_id AS id, e.article_id, e.facets_id FROM {TEXT} t JOIN {ENTRY} e"
            f" ON e.translation_id = t.entry_id WHERE {' AND '.join(where)}"
        )
        bounded = "" if limit is None else f" LIMIT {int(limit)}"
        return CommonTable("heads" if match.head else "matching", sql + bounded, tuple(parameters))

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
        held = f"FROM {TEXT} t WHERE t.vector @@ u.query"
        seen = f"(SELECT COUNT(*) FROM (SELECT 1 {held} LIMIT 1) s)"
        parameters: list[Any] = []
        if sets is not None:
            join = f"JOIN {ENTRY} e ON e.translation_id = t.entry_id"
            inside, parameters = self.among("e.facets_id", sets)
            one = f"SELECT 1 FROM {TEXT} t {join} WHERE t.vector @@ u.query AND {inside} LIMIT 1"
            seen = f"(SELECT COUNT(*) FROM ({one}) s)"
        source = "FROM unnest(%s::tsquery[]) WITH ORDINALITY AS u(query, place)"
        quoted = [_quoted(term) for term in terms]
        number = f"CASE WHEN u.place <= %s THEN (SELECT COUNT(*) {held}) END"
        columns = ("u.place - 1", number, seen)
        return RowQuery(TermCount, columns, source, (counted, *parameters, quoted))

    def common_terms(self) -> RowQuery[TermShare]:
        """Return what ``ANALYZE`` noted.

        Walking all entries of a common term costs milliseconds.
        """
        shares = (
            "SELECT unnest(most_common_elems::text::text[]) AS term,"
            " unnest(most_common_elem_freqs) AS share FROM pg_stats"
            f" WHERE tablename = '{TEXT}' AND attname = 'vector' AND schemaname = current_schema()"
        )
        number = f"(s.share * {SHARES})::bigint"
        source = f"FROM ({shares}) s WHERE s.term IS NOT NULL"
        return RowQuery(TermShare, (number, "s.term"), source)

    def some_terms(self, sets: Collection[int]) -> RowQuery[EntryTerms]:
        """Select some; even the first entry of a common term is found by walking all its places."""
        first, last = (f"(SELECT {end}(entry_id) FROM {TEXT})" for end in ("MIN", "MAX"))
        spread = f"generate_series({first}, {last}, 1 + ({last} - {first}) / {_SOME}) AS g"
        there = f"SELECT n.entry_id FROM {TEXT} n WHERE n.entry_id >= g ORDER BY 1 LIMIT 1"
        inside, parameters = self.among("e.facets_id", sets)
        source = (
            f"FROM (SELECT ({there}) AS id FROM {spread}) s JOIN {TEXT} t ON t.entry_id = s.id"
            f" JOIN {ENTRY} e ON e.translation_id = s.id WHERE {inside}"
        )
        terms = "array_to_string(tsvector_to_array(t.vector), ' ')"
        return RowQuery(EntryTerms, (terms,), source, tuple(parameters))

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


def _column(match: Match) -> str:
    return "head" if match.head else "vector"


def expression(match: Match) -> str:
    """Return ``match`` as a tsquery. Every term is quoted, so nothing in it is an operator."""
    return " | ".join(_conjunction(conjunction) for conjunction in match.any_of)


def _conjunction(conjunction: Conjunction) -> str:
    slots = (" | ".join(map(_quoted, slot)) for slot in conjunction)
    return "(" + " & ".join(f"({slot})" for slot in slots) + ")"


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
