"""A database on a disk that is mounted read-only is read, and takes no changes until it may.

``scripts.trials.faults`` mounts such a disk; here SQLite is refused what it would be refused there.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.backends.sqlite3.base import DatabaseWrapper as DjangosWrapper

from kbportal.environment import databases
from kbportal.sqlite import base

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def path(tmp_path: Path, monkeypatch) -> Path:
    """Return a database that nobody has open, on what passes for such a disk."""
    made = tmp_path / "a ? b.sqlite3"
    database = sqlite3.connect(made)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE words (word)")
    database.execute("INSERT INTO words VALUES ('there')")
    database.commit()
    database.close()
    assert [one.name for one in tmp_path.iterdir()] == [made.name]
    usual = DjangosWrapper.get_new_connection

    def refuse(self: DjangosWrapper, conn_params: dict[str, Any]) -> Any:
        if "immutable=1" not in conn_params["database"]:
            raise sqlite3.OperationalError("unable to open database file")
        return usual(self, conn_params)

    monkeypatch.setattr(DjangosWrapper, "get_new_connection", refuse)
    monkeypatch.setattr(base.os, "ST_RDONLY", base.os.statvfs(tmp_path).f_flag or 1)
    return made


def wrapper(path: Path) -> base.DatabaseWrapper:
    entry = databases.entry_of(f"sqlite:///{path}", "x") | {"NAME": str(path), "TEST": {}}
    settings = {**connection.settings_dict, **entry}
    return base.DatabaseWrapper(settings, "frozen")


def test_it_is_read_and_takes_no_change(path: Path):
    one = wrapper(path)
    with one.cursor() as cursor:
        assert cursor.execute("SELECT word FROM words").fetchall() == [("there",)]
        with pytest.raises(OperationalError) as refused:
            cursor.execute("INSERT INTO words VALUES ('more')")
    one.close()
    assert databases.is_read_only(refused.value)


def test_the_next_request_looks_again(path: Path, monkeypatch):
    one = wrapper(path)
    one.ensure_connection()
    one.close_if_unusable_or_obsolete()
    assert one.connection is None
    monkeypatch.undo()
    with one.cursor() as cursor:
        cursor.execute("INSERT INTO words VALUES ('more')")
    one.close_if_unusable_or_obsolete()
    assert one.connection is not None, "an ordinary connection is kept"
    one.close()


def test_a_log_that_was_left_is_not_passed_over(path: Path):
    Path(f"{path}-wal").write_bytes(b"committed")
    with pytest.raises(OperationalError, match="unable to open"):
        wrapper(path).ensure_connection()


def test_on_any_other_disk_it_is_told_that_it_cannot_be_opened(path: Path, monkeypatch):
    monkeypatch.setattr(base.os, "ST_RDONLY", 0)
    with pytest.raises(OperationalError, match="unable to open"):
        wrapper(path).ensure_connection()


def test_a_database_that_is_missing_is_missing(path: Path):
    path.unlink()
    with pytest.raises(OperationalError, match="unable to open"):
        wrapper(path).ensure_connection()
    assert not path.exists()
