"""Knows, by one cheap query, whether anything that readers see, or who they are, has changed.

Triggers replace a random token in the same transaction as the change, so that no writer can
forget it, be it ``QuerySet.update``, the admin, an import or a deletion that cascades; a
transaction that is rolled back brings the old token back with the old content. The token is random
since a counter would repeat itself after a restored backup.

Incidents begin and end although nobody writes. The same query counts those that have not ended, and
those that hold; under one token no two moments with other incidents count the same.

Connected to ``post_migrate``, because a migration that rebuilds a table under SQLite drops the
table's triggers without a word; each statement may be run again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

VERSION = "troubleshooting_contentversion"
#: Rows of that table: the state of what readers see, of who they are and what they may, and of the
#: words that editors keep for the search.
CONTENT, ACCOUNT, WORDS = 1, 2, 3
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
        "formerplatformaddress",
        "incident",
        "incident_articles",
        "incident_codes",
        "incident_platforms",
        "platform",
        "renderedtranslation",
        "revision",
        "sourcedocument",
        "sourceentry",
        "step",
        "symptom",
    )
)
#: Every table that says who somebody is and what they may; a test compares them with what Django
#: reads. A session is no part of it, nor when somebody last signed in: that is theirs alone.
ACCOUNTS = (
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "auth_user",
    "auth_user_groups",
    "auth_user_user_permissions",
    "django_content_type",
)
#: What editors keep for the search. No kept page is made of it, so it is no content.
EDITORS_WORDS = ("troubleshooting_vocabularyentry",)
_KINDS = {
    CONTENT: ("content", "is_new", TABLES),
    ACCOUNT: ("account", "may_differ", ACCOUNTS),
    WORDS: ("words", "are_new", EDITORS_WORDS),
}
#: How many incidents have not ended, and how many of them have begun, as columns of a query.
INCIDENTS = (
    "(SELECT count(*) FROM troubleshooting_incident WHERE ends > %s),"
    " (SELECT count(*) FROM troubleshooting_incident WHERE ends > %s AND starts <= %s)"
)
_UNIMPORTANT = {"auth_user": {"last_login"}}
_ANEW = {
    "sqlite": "INSERT OR REPLACE INTO {table} (id, token) VALUES ({row}, hex(randomblob(16)))",
    "postgresql": (
        "INSERT INTO {table} (id, token) VALUES ({row}, gen_random_uuid()::text)"
        " ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token"
    ),
}


class ContentState(NamedTuple):
    """What readers see: nothing may be kept where ``token`` is "".

    ``incidents`` have not ended, ``current`` of them have begun.
    """

    token: str
    incidents: int
    current: int


def _anew(vendor: str, row: int) -> str:
    return _ANEW[vendor].format(table=VERSION, row=row)


def _body(vendor: str, row: int) -> str:
    """Return what a trigger does.

    SQLite lets the statement that fires a trigger decide on conflicts inside of it: below the
    INSERT OR IGNORE by which Django adds to a relation, a REPLACE would do nothing.
    """
    if vendor == "sqlite":
        return f"DELETE FROM {VERSION} WHERE id = {row}; {_anew(vendor, row)}"
    return _anew(vendor, row)


def prepare_after_migrate(using: str, **kwargs: Any) -> None:
    """Create the triggers and the tokens, as soon as the tables are there."""
    connection = connections[using]
    names = set(connection.introspection.table_names())
    vendor = connection.vendor
    if vendor not in _ANEW or not names.issuperset((VERSION, *TABLES, *ACCOUNTS, *EDITORS_WORDS)):
        return
    with connection.cursor() as cursor:
        for row in _KINDS:
            for statement in [*_statements(connection, row), _anew(vendor, row)]:
                cursor.execute(statement)


def _statements(connection: BaseDatabaseWrapper, row: int) -> Iterator[str]:
    """Yield the SQL of the triggers that renew the token in ``row``."""
    kind, suffix, tables = _KINDS[row]
    anew = _body(connection.vendor, row)
    function = f"troubleshooting_{kind}_{suffix}()"
    if connection.vendor == "postgresql":
        yield (
            f"CREATE OR REPLACE FUNCTION {function} RETURNS trigger"
            f" LANGUAGE plpgsql AS $$ BEGIN {anew}; RETURN NULL; END $$"
        )
    for table in tables:
        update = f"UPDATE{_columns(connection, table)}"
        if connection.vendor == "postgresql":
            yield (
                f"CREATE OR REPLACE TRIGGER {table}_{suffix}"
                f" AFTER INSERT OR {update} OR DELETE OR TRUNCATE ON {table}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {function}"
            )
            continue
        for event in ("INSERT", update, "DELETE"):
            name = f"{table}_{event.split()[0].lower()}_{suffix}"
            yield f"DROP TRIGGER IF EXISTS {name}"  # what was written by an earlier program
            yield f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {anew}; END"


def _columns(connection: BaseDatabaseWrapper, table: str) -> str:
    """Return the columns whose updates count, as SQL; "" for all."""
    if table not in _UNIMPORTANT:
        return ""
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    names = [column.name for column in described if column.name not in _UNIMPORTANT[table]]
    return f" OF {', '.join(names)}"


def renew(connection: BaseDatabaseWrapper) -> None:
    """Say that what readers see has changed, where no trigger can tell: the search index."""
    with connection.cursor() as cursor:
        cursor.execute(_anew(connection.vendor, CONTENT))


def state(connection: BaseDatabaseWrapper) -> ContentState:
    """Return the present state, from one query; its token is "" where none is known."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT token, {INCIDENTS} FROM {VERSION} WHERE id = {CONTENT}",
            moments(connection),
        )
        row = cursor.fetchone()
    return ContentState(*row) if row else ContentState("", 0, 0)


def moments(connection: BaseDatabaseWrapper) -> list[Any]:
    """Return the values that ``INCIDENTS`` is asked with at this moment."""
    return [connection.ops.adapt_datetimefield_value(timezone.now())] * 3
