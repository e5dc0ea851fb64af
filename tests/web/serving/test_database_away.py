"""A database that is away, read-only or too slow: a kept page, or 503 in the reader's language."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError, connection
from django.test import Client

from kbportal.environment import databases
from tests.web.content import BILINGUAL
from troubleshooting.caching import version
from troubleshooting.views import errors, home

ARTICLE = f"/fr/articles/{BILINGUAL}/"


def raised(kind: type[DatabaseError], text: str, state: str | None = "") -> DatabaseError:
    """Return an error as Django raises it: of SQLite, or of PostgreSQL with its ``state``."""
    error = kind(text)
    error.__cause__ = sqlite3.OperationalError(text) if state == "" else PostgresError(state)
    return error


class PostgresError(Exception):
    def __init__(self, sqlstate: str | None) -> None:
        self.sqlstate = sqlstate


#: An error -> what the reader is told; "" where it is a fault of the program.
TOLD = [
    (raised(OperationalError, "database is locked"), "est occupé"),
    (raised(OperationalError, "attempt to write a readonly database"), "Rien ne peut être"),
    (raised(OperationalError, "unable to open database file"), "ne répond pas"),
    (raised(OperationalError, "disk I/O error"), "ne répond pas"),
    (raised(OperationalError, "database or disk is full"), "Rien ne peut être"),
    (raised(OperationalError, "no such table: x"), ""),
    (raised(DatabaseError, "database disk image is malformed"), ""),
    (raised(OperationalError, "connection refused", None), "ne répond pas"),
    (raised(OperationalError, "terminating connection", "57P01"), "ne répond pas"),
    (raised(OperationalError, "starting up", "57P03"), "ne répond pas"),
    (raised(OperationalError, "too many clients", "53300"), "ne répond pas"),
    (raised(OperationalError, "could not extend file", "53100"), "Rien ne peut être"),
    (raised(OperationalError, "statement timeout", "57014"), "ne répond pas"),
    (raised(OperationalError, "lock timeout", "55P03"), "est occupé"),
    (raised(InternalError, "read-only transaction", "25006"), "Rien ne peut être"),
    (raised(InterfaceError, "connection already closed", None), "ne répond pas"),
    (raised(DatabaseError, "syntax error", "42601"), ""),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("error", "told"), TOLD, ids=lambda value: str(value))
def test_what_readers_are_told(client: Client, monkeypatch, error, told: str):
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr(home.HomeView, "get_context_data", fail)
    client.raise_request_exception = False
    answer = client.get("/fr/?x=1")
    assert answer.status_code == (503 if told else 500)
    assert told in answer.content.decode()
    assert answer.headers.get("Retry-After") == ("30" if told else None)


@pytest.mark.usefixtures("portal")
def test_pages_that_are_kept_are_shown_while_the_database_is_away(client, monkeypatch):
    cache.clear()
    assert client.get(ARTICLE).status_code == 200
    away = raised(OperationalError, "connection refused", None)

    def refuse(connection: object) -> str:
        raise away

    monkeypatch.setattr(version, "state", refuse)
    client.raise_request_exception = False
    assert client.get(ARTICLE).status_code == 200
    assert client.get("/fr/codes/").status_code == 503
    monkeypatch.undo()
    assert client.get("/fr/codes/").status_code == 200


@pytest.mark.usefixtures("portal")
def test_another_fault_of_the_database_is_not_covered_up(client, monkeypatch):
    cache.clear()
    client.get(ARTICLE)
    broken = raised(OperationalError, "no such table: x")
    monkeypatch.setattr(version, "state", lambda _: (_ for _ in ()).throw(broken))
    client.raise_request_exception = False
    assert client.get(ARTICLE).status_code == 500


@pytest.mark.django_db
def test_connections_of_a_bad_time_are_not_kept():
    connection.ensure_connection()
    before = connection.close_at
    databases.open_anew()
    assert connection.close_at == 0
    connection.close_at = before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "is_closed"),
    [
        (raised(OperationalError, "database or disk is full"), False),
        (raised(OperationalError, "could not extend file", "53100"), False),
        (raised(OperationalError, "attempt to write a readonly database"), True),
        (raised(OperationalError, "disk I/O error"), True),
    ],
    ids=str,
)
def test_a_full_disk_alone_closes_no_connection(rf, error, is_closed: bool):
    connection.ensure_connection()
    before, connection.close_at = connection.close_at, None
    try:
        raise error
    except OperationalError:
        answer = errors.server_error(rf.get("/fr/"))
    after, connection.close_at = connection.close_at, before
    assert answer.status_code == 503
    assert (after == 0) == is_closed


@pytest.mark.sqlite
def test_sqlite_says_of_a_full_disk_what_is_looked_for(tmp_path: Path):
    with sqlite3.connect(tmp_path / "full.sqlite3") as database:
        database.execute("CREATE TABLE words (word)")
        database.execute("PRAGMA max_page_count = 2")
        with pytest.raises(sqlite3.OperationalError) as raising:
            database.execute("INSERT INTO words VALUES (zeroblob(100000))")
    database.close()
    error = OperationalError(str(raising.value))
    error.__cause__ = raising.value
    assert databases.is_full(error)
    assert not databases.is_away(error)


def test_statements_of_the_web_server_end():
    entry = {"ENGINE": databases.POSTGRESQL, "OPTIONS": {"options": "-c jit=off"}}
    databases.bound_statements(entry)
    assert entry["OPTIONS"]["options"].startswith("-c jit=off -c statement_timeout=30s")
    sqlite = SimpleNamespace(entry={"ENGINE": databases.SQLITE, "OPTIONS": {}}).entry
    databases.bound_statements(sqlite)
    assert sqlite["OPTIONS"] == {}
