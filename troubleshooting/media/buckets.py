"""Files in a bucket of an S3-compatible store, by django-storages.

What goes wrong on the way to the store is an ``OSError`` here, as it is with a disk: who keeps or
shows files need not know where they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage


@contextmanager
def _as_of_a_disk() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(str(error)) from error


class BucketStorage(S3Storage):
    """As S3Storage. Every method raises ``OSError`` where the store fails or refuses."""

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        store: Any = super()
        with _as_of_a_disk():
            file: File[bytes] = store._open(name, mode)
            _ = file.file  # fetched now: later nobody catches what goes wrong
            return file

    def _save(self, name: str, content: File[Any]) -> str:
        store: Any = super()
        with _as_of_a_disk():
            return str(store._save(name, content))

    def exists(self, name: str) -> bool:
        store: Any = super()
        with _as_of_a_disk():
            return bool(store.exists(name))

    def delete(self, name: str) -> None:
        store: Any = super()
        with _as_of_a_disk():
            store.delete(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        store: Any = super()
        with _as_of_a_disk():
            folders, files = store.listdir(path)
            return list(folders), list(files)
