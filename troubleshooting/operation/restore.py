"""The way back from a backup: into an empty place alone, and only what is whole."""

from __future__ import annotations

import json
import shutil
import tarfile
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader

from kbportal.environment.databases import SQLITE, entry_of

from ..media.stored import put, stored_names
from .backup import DATABASES, FORMAT, MANIFEST, MEDIA, BackupError, file_hash, run_program
from .copying import opened
from .rows import digests, table_names
from .scratch import scratch_folder


def restore_backup(path: Path) -> dict[str, Any]:
    """Restore the backup ``path`` and return its manifest.

    Everything is unpacked beside the data and compared with the manifest, file by file and row by
    row, before anything is put in its place.

    Raise ``BackupError``: ``unreadable``, ``partial``, ``damaged``, ``newer``, ``engine``,
    ``occupied``, ``program``, ``disk`` or ``differs``.
    """
    if is_occupied():
        raise BackupError("occupied")
    data = Path(settings.DATA_DIR)
    try:
        data.mkdir(parents=True, exist_ok=True)
        with scratch_folder(data, ".restore-") as folder:
            manifest = unpack(path, folder)
            _check_version(manifest)
            _put_database(manifest, folder)
            _put_media(folder / MEDIA)
    except FileExistsError as error:  # one name twice
        raise BackupError("damaged", Path(error.filename).name) from error
    except OSError as error:
        raise BackupError("disk", error.strerror or str(error)) from error
    return manifest


def is_occupied() -> bool:
    """Return whether the portal's database has a table or its media folder a file."""
    entry = settings.DATABASES["default"]
    if entry["ENGINE"] == SQLITE and not Path(entry["NAME"]).exists():
        has_tables = False  # to ask would make the file
    else:
        has_tables = bool(table_names("default"))
    return has_tables or any(True for _name in stored_names())


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Unpack the archive ``path`` into ``folder`` and return its manifest; every hash is right.

    Raise ``BackupError``: it is no archive, is not whole, was changed, or comes of a newer portal.
    """
    try:
        with tarfile.open(path, mode="r:") as archive:
            for member in archive:
                _unpack_one(archive, member, folder)
    except tarfile.ReadError as error:
        raise BackupError("partial" if path.stat().st_size else "unreadable", str(error)) from None
    except (tarfile.TarError, EOFError) as error:
        raise BackupError("unreadable", str(error)) from None
    if not (folder / MANIFEST).is_file():
        raise BackupError("partial", MANIFEST)
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        files = manifest["files"]
        if manifest["format"] > FORMAT:
            raise BackupError("newer", f"format {manifest['format']}")
        _check_files(folder, files)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BackupError("damaged", MANIFEST) from None
    return manifest


def _unpack_one(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one file of the archive below ``folder``; what has no place there is refused.

    By hand: ``extractall`` knows how to refuse only from Python 3.11.4 on.
    """
    path = PurePosixPath(member.name)
    is_ours = path.parts[0] == MEDIA.rstrip("/") or member.name in (MANIFEST, *DATABASES.values())
    source = archive.extractfile(member) if member.isreg() else None
    if source is None or not is_ours or ".." in path.parts or path.is_absolute():
        raise BackupError("damaged", member.name)
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with source, target.open("xb") as stream:
        shutil.copyfileobj(source, stream)


def _check_files(folder: Path, files: dict[str, dict[str, Any]]) -> None:
    present = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    } - {MANIFEST}
    if odd := present ^ set(files):
        raise BackupError("damaged", min(odd))
    for name, said in files.items():
        with (folder / name).open("rb") as stream:
            if file_hash(stream) != said["sha256"]:
                raise BackupError("damaged", name)


def _check_version(manifest: dict[str, Any]) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = [
        name
        for name in manifest["migrations"]
        if name not in known and name.split(".")[0] in {one.split(".")[0] for one in known}
    ]
    if unknown:
        raise BackupError("newer", unknown[-1])
    vendor = connections["default"].vendor
    if manifest["database"] != vendor:
        raise BackupError("engine", manifest["database"])


def _put_database(manifest: dict[str, Any], folder: Path) -> None:
    file = folder / DATABASES[manifest["database"]]
    if manifest["database"] == "sqlite":
        with opened("restored", entry_of(f"sqlite:///{file}", "restore")) as alias:
            _compare(manifest, alias)
        target = Path(settings.DATABASES["default"]["NAME"])
        connections["default"].close()
        for suffix in ("-wal", "-shm"):
            Path(f"{file}{suffix}").unlink(missing_ok=True)
            Path(f"{target}{suffix}").unlink(missing_ok=True)
        shutil.move(file, target)
    else:
        wanted = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
        name = settings.DATABASES["default"]["NAME"]
        before = _removals()
        run_program("pg_restore", *wanted, f"--dbname={name}", str(file))
        try:
            _compare(manifest, "default")
        except BackupError:
            _take_back(before)
            raise


#: Tables and functions of the schema, each as the statement that removes it; what belongs to an
#: extension stays with it, and what hangs on a table goes with that.
_REMOVALS = """
SELECT format('DROP TABLE IF EXISTS %I CASCADE', relname) FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
UNION ALL
SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure) FROM pg_proc AS routine
WHERE pronamespace = current_schema()::regnamespace AND NOT EXISTS (
    SELECT FROM pg_depend WHERE objid = routine.oid AND deptype = 'e'
)
"""


def _removals() -> list[str]:
    """Return the statements that remove what a PostgreSQL database holds."""
    with connections["default"].cursor() as cursor:
        cursor.execute(_REMOVALS)
        return [statement for (statement,) in cursor.fetchall()]


def _take_back(before: list[str]) -> None:
    """Remove what a restore wrote; what ``before`` says was there already stays."""
    with transaction.atomic(), connections["default"].cursor() as cursor:
        for statement in _removals():
            if statement not in before:
                cursor.execute(statement)


def _compare(manifest: dict[str, Any], alias: str) -> None:
    """Compare every row, as long as this program's tables are those of the backup."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if not known <= set(manifest["migrations"]):
        return  # of an earlier version: the files are right, its columns are not known here
    for table, digest in digests(alias).items():
        if manifest["rows"].get(table) != list(digest):
            raise BackupError("differs", table)


def _put_media(folder: Path) -> None:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        put(path.name, path)
