"""Full text under PostgreSQL: two tsvectors of the terms made in Python, both under GIN.

``vector`` holds all terms of an entry, ``head`` those of titles, codes and messages. They carry
no positions: which candidate is best is decided in Python (``rank``), and ``ts_rank`` over common
words costs as much as there are matches.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from .backend import Conjunction, Match, counted, listed
from .tables import ENTRY, TEXT


class Engine:
    """See ``backend.Backend``."""

    def __init__(self, connection) -> None:
        self.connection = connection

    def count(self, term: str) -> int:
        sql = f"SELECT COUNT(*) FROM {TEXT} WHERE vector @@ %s::tsquery"
        return self._rows(sql, [_quoted(term)])[0][0]

    def walk(self, match: Match, sets: Collection[int] | None, limit: int) -> list[int]:
        return self._ids(match, sets, "", [], limit)

    def ranked(self, match: Match, sets: Collection[int] | None, limit: int) -> list[int]:
        """Entries with most of the terms in their heads come first, then short ones."""
        terms = sorted({term for whole in match.any_of for slot in whole for term in slot})
        held = " + ".join(["(t.head @@ %s::tsquery)::int"] * len(terms))
        order = f"ORDER BY {held} DESC, pg_column_size(t.body_terms), t.entry_id"
        return self._ids(match, sets, order, [_quoted(term) for term in terms], limit)

    def facet_counts(self, match: Match) -> dict[int, int]:
        sql = (
            f"SELECT e.facets_id, {counted(match)} FROM {TEXT} t"
            f" JOIN {ENTRY} e ON e.translation_id = t.entry_id"
            f" WHERE t.{_column(match)} @@ %s::tsquery GROUP BY e.facets_id"
        )
        return dict(self._rows(sql, [expression(match)]))

    def facet_counts_of(self, entries: Iterable[int]) -> dict[int, int]:
        sql = (
            f"SELECT facets_id, COUNT(DISTINCT article_id) FROM {ENTRY}"
            " WHERE translation_id = ANY(%s) GROUP BY facets_id"
        )
        return dict(self._rows(sql, [list(entries)]))

    def prefix(self, column: str, start: str) -> tuple[str, list[str]]:
        escaped = start.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{column} LIKE %s", [f"{escaped}%"]

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence]) -> None:
        with self.connection.cursor() as cursor:
            copying = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
            with cursor.copy(copying) as copy:
                for row in rows:
                    copy.write_row(row)

    def _ids(self, match: Match, sets, order: str, ordered_by: list, limit: int) -> list[int]:
        join = where = ""
        if sets is not None:
            join = f"JOIN {ENTRY} e ON e.translation_id = t.entry_id"
            where = f"AND e.facets_id IN {listed(sets)}"
        sql = (
            f"SELECT t.entry_id FROM {TEXT} t {join}"
            f" WHERE t.{_column(match)} @@ %s::tsquery {where} {order} LIMIT %s"
        )
        return [row[0] for row in self._rows(sql, [expression(match), *ordered_by, limit])]

    def _rows(self, sql: str, parameters: list) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()


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
