"""What the index needs in the database beyond its tables: the full-text index and triggers.

The statements themselves are in ``ddl_sqlite`` and ``ddl_postgres``. Each may be run again:
``post_migrate`` does so, because a migration that rebuilds a table under SQLite (``AlterField``)
drops the table's triggers without a word. ``missing`` tells what is not there, for the system
check and for ``check_index``.

Two jobs are done by triggers, so that no writer can forget them, be it ``QuerySet.update``, the
admin, or a deletion that cascades: the full-text index follows ``SearchText``, and an article's
combination of facets follows its values in each of them (``combinations``).

A trigger may also be that of another version of the program, which knew other facets: ``outdated``
tells which, and ``post_migrate`` replaces it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from . import combinations

_MODULES = {"sqlite": "ddl_sqlite", "postgresql": "ddl_postgres"}
VENDORS = frozenset(_MODULES)


@cache
def _vendor(name: str) -> Any:
    return import_module(f".{_MODULES[name]}", __package__)


def prepare(connection: BaseDatabaseWrapper) -> bool:
    """Create the triggers, tables and indexes of the search, and drop those of earlier versions.

    Return whether the index may be stale, since one of them was missing or another.
    """
    vendor = _vendor(connection.vendor)
    is_stale = bool(missing(connection) or outdated(connection))
    ours = [name for name in _there(connection) if name.startswith("search_")]
    _run(connection, [vendor.drop(name) for name in ours if name not in vendor.definitions()])
    _run(connection, vendor.statements())
    return is_stale


def restore(connection: BaseDatabaseWrapper) -> bool:
    """Create what is missing of the triggers, tables and indexes; do nothing where all is there.

    Return whether the index may be stale, since one of them was missing or another.
    """
    return bool(missing(connection) or outdated(connection)) and prepare(connection)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return names of the triggers, indexes and tables that ought to be there and are not."""
    there = _there(connection)
    return [name for name in _vendor(connection.vendor).definitions() if name not in there]


def outdated(connection: BaseDatabaseWrapper) -> list[str]:
    """Return names of the triggers that are there, but do something else than they ought to."""
    there = _there(connection)
    made = _vendor(connection.vendor).definitions()
    return [name for name, source in made.items() if source and there.get(name, source) != source]


def _there(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the sources of what is there by name."""
    with connection.cursor() as cursor:
        cursor.execute(_vendor(connection.vendor).LIST)
        return dict(cursor.fetchall())


def empty(connection: BaseDatabaseWrapper, tables: Sequence[str]) -> None:
    """Delete all rows of ``tables``, of which none refers to a later one."""
    _run(connection, _vendor(connection.vendor).emptying(tables))


def begin_bulk(connection: BaseDatabaseWrapper) -> None:
    """Take down what is quicker to make anew after writing all entries."""
    _run(connection, _vendor(connection.vendor).BEFORE_BULK)


def end_bulk(connection: BaseDatabaseWrapper) -> None:
    """Make anew what ``begin_bulk`` took down, and the facets of all articles."""
    refresh_facets(connection)
    _run(connection, _vendor(connection.vendor).statements())


def refresh_facets(connection: BaseDatabaseWrapper) -> None:
    """Give every article its combination of facets."""
    _run(connection, combinations.refresh_all(connection.vendor))


def delete_unused_facets(connection: BaseDatabaseWrapper) -> None:
    """Delete the combinations of facets that no entry has any more."""
    _run(connection, [combinations.UNUSED])


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def rebuild_full_text(connection: BaseDatabaseWrapper) -> None:
    """Make the full-text index anew from ``SearchText``."""
    _vendor(connection.vendor).rebuild(connection)


def full_text_is_intact(connection: BaseDatabaseWrapper) -> bool:
    """Return whether the full-text index equals ``SearchText``, term by term."""
    return bool(_vendor(connection.vendor).is_intact(connection))
