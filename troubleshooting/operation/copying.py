"""From one database to another, of the same engine or the other; nothing differs afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from .rows import Digest, digests, rows_of, stored_models, table_names

_BATCH = 500
#: Tables in which no migration writes: a row in one of them is somebody's.
_SOMEBODYS = (
    "auth_user",
    "troubleshooting_article",
    "troubleshooting_sourcedocument",
    "troubleshooting_gapreport",
    "troubleshooting_searchlog",
)


class CopyError(Exception):
    """Nothing was copied, and why: ``reason`` is one of the words that a caller knows."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


@contextmanager
def opened(alias: str, entry: dict[str, Any]) -> Iterator[str]:
    """Make a database known as ``alias`` for a while."""
    connections.settings[alias] = connections.configure_settings({"default": entry})["default"]
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def copy_rows(source: str, target: str) -> dict[str, Digest]:
    """Copy all rows between two databases that Django knows; return the digests, equal on both.

    The target gets its tables by ``migrate``. All is written in one transaction, which ends only
    when every row was read back and is equal.

    Raise ``CopyError``: ``behind`` (the source needs ``migrate``), ``occupied`` (the target holds
    something), ``refused`` (the target takes a value not) or ``differs``.
    """
    if _unapplied(source):
        raise CopyError("behind")
    if occupied(target):
        raise CopyError("occupied")
    call_command("migrate", database=target, verbosity=0)
    with _frozen(source):
        before = digests(source)
        try:
            with transaction.atomic(using=target):
                _write(source, target)
                _compare(before, digests(target))
        except (DatabaseError, ValueError) as error:
            raise CopyError("refused", str(error).splitlines()[0]) from error
    return before


def occupied(alias: str) -> bool:
    """Return whether a database holds what somebody wrote."""
    present = table_names(alias)
    with connections[alias].cursor() as cursor:
        for table in _SOMEBODYS:
            if table in present:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
                if cursor.fetchone():
                    return True
    return False


def _unapplied(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _frozen(alias: str) -> Iterator[None]:
    """See one state of the database: SQLite has no writer meanwhile, PostgreSQL a snapshot."""
    connection = connections[alias]
    with transaction.atomic(using=alias):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write(source: str, target: str) -> None:
    models, connection = stored_models(), connections[target]
    with connection.cursor() as cursor:
        for model in models:  # what migrations wrote is in the source too
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
        for model in models:
            for batch in _batches(model, source):
                # Raw: dates that a save renews stay what they were.
                model._base_manager.using(target)._insert(  # type: ignore[attr-defined]  # as dumped, without `save`
                    batch, fields=model._meta.local_concrete_fields, using=target, raw=True
                )
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _batches(model: type[Model], source: str) -> Iterator[list[Model]]:
    batch: list[Model] = []
    names = [field.attname for field in model._meta.local_concrete_fields]
    for row in rows_of(model, source):
        batch.append(model.from_db(source, names, row))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _compare(before: dict[str, Digest], after: dict[str, Digest]) -> None:
    for table, digest in before.items():
        if after[table] != digest:
            raise CopyError("differs", table)
