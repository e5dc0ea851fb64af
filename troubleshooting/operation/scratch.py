"""Folders for what is needed while a command runs; what a killed one left goes with the next."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from pathlib import Path


@contextmanager
def scratch_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Make a folder of ``prefix`` in ``parent`` and give it; delete it at the end.

    First those are deleted that killed processes left behind: each may hold a copy of the whole
    database. Who has a folder holds a lock on it, which ends with the process however that ends.

    Raise ``OSError``: there is no room, or no right to write there.
    """
    for left in parent.glob(f"{prefix}*"):
        _delete_unless_held(left)
    folder, held = _make(parent, prefix)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def _make(parent: Path, prefix: str) -> tuple[Path, int]:
    """Make a folder that is held, and return it with what holds it.

    Another process may take it for left behind before it is held; then there is another one.
    """
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        try:
            held = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue
        with suppress(OSError):  # where nothing can be held, nothing is taken for left behind
            flock(held, LOCK_SH)
        if folder.is_dir():
            return folder, held
        os.close(held)


def _delete_unless_held(folder: Path) -> None:
    with suppress(OSError):
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            flock(held, LOCK_EX | LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(held)
