"""Full text under PostgreSQL: two tsvectors of the terms made in Python, both under GIN.

``vector`` holds all terms of an entry, ``head`` those of titles, codes and messages. They carry
no positions: which candidate is best is decided in Python (``rank``), and ``ts_rank`` over common
words costs as much as there are matches.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .asking import Question
from .backend import Conjunction, Match, Select
from .tables import ENTRY, MESSAGE, TEXT


class Engine:
    """See ``backend.Backend``."""

    def __init__(self, connection) -> None:
        self.connection = connection

    def ids(
        self,
        match: Match,
        sets: Collection[int] | None,
        limit: int,
        *,
        ranked: bool = False,
        given: str = "",
        but: Match | None = None,
    ) -> Select:
        """Ranked, entries with most of the terms in their heads come first, then short ones."""
        holds = f"t.{_column(match)} @@ %s::tsquery"
        parameters: list = [expression(match)]
        join = where = order = ""
        if but is not None:
            where += f" AND NOT t.{_column(but)} @@ %s::tsquery"
            parameters.append(expression(but))
        if sets is not None:
            join = f"JOIN {ENTRY} e ON e.translation_id = t.entry_id"
            where += " AND e.facets_id = ANY(%s)"
            parameters.append(list(sets))
        if given:
            where += f" AND {given}"
        if ranked:
            terms = sorted({term for whole in match.any_of for slot in whole for term in slot})
            held = " + ".join(["(t.head @@ %s::tsquery)::int"] * len(terms))
            order = f"ORDER BY {held} DESC, pg_column_size(t.body_terms), t.entry_id"
            parameters += [_quoted(term) for term in terms]
        sql = f"SELECT t.entry_id AS id FROM {TEXT} t {join} WHERE {holds}{where} {order}"
        return Select(f"{sql} LIMIT {int(limit)}", tuple(parameters))

    def matching(self, match: Match) -> Select:
        sql = f"SELECT t.entry_id AS id FROM {TEXT} t WHERE t.{_column(match)} @@ %s::tsquery"
        return Select(sql, (expression(match),))

    def term_facts(
        self, terms: Sequence[str], counted: int, sets: Collection[int] | None
    ) -> Question:
        held = f"FROM {TEXT} t WHERE t.vector @@ u.query"
        seen, parameters = f"(SELECT COUNT(*) FROM (SELECT 1 {held} LIMIT 1) s)", []
        if sets is not None:
            join = f"JOIN {ENTRY} e ON e.translation_id = t.entry_id"
            inside = "e.facets_id = ANY(%s)"
            one = f"SELECT 1 FROM {TEXT} t {join} WHERE t.vector @@ u.query AND {inside} LIMIT 1"
            seen, parameters = f"(SELECT COUNT(*) FROM ({one}) s)", [list(sets)]
        source = "FROM unnest(%s::tsquery[]) WITH ORDINALITY AS u(query, place)"
        quoted = [_quoted(term) for term in terms]
        number = f"CASE WHEN u.place <= %s THEN (SELECT COUNT(*) {held}) END"
        return Question(("u.place - 1", number, seen), (), source, (counted, *parameters, quoted))

    def messages_of(self, entry: str) -> str:
        return f"(SELECT json_agg(text ORDER BY id)::text FROM {MESSAGE} WHERE entry_id = {entry})"

    def lines(self, text: str) -> str:
        return f"string_agg({text}, chr(10))"

    def prefix(self, column: str, start: str) -> tuple[str, list[str]]:
        escaped = start.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{column} LIKE %s", [f"{escaped}%"]

    def among(self, column: str, numbers: Collection[int]) -> tuple[str, list]:
        return f"{column} = ANY(%s)", [list(numbers)]

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence]) -> None:
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
    """``match`` as a tsquery. Every term is quoted, so nothing in it is an operator."""
    return " | ".join(_conjunction(conjunction) for conjunction in match.any_of)


def _conjunction(conjunction: Conjunction) -> str:
    slots = (" | ".join(map(_quoted, slot)) for slot in conjunction)
    return "(" + " & ".join(f"({slot})" for slot in slots) + ")"


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
