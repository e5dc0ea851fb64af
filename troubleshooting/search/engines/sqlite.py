"""Full text under SQLite: an FTS5 table with the columns title, keys and body.

The terms are made in Python; the tokenizer only cuts them at spaces again. Measured on 100,000
entries: walking and counting costs 0.1 microseconds a match, a join of the narrow entry 0.4, of its
text a few. Hence entries are ranked only where few match.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from .contract import Conjunction, EntryTerms, Match, Select, TermCount, by_gaps
from .sampling import sample
from .statements import CommonTable, RowQuery
from .tables import ENTRY, FTS, MESSAGE, TEXT

#: The text and the entry of a row of the full-text table, which is to be walked first.
_TEXT = f" CROSS JOIN {TEXT} t ON t.entry_id = {FTS}.rowid"
_ENTRY = f" CROSS JOIN {ENTRY} e ON e.translation_id = {FTS}.rowid"

#: Terms that rank are asked for in multiples of so many.
_TERMS = 8


class SqliteEngine:
    """See ``backend.Backend``."""

    #: The sign keeps SQLite from the index of the column, which chooses next to nothing.
    combination = "+e.facets_id"
    seen_at_once = 0

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
        text = f"CASE WHEN {condition} THEN %s ELSE '\"\"' END" if condition else "%s"
        join, where = "", ""
        parameters: list[Any] = []
        if match.only:
            join, where = _TEXT, f"AND {match.only.sql}"
            parameters += match.only.parameters
        if sets is not None:
            inside, listed_sets = self.among("+e.facets_id", sets)
            where += f" AND {inside}"
            parameters += listed_sets
        if match.only or sets is not None:
            join += _ENTRY
        # A condition beside MATCH would be looked at for each entry found; no text has no words.
        sql = (
            f"SELECT {FTS}.rowid AS id FROM {FTS} {join} WHERE {FTS} MATCH {text} {where}"
            f" LIMIT {int(limit)}"
        )
        return Select(sql, (_asked(match, but), *parameters))

    def matching(
        self, match: Match, limit: int | None = None, *, but: Match | None = None
    ) -> CommonTable:
        """Select them with what is counted of them, so that they are looked up once.

        Where such a table is joined with the entries and these have a condition, SQLite makes a
        Bloom filter of all entries first if ``ANALYZE`` was run: half of a search of 100,000.
        """
        join, where, parameters = "", "", ()
        if match.only:
            join, where, parameters = _TEXT, f"AND {match.only.sql}", match.only.parameters
        sql = (
            f"SELECT {FTS}.rowid AS id, e.article_id, e.facets_id FROM {FTS} {join}{_ENTRY}"
            f" WHERE {FTS} MATCH %s {where} LIMIT {-1 if limit is None else int(limit)}"
        )
        name = "heads" if match.head else "matching"
        return CommonTable(name, sql, (_asked(match, but), *parameters))

    def best(
        self,
        match: Match,
        table: CommonTable,
        sets: Collection[int] | None,
        limit: int,
        *,
        condition: str,
    ) -> Select:
        """Count the terms in the title and those in the keys; of equal ones take short texts.

        ``bm25`` walks all entries of each term, and puts fewer of the best ones first.
        """
        inside, parameters = self.among("+m.facets_id", sets) if sets is not None else ("1 = 1", [])
        terms = sorted({term for whole in match.any_of for slot in whole for term in slot})
        # Spaces, which are everywhere, let few numbers of values occur: few statements to prepare.
        asked = [f" {term} " for term in terms] + [" "] * (-len(terms) % _TERMS)
        rows = (
            "SELECT m.id, ' ' || t.title_terms || ' ' AS title, ' ' || t.key_terms || ' ' AS keys,"
            f" length(t.body_terms) AS size FROM {table.name} m CROSS JOIN {TEXT} t"
            " ON t.entry_id = m.id"
            f" WHERE {condition} AND {inside} LIMIT -1"
        )
        number = " + ".join(["(instr(r.title, %s) > 0) + (instr(r.keys, %s) > 0)"] * len(asked))
        sql = f"SELECT r.id FROM ({rows}) r ORDER BY {number} DESC, r.size, r.id"
        twice = [term for term in asked for _ in range(2)]
        return Select(f"{sql} LIMIT {int(limit)}", (*parameters, *twice))

    def term_facts(
        self, terms: Sequence[str], counted: int, sets: Collection[int] | None
    ) -> RowQuery[TermCount]:
        held = f"{FTS} WHERE {FTS} MATCH j.value"
        parameters: list[Any] = []
        if sets is not None:
            inside, parameters = self.among("+e.facets_id", sets)
            held = (
                f"{FTS} CROSS JOIN {ENTRY} e ON e.translation_id = {FTS}.rowid"
                f" WHERE {FTS} MATCH j.value AND {inside}"
            )
        number = f"CASE WHEN j.key < %s THEN (SELECT COUNT(*) FROM {held}) END"
        return RowQuery(
            TermCount,
            ("j.key", number, f"EXISTS (SELECT 1 FROM {held})"),
            "FROM json_each(%s) j",
            (counted, *parameters, *parameters, json.dumps([_quoted(term) for term in terms])),
        )

    def common_terms(self) -> None:
        return None

    def some_terms(self, sets: Collection[int], number: int) -> RowQuery[EntryTerms]:
        return sample(self.among, sets, number)

    def messages_of(self, entry: str) -> str:
        rows = f"SELECT text FROM {MESSAGE} WHERE entry_id = {entry} ORDER BY id"
        return f"(SELECT json_group_array(m.text) FROM ({rows}) m)"

    def joined(self, number: str) -> str:
        return f"group_concat({number}, ' ')"

    def holds(self, text: str) -> str:
        return f"instr({text}, %s) > 0"

    def prefix(self, column: str, start: str) -> tuple[str, list[str]]:
        return f"{column} >= %s AND {column} < %s", [start, start + chr(0x10FFFF)]

    def among(self, column: str, numbers: Collection[int]) -> tuple[str, list[Any]]:
        if isinstance(numbers, frozenset) and (condition := by_gaps(column, numbers)):
            return condition, []
        return f"{column} IN (SELECT value FROM json_each(%s))", [json.dumps(list(numbers))]

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        self._insert(table, columns, rows)

    def insert_new(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._insert(table, columns, rows, "ON CONFLICT DO NOTHING")

    def _insert(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], otherwise: str = ""
    ) -> None:
        marks = ", ".join(["%s"] * len(columns))
        sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) {otherwise}"
        with self.connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def _asked(match: Match, but: Match | None) -> str:
    """Return what matches ``match`` and not ``but``, as an FTS5 query."""
    asked = expression(match)
    return asked if but is None else f"({asked}) NOT ({expression(but)})"


def expression(match: Match) -> str:
    """Return ``match`` as an FTS5 query. Every term is quoted, so nothing in it is an operator."""
    either = " OR ".join(_conjunction(conjunction) for conjunction in match.any_of)
    return f"{{title_terms key_terms}} : ({either})" if match.head else either


def _conjunction(conjunction: Conjunction) -> str:
    slots = (" OR ".join(map(_quoted, slot)) for slot in conjunction)
    return "(" + " AND ".join(f"({slot})" for slot in slots) + ")"


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
