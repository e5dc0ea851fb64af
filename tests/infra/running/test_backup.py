"""Backups: whole or not there, restored into an empty place alone, equal row by row."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connections

from kbportal.environment import databases
from tests.infra.other_databases import allow, empty_postgresql
from tests.infra.project import ROOT
from troubleshooting.models import GapReport
from troubleshooting.operation.backup import BackupError, write_backup
from troubleshooting.operation.copying import opened
from troubleshooting.operation.restore import restore_backup, unpack
from troubleshooting.operation.rows import digests
from troubleshooting.operation.scratch import scratch_folder

IMAGE = "0123456789abcdef.png"


@pytest.fixture
def backup(transactional_db, tmp_path: Path, settings) -> Path:
    """A backup of two rows and an image; what it was made of."""
    allow("backup_copy", "restored", "place")
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / IMAGE).write_bytes(b"an image")
    User.objects.create_superuser("chief", password="x")
    GapReport.objects.create(subject="0x1", key="1", language="fr")
    path = tmp_path / "portal.backup"
    manifest = write_backup(path)
    assert manifest["rows"] == {table: list(one) for table, one in digests("default").items()}
    return path


@pytest.fixture
def place(tmp_path: Path, settings, monkeypatch) -> Path:
    """An empty place to restore into."""
    folder = tmp_path / "place"
    settings.DATA_DIR, settings.MEDIA_ROOT = folder, folder / "media"
    entry = databases.entry_of(f"sqlite:///{folder}/db.sqlite3", "x")
    monkeypatch.setitem(settings.DATABASES, "default", entry)
    return folder


@pytest.mark.sqlite
def test_what_is_restored_is_equal(backup: Path, place: Path):
    before = digests("default")
    restore_backup(backup)
    with opened("place", databases.entry_of(f"sqlite:///{place}/db.sqlite3", "x")) as alias:
        assert digests(alias) == before
    assert (place / "media" / IMAGE).read_bytes() == b"an image"
    assert sorted(path.name for path in place.iterdir()) == ["db.sqlite3", "media"]
    with pytest.raises(BackupError, match="occupied"):
        restore_backup(backup)


@pytest.mark.postgres
def test_on_postgresql_too_and_what_differs_is_taken_back(backup: Path, tmp_path: Path):
    before, whole = digests("default"), backup.read_bytes()

    def restore(url: str) -> subprocess.CompletedProcess:
        settings = {"DATABASE_URL": url, "DATA_DIR": str(tmp_path / "place")}
        command = [sys.executable, "manage.py", "restore", str(backup)]
        environment = {"PATH": os.environ["PATH"], "DEFAULT_LANGUAGE": "en", **settings}
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    with (
        empty_postgresql("place") as url,
        opened("place", databases.entry_of(url, "x")) as alias,
    ):
        with connections[alias].cursor() as cursor:
            cursor.execute("CREATE FUNCTION stays() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        backup.write_bytes(said(rows={})(whole))
        assert restore(url).returncode == 1
        assert connections[alias].introspection.table_names() == []
        backup.write_bytes(whole)
        done = restore(url)
        assert done.returncode == 0, done.stderr[-2000:]
        assert digests(alias) == before
        assert (tmp_path / "place" / "media" / IMAGE).read_bytes() == b"an image"
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT stays()")


def test_it_is_for_the_eyes_of_its_owner_and_overwrites_nothing(backup: Path):
    assert backup.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in backup.parent.iterdir()) == ["media", backup.name]
    with pytest.raises(BackupError, match="exists"):
        write_backup(backup)


_HOLD = """
import sys, time
from pathlib import Path
from troubleshooting.operation.scratch import scratch_folder
with scratch_folder(Path(sys.argv[1]), ".backup-") as folder:
    (folder / "database.sqlite3").write_bytes(b"a copy")
    print(folder, flush=True)
    time.sleep(600)
"""


def test_what_a_killed_command_left_goes_with_the_next_and_nothing_else(tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".backup-link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / ".backup-file").touch()
    command = [sys.executable, "-c", _HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout is not None
            held = Path(other.stdout.readline().strip())
            with scratch_folder(tmp_path, ".backup-") as mine:
                assert held.is_dir()
                assert mine.is_dir()
        finally:
            other.kill()
    assert list(held.iterdir())
    with scratch_folder(tmp_path, ".backup-") as mine:
        assert not held.exists()
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [".backup-file", ".backup-link", "elsewhere"]


def cut(share: float) -> Callable[[bytes], bytes]:
    return lambda content: content[: int(len(content) * share)]


def changed(name: str, change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Return what gives an archive with one file changed, its manifest as it was."""

    def make(content: bytes) -> bytes:
        made = io.BytesIO()
        with (
            tarfile.open(fileobj=io.BytesIO(content)) as old,
            tarfile.open(fileobj=made, mode="w") as new,
        ):
            for entry in old:
                body = old.extractfile(entry).read()
                if entry.name.startswith(name):
                    body = change(body)
                    entry.size = len(body)
                if body or not entry.name.startswith(name):
                    new.addfile(entry, io.BytesIO(body))
        return made.getvalue()

    return make


def said(**values: object) -> Callable[[bytes], bytes]:
    return changed("manifest", lambda body: json.dumps(json.loads(body) | values).encode())


def with_path(name: str, kind: bytes = tarfile.REGTYPE) -> Callable[[bytes], bytes]:
    def make(content: bytes) -> bytes:
        made = io.BytesIO(content)
        with tarfile.open(fileobj=made, mode="a") as archive:
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            entry.size = int(kind == tarfile.REGTYPE)
            archive.addfile(entry, io.BytesIO(b"x"))
        return made.getvalue()

    return make


#: What somebody did to a backup -> why it is refused.
SPOILED = [
    (lambda _: b"", "unreadable"),
    (lambda _: b"no archive, but a long text of somebody" * 100, "partial"),
    (cut(0.2), "partial"),
    (cut(0.6), "partial"),
    (changed("manifest", lambda _: b""), "partial"),
    (changed("manifest", lambda _: b"{}"), "damaged"),
    (changed("manifest", lambda _: b"[1]"), "damaged"),
    (changed("media", lambda _: b"another"), "damaged"),
    (changed("media", lambda _: b""), "damaged"),
    (changed("database", lambda body: body[:-1] + b"\0\1"), "damaged"),
    (with_path("media/more.png"), "damaged"),
    (with_path("media/../../outside"), "damaged"),
    (with_path("../outside"), "damaged"),
    (with_path("/outside"), "damaged"),
    (with_path("manifest.json"), "damaged"),
    (with_path("media/link", tarfile.SYMTYPE), "damaged"),
    (with_path("media/device", tarfile.CHRTYPE), "damaged"),
    (said(format=99), "newer"),
    (said(migrations=["troubleshooting.9999_later"]), "newer"),
    (said(database="oracle"), "engine"),
]


@pytest.mark.parametrize(("spoil", "reason"), SPOILED)
@pytest.mark.sqlite
def test_what_is_not_whole_is_refused_and_nothing_is_left(
    backup: Path, place: Path, spoil: Callable[[bytes], bytes], reason: str
):
    backup.write_bytes(spoil(backup.read_bytes()))
    with pytest.raises(BackupError, match=reason):
        restore_backup(backup)
    assert list(place.iterdir()) == []
    assert not (place.parent / "outside").exists()


@pytest.mark.sqlite
def test_rows_that_the_manifest_does_not_know_are_noticed(backup: Path, place: Path):
    backup.write_bytes(said(rows={})(backup.read_bytes()))
    with pytest.raises(BackupError, match="differs"):
        restore_backup(backup)


def test_the_administrator_is_told_in_words(backup: Path):
    with pytest.raises(CommandError, match="existe déjà"):
        call_command("backup", str(backup))


@pytest.mark.sqlite
def test_a_backup_under_writers_is_one_state(transactional_db, tmp_path: Path, settings):
    """Two reports in each transaction: a state between them is none."""
    allow("backup_copy")
    settings.MEDIA_ROOT = tmp_path / "media"
    path, stop = str(connections["default"].settings_dict["NAME"]), threading.Event()
    insert = "INSERT INTO django_session VALUES (?, '', '2030-01-01')"

    def write() -> None:
        writer = sqlite3.connect(path, timeout=20)
        number = 0
        while not stop.is_set():
            with writer:
                writer.executemany(insert, [[f"{number}-a"], [f"{number}-b"]])
            number += 1
        writer.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(3):
            manifest = write_backup(tmp_path / f"{number}.backup")
            folder = tmp_path / str(number)
            unpack(tmp_path / f"{number}.backup", folder)
            copy = sqlite3.connect(folder / "database.sqlite3")
            (rows,) = copy.execute("SELECT count(*) FROM django_session").fetchone()
            assert rows % 2 == 0
            assert manifest["rows"]["django_session"][0] == rows
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            copy.close()
    finally:
        stop.set()
        thread.join()
