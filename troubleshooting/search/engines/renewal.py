"""The SQL that renews the states of the facets: tokens that say whether they are those of before.

Processes remember the combinations, which are tens of thousands in a large base, and read them anew
where the token is another. Nearly every save of a text leaves it alone. The values that readers see
belong to it where they stand in a table (``ValueTable``).

How many articles have each combination is counted over all entries, so it has a state of its own,
which is another as soon as one entry has another combination.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..facets.declared import FACETS, Rows, ValueTable
from .tables import CONTENT, COUNTS_STATE, ENTRY, FACETS_STATE
from .tables import FACETS as COMBINATIONS

_ANEW = {
    # Not REPLACE: SQLite lets the statement that fires a trigger decide on conflicts inside of it.
    "sqlite": (
        f"DELETE FROM {CONTENT} WHERE id = {{row}};"
        f" INSERT INTO {CONTENT} (id, token) VALUES ({{row}}, hex(randomblob(16)))"
    ),
    "postgresql": (
        f"INSERT INTO {CONTENT} (id, token) VALUES ({{row}}, gen_random_uuid()::text)"
        " ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token"
    ),
}


def statements(vendor: str) -> list[str]:
    """Return the statements that renew the states at once."""
    rows = (FACETS_STATE, COUNTS_STATE)
    return [statement for row in rows for statement in _anew(vendor, row).split("; ")]


def _anew(vendor: str, row: int) -> str:
    return _ANEW[vendor].format(row=row)


def events(vendor: str) -> dict[str, tuple[str, str]]:
    """Return the triggers by name: when each fires, and what it does, as SQL."""
    make = _in_sqlite if vendor == "sqlite" else _in_postgres
    return dict(make())


def _in_sqlite() -> Iterator[tuple[str, tuple[str, str]]]:
    body, counts = (f"{_anew('sqlite', row)};" for row in (FACETS_STATE, COUNTS_STATE))
    for event, row in (("INSERT", "new"), ("DELETE", "old")):
        yield f"search_facets_{event.lower()}", (f"{event} ON {COMBINATIONS}", body)
        counted = f"{event} ON {ENTRY} WHEN {row}.facets_id IS NOT NULL"
        yield f"search_counts_{event.lower()}", (counted, counts)
    moved = f"UPDATE OF article_id, facets_id ON {ENTRY}"
    differs = " OR ".join(f"old.{name} IS NOT new.{name}" for name in ("article_id", "facets_id"))
    yield "search_counts_update", (f"{moved} WHEN {differs}", counts)
    for table in _vocabularies():
        differs = " OR ".join(f"old.{name} IS NOT new.{name}" for name in _columns(table))
        yield _name(table), (f"{_update(table)} WHEN {differs}", body)


def _in_postgres() -> Iterator[tuple[str, tuple[str, str]]]:
    # By statement: a row that one transaction writes thousands of times is slow to find again.
    anew, counts = (_anew("postgresql", row) for row in (FACETS_STATE, COUNTS_STATE))
    for event, rows in (("INSERT", "NEW"), ("DELETE", "OLD")):
        each = f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT"
        for name, rows_of, statement in (("facets", COMBINATIONS, anew), ("counts", ENTRY, counts)):
            body = _if_any("SELECT 1 FROM changed", statement)
            yield f"search_{name}_{event.lower()}", (f"{event} ON {rows_of} {each}", body)
    # Not a join: looking for any one row PostgreSQL compares each with all, and a refresh of the
    # whole index finds none.
    compared = "SELECT translation_id, article_id, facets_id FROM"
    moved = f"{compared} changed EXCEPT {compared} earlier"
    each = "REFERENCING OLD TABLE AS earlier NEW TABLE AS changed FOR EACH STATEMENT"
    yield "search_counts_update", (f"UPDATE ON {ENTRY} {each}", _if_any(moved, counts))
    for table in _vocabularies():
        differs = " OR ".join(f"old.{name} IS DISTINCT FROM new.{name}" for name in _columns(table))
        when = f"{_update(table)} FOR EACH ROW WHEN ({differs})"
        yield _name(table), (when, f" BEGIN {anew}; RETURN NULL; END ")


def _if_any(rows: str, statement: str) -> str:
    """Return the body of a function that runs ``statement`` if the query ``rows`` has any."""
    return f" BEGIN IF EXISTS ({rows}) THEN {statement}; END IF; RETURN NULL; END "


def _vocabularies() -> list[ValueTable]:
    """Return the tables with values, each once for the columns that facets read."""
    found = [
        facet.source.vocabulary
        for facet in FACETS
        if isinstance(facet.source, Rows) and facet.source.vocabulary
    ]
    return list(dict.fromkeys(found))


def _columns(table: ValueTable) -> list[str]:
    return list(dict.fromkeys(filter(None, (table.value, table.name, table.language))))


def _name(table: ValueTable) -> str:
    return f"search_{'_'.join((table.table.partition('_')[2], *_columns(table)))}_named"


def _update(table: ValueTable) -> str:
    return f"UPDATE OF {', '.join(_columns(table))} ON {table.table}"
