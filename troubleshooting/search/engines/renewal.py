"""The SQL that renews the state of the facets: a token that says whether they are those of before.

Processes remember the combinations, which are tens of thousands in a large base, and read them anew
where the token is another. Nearly every save of a text leaves it alone. The values that readers see
belong to it where they stand in a table (``ValueTable``).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..facets.declared import FACETS, Rows, ValueTable
from .tables import CONTENT, FACETS_STATE
from .tables import FACETS as COMBINATIONS

_ANEW = {
    # Not REPLACE: SQLite lets the statement that fires a trigger decide on conflicts inside of it.
    "sqlite": (
        f"DELETE FROM {CONTENT} WHERE id = {FACETS_STATE};"
        f" INSERT INTO {CONTENT} (id, token) VALUES ({FACETS_STATE}, hex(randomblob(16)))"
    ),
    "postgresql": (
        f"INSERT INTO {CONTENT} (id, token) VALUES ({FACETS_STATE}, gen_random_uuid()::text)"
        " ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token"
    ),
}


def statements(vendor: str) -> list[str]:
    """Return the statements that renew the state at once."""
    return _ANEW[vendor].split("; ")


def events(vendor: str) -> dict[str, tuple[str, str]]:
    """Return the triggers by name: when each fires, and what it does, as SQL."""
    make = _in_sqlite if vendor == "sqlite" else _in_postgres
    return dict(make())


def _in_sqlite() -> Iterator[tuple[str, tuple[str, str]]]:
    body = f"{_ANEW['sqlite']};"
    for event in ("INSERT", "DELETE"):
        yield f"search_facets_{event.lower()}", (f"{event} ON {COMBINATIONS}", body)
    for table in _vocabularies():
        differs = " OR ".join(f"old.{name} IS NOT new.{name}" for name in _columns(table))
        yield _name(table), (f"{_update(table)} WHEN {differs}", body)


def _in_postgres() -> Iterator[tuple[str, tuple[str, str]]]:
    # By statement: a row that one transaction writes thousands of times is slow to find again.
    anew = _ANEW["postgresql"]
    body = f" BEGIN IF EXISTS (SELECT 1 FROM changed) THEN {anew}; END IF; RETURN NULL; END "
    for event, rows in (("INSERT", "NEW"), ("DELETE", "OLD")):
        when = f"{event} ON {COMBINATIONS} REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT"
        yield f"search_facets_{event.lower()}", (when, body)
    for table in _vocabularies():
        differs = " OR ".join(f"old.{name} IS DISTINCT FROM new.{name}" for name in _columns(table))
        when = f"{_update(table)} FOR EACH ROW WHEN ({differs})"
        yield _name(table), (when, f" BEGIN {anew}; RETURN NULL; END ")


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
