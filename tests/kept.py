"""A filled portal kept from test to test, since to fill one takes longer than most tests.

``inserted`` is for tests in a transaction: the first in a worker fills the database, reads all
rows of the app and takes them back; each test inserts these rows in its own transaction.
``copied`` is for tests whose writes are committed, as a browser needs them: the database is put
back as it was when it had been filled. After each of these, ``empty`` puts it back as ``flush``
leaves it (``tests/emptying``), which takes longer: it deletes from every table, and makes all
permissions anew.

To debug: is a test wrong only with kept rows? Let the fixture ``portal`` of ``tests/web`` return
``make_portal()`` instead. Then print ``_read()`` after both, and compare: a table that differs is
written by a trigger, and belongs before or after that of the trigger in ``_tables``.
Slow only? Then ``fill`` runs too often: see for what ``inserted`` fills again.

Each test gets objects of its own and a content token of its own, so that nothing the portal
remembers of another test is taken for the present state.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Hashable
from contextlib import closing
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.management.commands.flush import Command as DjangosFlush
from django.db import connection, transaction

from troubleshooting.models import ContentVersion
from troubleshooting.search.engines.tables import ARTICLE_PLATFORMS, FACETS

#: Columns that PostgreSQL works out by itself.
GENERATED = {"vector", "head"}

#: Writes to the database and returns objects of what it wrote.
Fill = Callable[[], Any]


def is_transactional(item: pytest.Item) -> bool:
    """Return whether what ``item`` writes is committed."""
    marker = item.get_closest_marker("django_db")
    committing = {"transactional_db", "live_server"} & set(item.fixturenames)
    return bool(committing or (marker and marker.kwargs.get("transaction")))


Row = tuple[Any, ...]
#: The columns and rows of each table.
Rows = dict[str, tuple[list[str], list[Row]]]


def inserted(key: Hashable, fill: Fill) -> Any:
    """Return what ``fill`` returns, its rows being in the database, in a test's own transaction.

    ``fill`` runs once per ``key``, and again where the database does not hold what it held then:
    after a committing test has emptied it, or below a fixture that writes before.
    """
    before = _read()
    if key not in _kept or _kept[key][0] != before:
        _kept[key] = before, *_filled(fill)
    _, after, content = _kept[key]
    _insert({table: rows for table, rows in after.items() if rows != before[table]})
    _new_token()
    return deepcopy(content)


_kept: dict[Hashable, tuple[Rows, Rows, Any]] = {}


def _filled(fill: Fill) -> tuple[Rows, Any]:
    """Return all rows as ``fill`` leaves them, and what it returned; take it back."""
    with transaction.atomic():
        content = fill()
        after = _read()
        transaction.set_rollback(True)
    return after, content


def _tables() -> list[str]:
    """Return the tables of the app; last the one whose triggers read all others.

    The triggers write combinations of facets unless they are there, so these come first. The
    token of the content is written by triggers only.
    """
    models = apps.get_app_config("troubleshooting").get_models(include_auto_created=True)
    names = {model._meta.db_table for model in models} - {ContentVersion._meta.db_table}
    return [FACETS, *sorted(names - {FACETS, ARTICLE_PLATFORMS}), ARTICLE_PLATFORMS]


@cache
def _columns() -> dict[str, list[str]]:
    """Return the columns to keep of each table, asked once: to describe tables is slow."""
    with connection.cursor() as cursor:
        described = {
            table: connection.introspection.get_table_description(cursor, table)
            for table in _tables()
        }
    return {
        table: [column.name for column in columns if column.name not in GENERATED]
        for table, columns in described.items()
    }


def _read() -> Rows:
    rows: Rows = {}
    with connection.cursor() as cursor:
        for table, columns in _columns().items():
            named = ", ".join(map(connection.ops.quote_name, columns))
            cursor.execute(f"SELECT {named} FROM {table} ORDER BY 1")
            rows[table] = columns, cursor.fetchall()
    return rows


def _insert(kept: Rows) -> None:
    """Make the tables hold these rows, and number new ones after them."""
    with connection.cursor() as cursor:
        for table in reversed(kept):
            cursor.execute(f"DELETE FROM {table}")
        for table, (columns, rows) in kept.items():
            places = ", ".join(["%s"] * len(columns))
            named = ", ".join(map(connection.ops.quote_name, columns))
            insert = f"INSERT INTO {table} ({named}) VALUES ({places})"
            cursor.executemany(insert, rows)
        models = apps.get_app_config("troubleshooting").get_models(include_auto_created=True)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


_new: list[sqlite3.Connection] = []


def keep_new() -> None:
    """Keep a copy of the database that was just migrated, for ``copy_new`` (SQLite only)."""
    if connection.vendor == "sqlite":
        _new[:] = [sqlite3.connect(":memory:")]
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as migrated:
            migrated.backup(_new[0])


def copy_new(path: Path) -> None:
    """Write the database of a new portal to a file (SQLite only).

    For portals in processes of their own, which would take seconds to migrate one.
    """
    with closing(sqlite3.connect(path)) as copy:
        _new[0].backup(copy)


_copies: dict[Fill, tuple[sqlite3.Connection, Any]] = {}


def copied(fill: Fill) -> Any:
    """What ``fill`` returns, and the database as it leaves an empty one.

    Only the first call with the same ``fill`` runs it, later ones copy the whole database back
    (SQLite only: elsewhere every call runs it).
    """
    if connection.vendor != "sqlite":
        return fill()
    if fill not in _copies:
        flush()  # as after any test of this kind
        _keep(fill, fill())
    return _put_back(fill)


def empty() -> None:
    """Leave the database as ``flush`` does, which runs for the first call only (SQLite only)."""
    if flush not in _copies:
        flush()
        _keep(flush, None)
    _put_back(flush)


def flush() -> None:
    """Empty the database by Django's own ``flush``, not by that of ``tests/emptying``."""
    call_command(DjangosFlush(), interactive=False, verbosity=0)


def _keep(fill: Fill, content: Any) -> None:
    connection.ensure_connection()
    _copies[fill] = sqlite3.connect(":memory:"), content
    connection.connection.backup(_copies[fill][0])


def _put_back(fill: Fill) -> Any:
    kept, content = _copies[fill]
    connection.ensure_connection()
    kept.backup(connection.connection)
    ContentType.objects.clear_cache()  # their numbers are others in each state
    _new_token()
    return deepcopy(content)


def _new_token() -> None:
    ContentVersion.objects.update(token=secrets.token_hex(16))
