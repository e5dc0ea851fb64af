"""The files of images where they are kept, a folder or a bucket: listed, read and put there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages


def folder() -> Path | None:
    """Return the folder of the images; None where they are in a bucket."""
    store = storages["default"]
    return Path(store.location) if isinstance(store, FileSystemStorage) else None


def stored_names() -> Iterator[str]:
    """Yield the names of all files, in no order. Raise ``OSError``: the store does not answer."""
    root = folder()
    if root is None:
        yield from storages["default"].listdir("")[1]
        return
    for path in root.rglob("*") if root.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(root).as_posix()


def open_stored(name: str) -> IO[bytes] | File[Any]:
    """Open a file. Raise ``FileNotFoundError``: it is gone, and ``OSError``: it cannot be read."""
    return storages["default"].open(name, "rb")


def put(name: str, path: Path) -> None:
    """Move the file ``path`` to the others, in place of what has its name."""
    root = folder()
    if root is not None:
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, target)
        return
    with path.open("rb") as stream:
        storages["default"].save(name, File(stream))
    path.unlink()
