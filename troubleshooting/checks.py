"""System checks: what the portal needs and a migration or a restored dump may have lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from .search.engines import ddl
from .search.engines.tables import TEXT


@register(Tags.database)
def search_index_is_there(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Return an error where the full-text index or its triggers are missing.

    Run by ``migrate`` and ``check --database``.
    """
    messages: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor not in ddl.VENDORS:
            messages.append(_unsupported(alias, connection.vendor))
        elif TEXT in connection.introspection.table_names():
            messages += [_lost(alias, name) for name in ddl.missing(connection)]
    return messages


def _unsupported(alias: str, vendor: str) -> Error:
    return Error(
        f"The search does not work on {vendor} (database {alias!r}).",
        hint="Use SQLite or PostgreSQL: set DATABASE_URL.",
        id="troubleshooting.E001",
    )


def _lost(alias: str, name: str) -> Error:
    return Error(
        f"The search index of database {alias!r} lacks {name!r}.",
        hint="Run: manage.py check_index --fix",
        id="troubleshooting.E002",
    )
