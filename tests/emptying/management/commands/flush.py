"""Empty the database by a copy of an empty one, where it is SQLite."""

from django.core.management.commands import flush
from django.db import DEFAULT_DB_ALIAS, connections

from tests.kept import empty


class Command(flush.Command):
    """Django's ``flush``, and on SQLite what comes to the same in less time."""

    def handle(self, **options) -> None:
        """Empty the database that ``options`` name; only the default one is kept as a copy."""
        database = options["database"]
        if database == DEFAULT_DB_ALIAS and connections[database].vendor == "sqlite":
            empty()
        else:
            super().handle(**options)
