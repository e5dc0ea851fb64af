"""One file that holds all of a portal, written while it is in use, and the way back.

A tar archive: images, then the database (SQLite's own online copy, or ``pg_dump``), then a manifest
with the hash of each file and of each table's rows. The manifest comes last: an archive without one
was not finished. The key that signs sessions and the settings are not in it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from kbportal.environment.databases import entry_of

from ..media.stored import open_stored, stored_names
from .copying import opened
from .rows import digests
from .scratch import scratch_folder

FORMAT = 1
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
MEDIA = "media/"


class BackupError(Exception):
    """Nothing was written; ``reason`` is one of the words that a caller knows."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


def write_backup(path: Path) -> dict[str, Any]:
    """Write the backup ``path``, which appears whole or not at all; return its manifest.

    Raise ``BackupError``: ``exists``, ``program`` (``pg_dump`` is missing or too old) or ``disk``.
    """
    if path.exists():
        raise BackupError("exists", str(path))
    try:
        with scratch_folder(path.parent, ".backup-") as folder:
            part = folder / "part"
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                manifest = _archive(stream, folder)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(part, path)
    except OSError as error:
        raise BackupError("disk", error.strerror or str(error)) from error
    return manifest


def _archive(stream: Any, folder: Path) -> dict[str, Any]:
    vendor = connections["default"].vendor
    database = folder / DATABASES[vendor]
    files: dict[str, dict[str, Any]] = {}
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        _add_media(archive, files)
        rows, applied = _sqlite(database) if vendor == "sqlite" else _postgresql(database)
        # Images that came meanwhile: those that the database names are all there now. What an image
        # is named for is its content, so none has changed.
        _add_media(archive, files)
        _add(archive, database.name, database, files)
        manifest = {
            "format": FORMAT,
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": vendor,
            "migrations": applied,
            "files": files,
            "rows": rows,
        }
        content = json.dumps(manifest, indent=1, sort_keys=True).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return manifest


def _add_media(archive: tarfile.TarFile, files: dict[str, dict[str, Any]]) -> None:
    for name in sorted(stored_names()):
        if MEDIA + name not in files:
            try:
                with open_stored(name) as stream:
                    _add_stream(archive, MEDIA + name, stream, files)
            except FileNotFoundError:
                continue  # deleted just now: its row is gone before its file


def _add(archive: tarfile.TarFile, name: str, path: Path, files: dict[str, dict[str, Any]]) -> None:
    with path.open("rb") as stream:
        _add_stream(archive, name, stream, files)


def _add_stream(
    archive: tarfile.TarFile, name: str, stream: Any, files: dict[str, dict[str, Any]]
) -> None:
    digest = file_hash(stream)
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = stream.tell(), 0o600
    stream.seek(0)
    archive.addfile(entry, stream)
    files[name] = {"size": entry.size, "sha256": digest}


def file_hash(stream: Any) -> str:
    """Return the SHA-256 of what is left in a binary stream."""
    return hashlib.file_digest(stream, "sha256").hexdigest()


def _state(alias: str) -> tuple[dict[str, Any], list[str]]:
    """Return the digests of all rows and the names of the migrations, of one state."""
    rows = {table: list(digest) for table, digest in digests(alias).items()}
    recorder = MigrationRecorder(connections[alias])
    return rows, sorted(f"{app}.{name}" for app, name in recorder.applied_migrations())


def _sqlite(copy: Path) -> tuple[dict[str, Any], list[str]]:
    """Copy by SQLite's online backup, in one step: writers go on in the write-ahead log."""
    connection = connections["default"]
    connection.ensure_connection()
    with sqlite3.connect(copy) as target:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    target.close()
    with opened("backup_copy", entry_of(f"sqlite:///{copy}", "backup")) as alias:
        return _state(alias)


def _postgresql(dump: Path) -> tuple[dict[str, Any], list[str]]:
    """Let ``pg_dump`` write the very state that the digests are made of."""
    with transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        wanted = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        run_program("pg_dump", *wanted, f"--file={dump}")
        return _state("default")


def run_program(name: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on the portal's database; its password is on no command line.

    Raise ``BackupError``: ``program``: it is not there, or it failed and said why.
    """
    entry = settings.DATABASES["default"]
    values = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = {key: str(entry[field]) for key, field in values.items() if entry.get(field)}
    environment["PGDATABASE"] = entry["NAME"]
    command = [name, "--no-password", *arguments]
    try:
        done = subprocess.run(
            command, env={**os.environ, **environment}, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise BackupError("program", f"{name} is not installed") from None
    if done.returncode:
        said = " ".join(done.stderr.split())[:300]
        raise BackupError("program", said or f"{name} ended with {done.returncode}")
