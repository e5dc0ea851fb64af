"""Where a request reads: one database for all of it, so that no page is made of two states."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

_reading: ContextVar[str] = ContextVar("reading", default=DEFAULT_DB_ALIAS)


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Read from the database ``alias``, outside of transactions on the primary."""
    token = _reading.set(alias)
    try:
        yield
    finally:
        _reading.reset(token)


def alias_for_reading() -> str:
    """Return the database to read now. What a transaction reads belongs to its database."""
    alias = _reading.get()
    if alias != DEFAULT_DB_ALIAS and connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return DEFAULT_DB_ALIAS
    return alias


def connection_for_reading() -> BaseDatabaseWrapper:
    """Return this thread's connection to the database to read now."""
    return connections[alias_for_reading()]


class ReplicaRouter:
    """Reads go where the request reads, everything else to the primary."""

    def db_for_read(self, model: type[Model], **hints: object) -> str | None:
        """Return where to read; None where there are no replicas."""
        return alias_for_reading() if settings.REPLICAS else None

    def db_for_write(self, model: type[Model], **hints: object) -> str | None:
        """Return where to write."""
        return DEFAULT_DB_ALIAS if settings.REPLICAS else None

    def allow_relation(self, one: Model, other: Model, **hints: object) -> bool | None:
        """Return that rows of the same database may be related, wherever they were read."""
        ours = {DEFAULT_DB_ALIAS, *settings.REPLICAS}
        return True if {one._state.db, other._state.db} <= ours else None

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool | None:
        """Return that replicas get their tables from the primary."""
        return False if db in settings.REPLICAS else None
