"""What the index needs in the database beyond its tables: the full-text index and triggers.

The statements themselves are in ``ddl_sqlite`` and ``ddl_postgres``. Each may be run again:
``post_migrate`` does so, because a migration that rebuilds a table under SQLite (``AlterField``)
drops the table's triggers without a word. ``missing`` tells what is not there, for the system
check and for ``check_index``.

Two jobs are done by triggers, so that no writer can forget them, be it ``QuerySet.update``, the
admin, or a deletion that cascades: the full-text index follows ``SearchText``, and an article's
combination of facets follows its status, audience, kind, platforms, codes and languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from .tables import ARTICLE, ARTICLE_PLATFORMS, CODE, ENTRY, FACETS

_COLUMNS = "kind, status, audience, platforms, families, languages"
_MODULES = {"sqlite": "ddl_sqlite", "postgresql": "ddl_postgres"}
VENDORS = frozenset(_MODULES)


@cache
def _vendor(name: str) -> Any:
    return import_module(f".{_MODULES[name]}", __package__)


def prepare(connection: BaseDatabaseWrapper) -> bool:
    """Create all of it; return whether something was missing, so that the index may be stale."""
    lost = bool(missing(connection))
    _run(connection, _vendor(connection.vendor).statements())
    return lost


def restore(connection: BaseDatabaseWrapper) -> bool:
    """The same, but only where something is missing."""
    return bool(missing(connection)) and prepare(connection)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers, indexes and tables that ought to be there and are not."""
    vendor = _vendor(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(vendor.LIST)
        there = {row[0] for row in cursor.fetchall()}
    return [name for name in vendor.NAMES if name not in there]


def empty(connection: BaseDatabaseWrapper, tables: Sequence[str]) -> None:
    """Delete all rows of ``tables``, of which none refers to a later one."""
    _run(connection, _vendor(connection.vendor).emptying(tables))


def begin_bulk(connection: BaseDatabaseWrapper) -> None:
    """Take down what is quicker to make anew after writing all entries."""
    _run(connection, _vendor(connection.vendor).BEFORE_BULK)


def end_bulk(connection: BaseDatabaseWrapper) -> None:
    """Make anew what ``begin_bulk`` took down, and the facets of all articles."""
    _run(connection, _vendor(connection.vendor).statements())
    _run(connection, refresh_all_facets(connection.vendor))


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def rebuild_full_text(connection: BaseDatabaseWrapper) -> None:
    """Make the full-text index anew from ``SearchText``."""
    _vendor(connection.vendor).rebuild(connection)


def full_text_is_intact(connection: BaseDatabaseWrapper) -> bool:
    """Whether the full-text index equals ``SearchText``, term by term."""
    return bool(_vendor(connection.vendor).is_intact(connection))


def refresh_facets(vendor_name: str, article: str) -> tuple[str, str]:
    """Two statements that give the entries of one article its combination of facets.

    ``article`` is an SQL expression for the article's id. The first statement records the
    combination unless it is known.
    """
    combination = f"{_combinations(vendor_name, article)} WHERE a.id = {article}"
    insert = (
        f"INSERT INTO {FACETS} ({_COLUMNS}) SELECT {_COLUMNS} FROM ({combination}) c WHERE true"
        f" ON CONFLICT ({_COLUMNS}) DO NOTHING"
    )
    same = " AND ".join(f"f.{name} = a.{name}" for name in _COLUMNS.split(", "))
    update = (
        f"UPDATE {ENTRY} SET facets_id = (SELECT f.id FROM {FACETS} f JOIN ({combination}) a"
        f" ON {same}) WHERE article_id = {article}"
    )
    return insert, update


def refresh_all_facets(vendor_name: str) -> tuple[str, str]:
    """The same for all articles at once, the combination of each worked out once."""
    combinations = _combinations(vendor_name, "a.id")
    insert = (
        f"INSERT INTO {FACETS} ({_COLUMNS}) SELECT DISTINCT {_COLUMNS}"
        f" FROM ({combinations}) c WHERE true ON CONFLICT ({_COLUMNS}) DO NOTHING"
    )
    same = " AND ".join(f"f.{name} = c.{name}" for name in _COLUMNS.split(", "))
    update = (
        f"WITH found AS MATERIALIZED (SELECT c.id, f.id AS facets FROM ({combinations}) c"
        f" JOIN {FACETS} f ON {same})"
        f" UPDATE {ENTRY} SET facets_id = found.facets FROM found"
        f" WHERE found.id = {ENTRY}.article_id"
    )
    return insert, update


def stale_facets(vendor_name: str) -> str:
    """A query for the keys of entries whose combination is not that of their article."""
    article = "e.article_id"
    sets = _sets(_vendor(vendor_name).CONCAT, article)
    same = [f"f.{name} = a.{name}" for name in ("kind", "status", "audience")]
    same += [f"f.{name} = {value}" for name, value in sets.items()]
    return (
        f"SELECT e.translation_id FROM {ENTRY} e JOIN {ARTICLE} a ON a.id = {article}"
        f" LEFT JOIN {FACETS} f ON f.id = e.facets_id"
        f" WHERE f.id IS NULL OR NOT ({' AND '.join(same)}) ORDER BY 1"
    )


def _combinations(vendor_name: str, article: str) -> str:
    sets = _sets(_vendor(vendor_name).CONCAT, article)
    listed = ", ".join(f"{value} AS {name}" for name, value in sets.items())
    return f"SELECT a.id, a.kind, a.status, a.audience, {listed} FROM {ARTICLE} a"


def _sets(concat: str, article: str) -> dict[str, str]:
    """The columns that are sets, each as an expression."""
    tables = {
        "platforms": ("platform_id", ARTICLE_PLATFORMS),
        "families": ("kind", CODE),
        "languages": ("language", ENTRY),
    }
    return {name: _members(concat, *source, article) for name, source in tables.items()}


def _members(concat: str, column: str, table: str, article: str) -> str:
    # The alias keeps the table apart from one of the same name that ``article`` speaks of.
    rows = (
        f"SELECT DISTINCT m.{column} AS x FROM {table} m WHERE m.article_id = {article} ORDER BY 1"
    )
    return f"COALESCE((SELECT ',' || {concat} || ',' FROM ({rows}) s), '')"
