"""The FTS5 table and the triggers of SQLite. See ``ddl``."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from . import combinations, renewal
from .tables import FTS, TEXT

#: The names and sources of what is there.
LIST = "SELECT name, sql FROM sqlite_master WHERE tbl_name LIKE 'troubleshooting%'"
_TERMS = ("title_terms", "key_terms", "body_terms")

_FOLLOW = {
    "search_text_inserted": ("INSERT", ("new",)),
    "search_text_updated": (f"UPDATE OF {', '.join(_TERMS)}", ("old", "new")),
    "search_text_deleted": ("DELETE", ("old",)),
}
BEFORE_BULK = ()


def definitions() -> dict[str, str]:
    """Return all that is made, by name: the source of a trigger, nothing for a table."""
    return {FTS: "", **_triggers()}


def _triggers() -> dict[str, str]:
    follow = {name: _follow(name, *parts) for name, parts in _FOLLOW.items()}
    refresh = {name: _refresh(name, *parts) for name, parts in combinations.events().items()}
    renew = {
        name: f"CREATE TRIGGER {name} AFTER {when} BEGIN {body} END"
        for name, (when, body) in renewal.events("sqlite").items()
    }
    return follow | refresh | renew


def drop(name: str) -> str:
    """Return a statement that removes a trigger."""
    return f"DROP TRIGGER IF EXISTS {name}"


def statements() -> list[str]:
    """Return all statements, in order. The tokenizer cuts at spaces the terms that Python made."""
    table = (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {FTS} USING fts5({', '.join(_TERMS)},"
        f" content='{TEXT}', content_rowid='entry_id', tokenize=\"ascii tokenchars '_:.-'\")"
    )
    triggers = _triggers()
    parts = [table, *(drop(name) for name in triggers), *triggers.values()]
    return [*parts, *renewal.statements("sqlite")]


def emptying(tables: Sequence[str]) -> list[str]:
    """Return the SQL that empties ``tables``; see ``ddl.empty``."""
    return [f"DELETE FROM {table}" for table in tables]


def rebuild(connection: BaseDatabaseWrapper) -> None:
    """Make the FTS5 table anew from what is stored; see ``ddl.rebuild_full_text``."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {FTS}({FTS}) VALUES ('rebuild')")


def is_intact(connection: BaseDatabaseWrapper) -> bool:
    """Return whether the FTS5 table holds what is stored, and nothing else.

    Only with rank 1 FTS5 compares the content as well.
    """
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"INSERT INTO {FTS}({FTS}, rank) VALUES ('integrity-check', 1)")
        except DatabaseError:
            return False
    return True


def _follow(name: str, event: str, rows: tuple[str, ...]) -> str:
    body = " ".join(_forget() if row == "old" else _index() for row in rows)
    return f"CREATE TRIGGER {name} AFTER {event} ON {TEXT} BEGIN {body} END"


def _index() -> str:
    values = ", ".join(f"new.{column}" for column in ("entry_id", *_TERMS))
    return f"INSERT INTO {FTS}(rowid, {', '.join(_TERMS)}) VALUES ({values});"


def _forget() -> str:
    values = ", ".join(f"old.{column}" for column in ("entry_id", *_TERMS))
    return f"INSERT INTO {FTS}({FTS}, rowid, {', '.join(_TERMS)}) VALUES ('delete', {values});"


def _refresh(name: str, event: str, articles: tuple[str, ...]) -> str:
    body = "; ".join(sql for one in articles for sql in combinations.refresh("sqlite", one))
    return f"CREATE TRIGGER {name} AFTER {event} BEGIN {body}; END"
