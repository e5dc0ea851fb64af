"""``manage.py migrate``: a migration and the note that it was applied are one transaction.

Django commits a migration first and notes it then, where some of its statements come last (indexes
of foreign keys; ticket 32374). A process that is killed in between leaves tables that no migration
is noted for, and ``migrate`` fails ever after: "table already exists".
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.commands import migrate
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class WholeMigrationExecutor(MigrationExecutor):
    """Applies each migration whole or not at all, the note of it included."""

    def apply_migration(
        self,
        state: ProjectState,
        migration: Migration,
        fake: bool = False,
        fake_initial: bool = False,
    ) -> ProjectState:
        """Apply ``migration``; it may say itself that it needs no transaction."""
        if fake or not migration.atomic:
            return super().apply_migration(state, migration, fake, fake_initial)
        with _whole(self.connection):
            return super().apply_migration(state, migration, fake, fake_initial)


@contextmanager
def _whole(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Make one transaction of the block, in which SQLite's tables may be made anew.

    SQLite takes a change of how foreign keys are checked outside of transactions only.
    """
    is_checking = connection.disable_constraint_checking()
    try:
        with transaction.atomic(connection.alias):
            yield
    finally:
        if is_checking:
            connection.enable_constraint_checking()


# The command names the class by its module and offers no other way to choose it.
migrate.MigrationExecutor = WholeMigrationExecutor  # type: ignore[attr-defined]  # a name it imported


class Command(migrate.Command):
    """Applies migrations as Django does, each whole."""
