"""Notes a search for the editors' report, without making the reader wait or fail for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connections, router
from django.http import HttpRequest

from kbportal.replication.watch import primary_is_away

from ...access import reader_of
from ...models import SearchLog
from ...search import SearchResult, record
from .learning import seal

#: Milliseconds that a reader may wait for another writer, such as an import, to finish.
_PATIENCE = 50


def note(request: HttpRequest, text: str, result: SearchResult) -> str:
    """Log a search; return the sealed name of the entry, empty where nothing was logged.

    Editors try what readers would find: their searches say nothing of what readers look for.
    """
    if request.method == "HEAD" or result.kind == "empty" or reader_of(request).is_editor:
        return ""
    if primary_is_away():
        return ""
    database = router.db_for_write(SearchLog)
    try:
        with _hurry(database):
            return seal(record(database, text, result))
    except DatabaseError:  # the answer matters more than the note of it
        return ""


@contextmanager
def _hurry(database: str) -> Iterator[None]:
    """Give up early where writers wait for each other: SQLite has one at a time."""
    connection = connections[database]
    if connection.vendor != "sqlite":
        yield
        return
    usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    connection.ensure_connection()
    connection.connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
    try:
        yield
    finally:
        connection.connection.execute(f"PRAGMA busy_timeout = {usual}")
