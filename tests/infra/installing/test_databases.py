"""DATABASE_URL: both engines with their options, anything else refused."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.utils import ConnectionHandler

from kbportal.environment import databases
from tests.infra.project import read


def test_default_is_sqlite_in_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL")
    entry = databases.database(tmp_path / "var")
    assert entry["ENGINE"] == databases.SQLITE
    assert entry["NAME"] == str(tmp_path / "var" / "db.sqlite3")
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert (tmp_path / "var").is_dir()


def test_options_of_the_address_win(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/a.sqlite3?timeout=3")
    assert databases.database(tmp_path)["OPTIONS"]["timeout"] == 3


def test_postgresql(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:p%40ss@db.example:5433/portal")
    entry = databases.database(tmp_path)
    assert entry["ENGINE"] == databases.POSTGRESQL
    assert (entry["PASSWORD"], entry["PORT"]) == ("p@ss", 5433)
    assert (entry["CONN_MAX_AGE"], entry["CONN_HEALTH_CHECKS"]) == (60, True)
    assert "jit=off" in entry["OPTIONS"]["options"]


def test_postgresql_takes_the_settings_of_the_address_after_the_portals_own(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/portal?options=-c%20jit=on")
    options = databases.database(tmp_path)["OPTIONS"]["options"]
    assert options == f"{databases.POSTGRESQL_OPTIONS} -c jit=on"
    assert f"`{databases.POSTGRESQL_OPTIONS}`" in read("README.md")


def test_postgresql_with_a_pool_keeps_no_connections_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/portal")
    monkeypatch.setenv("DATABASE_POOL", "6")
    entry = databases.database(tmp_path)
    assert entry["OPTIONS"]["pool"]["max_size"] == 6
    assert entry["CONN_MAX_AGE"] == 0


def test_missing_driver_is_named_with_its_remedy(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/portal")
    monkeypatch.setattr(databases, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements-postgres\.txt"):
        databases.database(tmp_path)


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://db.example/portal", "postgres://u:secret@h:x/y"]
)
def test_other_addresses_are_refused_without_showing_a_password(monkeypatch, tmp_path, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as caught:
        databases.database(tmp_path)
    assert "secret" not in str(caught.value)


def test_folder_that_cannot_be_made_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/file/db.sqlite3")
    with pytest.raises(ImproperlyConfigured, match=f"{tmp_path}/file"):
        databases.database(tmp_path)


@pytest.mark.sqlite
@pytest.mark.django_db
def test_sqlite_waits_and_enforces_foreign_keys(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/db.sqlite3")
    wrapper = DatabaseWrapper(
        ConnectionHandler({"default": databases.database(tmp_path)}).settings["default"]
    )
    with wrapper.cursor() as cursor:
        names = ("foreign_keys", "busy_timeout", "journal_mode")
        values = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
    wrapper.close()
    assert values == [1, 20_000, "wal"]


@pytest.mark.django_db
@pytest.mark.postgres
def test_tests_marked_postgres_run_on_it():
    assert connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'portée' COLLATE \"C\" < 'z'")
        assert cursor.fetchone() == (True,)
