"""Files of an upload, kept between the rehearsal of an import and the import itself."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

#: Seconds after which an upload that nobody imported goes away.
KEPT_FOR = 24 * 60 * 60


def keep(files: Iterable[UploadedFile[Any]]) -> str:
    """Write ``files`` to a folder of their own; return the name by which it is found again."""
    _clear()
    token = secrets.token_urlsafe(24)
    inner = _folder(token) / "files"
    inner.mkdir(parents=True, mode=0o700)
    for file in files:
        with (inner / Path(file.name or "").name).open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
    return token


def folder_of(token: str) -> Path | None:
    """Return the folder with the files of an upload; None where they are gone."""
    folder = _folder(token) / "files"
    return folder if token and folder.is_dir() else None


def drop(token: str) -> None:
    """Delete the files of an upload."""
    if folder := folder_of(token):
        shutil.rmtree(folder.parent, ignore_errors=True)


def _folder(token: str) -> Path:
    return Path(settings.DATA_DIR) / "uploads" / token


def _clear() -> None:
    """Delete what was kept for too long."""
    before = time.time() - KEPT_FOR
    root = Path(settings.DATA_DIR) / "uploads"
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)
