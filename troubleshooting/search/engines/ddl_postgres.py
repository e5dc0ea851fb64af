"""The table of terms, its GIN indexes and the triggers of PostgreSQL. See ``ddl``."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from . import combinations, postings, renewal

#: The names and sources of what is there.
LIST = (
    "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " JOIN pg_proc p ON p.oid = t.tgfoid WHERE c.relname LIKE 'troubleshooting%'"
    " UNION ALL SELECT indexname, '' FROM pg_indexes"
)
BEFORE_BULK = ("SET CONSTRAINTS ALL IMMEDIATE", *postings.BEFORE_BULK)


def definitions() -> dict[str, str]:
    """Return all that is made, by name.

    The source of a trigger's function, nothing for an index.
    """
    indexes = dict.fromkeys(postings.INDEXES.values(), "")
    refresh = {name: _refresh(parts[1]) for name, parts in combinations.events().items()}
    return indexes | refresh | {name: body for name, (_when, body) in _followers().items()}


def _followers() -> dict[str, tuple[str, str]]:
    """Return the triggers that are the same however facets are declared: when, and the body."""
    return postings.events() | renewal.events("postgresql")


def drop(name: str) -> str:
    """Return a statement that removes a trigger and its function."""
    return f"DROP FUNCTION IF EXISTS {name}() CASCADE"


def statements() -> list[str]:
    """Return all statements, in order."""
    # Without the first no table may be altered after a write.
    parts = ["SET CONSTRAINTS ALL IMMEDIATE", *postings.tables()]
    for name, (event, articles) in combinations.events().items():
        parts += _trigger(name, f"{event} FOR EACH ROW", _refresh(articles))
    for name, (when, body) in _followers().items():
        parts += _trigger(name, when, body)
    return [*parts, *postings.filling(), *renewal.statements("postgresql")]


def _trigger(name: str, when: str, body: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        f"CREATE OR REPLACE TRIGGER {name} AFTER {when} EXECUTE FUNCTION {name}()",
    ]


def _refresh(articles: tuple[str, ...]) -> str:
    body = "; ".join(sql for one in articles for sql in combinations.refresh("postgresql", one))
    return f" BEGIN {body}; RETURN NULL; END "


def emptying(tables: Sequence[str]) -> list[str]:
    """Return the SQL that empties ``tables``; see ``ddl.empty``.

    No trigger is run for each row, and no dead row is left behind.
    """
    return ["SET CONSTRAINTS ALL IMMEDIATE", f"TRUNCATE {', '.join(tables)}"]


def rebuild(connection: BaseDatabaseWrapper) -> None:
    """Make the table of terms anew from what is stored; see ``ddl.rebuild_full_text``."""
    with connection.cursor() as cursor:
        cursor.execute(postings.EMPTY)
        cursor.execute(postings.FILL)


def is_intact(connection: BaseDatabaseWrapper) -> bool:
    """Return whether the table of terms holds what is stored, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(postings.DIFFERENT)
        return cursor.fetchone() is None
