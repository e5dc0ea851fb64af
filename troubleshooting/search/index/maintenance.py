"""The index stays there after migrations. Connected to ``post_migrate`` by the app's config."""

from __future__ import annotations

from typing import Any

from django.db import connections

from ..engines import ddl
from ..engines.tables import CONTENT, TEXT


def prepare_after_migrate(using: str, **kwargs: Any) -> None:
    """Create the full-text index and triggers that are missing, and fill the index again.

    A migration that rebuilds ``SearchText`` under SQLite drops its triggers; what was written
    since is not in the full-text index, so it is made anew from the rows. Where facets were
    declared otherwise before, all articles get their combinations anew. Does nothing as long as the
    tables are not there, and for other databases than SQLite and PostgreSQL.
    """
    connection = connections[using]
    if connection.vendor not in ddl.VENDORS:
        return
    names = connection.introspection.table_names()
    if not {TEXT, CONTENT}.issubset(names):
        return
    if ddl.prepare(connection):
        ddl.rebuild_full_text(connection)
        ddl.refresh_facets(connection)
    # A flush leaves some where it empties their table before those whose triggers write them.
    ddl.delete_unused_facets(connection)
