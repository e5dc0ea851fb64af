"""The tsvector columns, GIN indexes and triggers of PostgreSQL. See ``ddl``.

The vectors are generated columns, so that they cannot differ from the terms. Wide columns are
moved out of the rows (``toast_tuple_target``): counting and walking then read few pages. ``head``
stays, since thousands of matches are ranked by it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from . import combinations, renewal
from .tables import TEXT

#: The names and sources of what is there.
LIST = (
    "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " JOIN pg_proc p ON p.oid = t.tgfoid WHERE c.relname LIKE 'troubleshooting%'"
    " UNION ALL SELECT indexname, '' FROM pg_indexes"
)
_COLUMNS = {
    "vector": "title_terms || ' ' || key_terms || ' ' || body_terms",
    "head": "title_terms || ' ' || key_terms",
}
BEFORE_BULK = (
    "SET CONSTRAINTS ALL IMMEDIATE",
    *(f"DROP INDEX IF EXISTS search_{name}" for name in _COLUMNS),
)


def definitions() -> dict[str, str]:
    """Return all that is made, by name.

    The source of a trigger's function, nothing for an index.
    """
    triggers = {name: _refresh(parts[1]) for name, parts in combinations.events().items()}
    renew = {name: body for name, (_when, body) in renewal.events("postgresql").items()}
    return {f"search_{name}": "" for name in _COLUMNS} | triggers | renew


def drop(name: str) -> str:
    """Return a statement that removes a trigger and its function."""
    return f"DROP FUNCTION IF EXISTS {name}() CASCADE"


def statements() -> list[str]:
    """Return all statements, in order."""
    parts = [
        "SET CONSTRAINTS ALL IMMEDIATE",  # or else no table may be altered after a write
        f"ALTER TABLE {TEXT} SET (toast_tuple_target = 128)",
    ]
    for name, terms in _COLUMNS.items():
        listed = f"array_remove(string_to_array({terms}, ' '), '')"
        parts += [
            f"ALTER TABLE {TEXT} ADD COLUMN IF NOT EXISTS {name} tsvector"
            f" GENERATED ALWAYS AS (array_to_tsvector({listed})) STORED",
            f"CREATE INDEX IF NOT EXISTS search_{name} ON {TEXT}"
            f" USING gin ({name}) WITH (fastupdate = off)",
        ]
    parts.append(f"ALTER TABLE {TEXT} ALTER COLUMN head SET STORAGE MAIN")
    for name, (event, articles) in combinations.events().items():
        parts += _trigger(name, f"{event} FOR EACH ROW", _refresh(articles))
    for name, (when, body) in renewal.events("postgresql").items():
        parts += _trigger(name, when, body)
    return [*parts, *renewal.statements("postgresql")]


def _trigger(name: str, when: str, body: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        f"CREATE OR REPLACE TRIGGER {name} AFTER {when} EXECUTE FUNCTION {name}()",
    ]


def _refresh(articles: tuple[str, ...]) -> str:
    body = "; ".join(sql for one in articles for sql in combinations.refresh("postgresql", one))
    return f" BEGIN {body}; RETURN NULL; END "


def emptying(tables: Sequence[str]) -> list[str]:
    """See ``ddl.empty``. No trigger is run for each row, and no dead row is left behind."""
    return ["SET CONSTRAINTS ALL IMMEDIATE", f"TRUNCATE {', '.join(tables)}"]


def rebuild(connection: BaseDatabaseWrapper) -> None:
    """See ``ddl.rebuild_full_text``. Nothing to do: generated columns and indexes follow."""


def is_intact(connection: BaseDatabaseWrapper) -> bool:
    """See ``ddl.full_text_is_intact``. Generated columns always are."""
    return True
