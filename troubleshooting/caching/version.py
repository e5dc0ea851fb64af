"""Knows, by one cheap query, whether anything that readers see has changed.

Triggers replace a random token in the same transaction as the change, so that no writer can
forget it, be it ``QuerySet.update``, the admin, an import or a deletion that cascades; a
transaction that is rolled back brings the old token back with the old content. The token is random
since a counter would repeat itself after a restored backup.

Connected to ``post_migrate``, because a migration that rebuilds a table under SQLite drops the
table's triggers without a word; each statement may be run again.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

VERSION = "troubleshooting_contentversion"
#: Every table that some kept page is made of; a test compares them with what the pages read.
TABLES = tuple(
    f"troubleshooting_{name}"
    for name in (
        "article",
        "article_platforms",
        "articletranslation",
        "codecitation",
        "errorcode",
        "formeraddress",
        "platform",
        "renderedtranslation",
        "revision",
        "sourcedocument",
        "sourceentry",
        "symptom",
    )
)
_EVENTS = ("INSERT", "UPDATE", "DELETE")
_ANEW = {
    "sqlite": f"INSERT OR REPLACE INTO {VERSION} (id, token) VALUES (1, hex(randomblob(16)))",
    "postgresql": (
        f"INSERT INTO {VERSION} (id, token) VALUES (1, gen_random_uuid()::text)"
        " ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token"
    ),
}


def prepare_after_migrate(using: str, **kwargs: Any) -> None:
    """Creates the triggers and a token, as soon as the tables are there."""
    connection = connections[using]
    names = set(connection.introspection.table_names())
    if connection.vendor not in _ANEW or not names.issuperset((VERSION, *TABLES)):
        return
    with connection.cursor() as cursor:
        for statement in [*_statements(connection.vendor), _ANEW[connection.vendor]]:
            cursor.execute(statement)


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {table}_{event.lower()}_is_new AFTER {event} ON {table}"
            f" BEGIN {_ANEW[vendor]}; END"
            for table in TABLES
            for event in _EVENTS
        ]
    function = (
        "CREATE OR REPLACE FUNCTION troubleshooting_content_is_new() RETURNS trigger"
        f" LANGUAGE plpgsql AS $$ BEGIN {_ANEW[vendor]}; RETURN NULL; END $$"
    )
    return [
        function,
        *(
            f"CREATE OR REPLACE TRIGGER {table}_is_new"
            f" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION troubleshooting_content_is_new()"
            for table in TABLES
        ),
    ]


def renew(connection: BaseDatabaseWrapper) -> None:
    """Says that what readers see has changed, where no trigger can tell: the search index."""
    with connection.cursor() as cursor:
        cursor.execute(_ANEW[connection.vendor])


def token(connection: BaseDatabaseWrapper) -> str:
    """The token of the present state; "" where none is known, and then nothing may be kept."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT token FROM {VERSION} WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else ""
