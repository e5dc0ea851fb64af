"""Connections to SQLite; of a database on a disk that is mounted read-only, to read alone.

There SQLite cannot make the files of its log, without which it opens no database that keeps one.
Where no log was left the file is whole by itself, and nobody can change it: SQLite reads it if it
is told so (https://sqlite.org/wal.html, section 5; https://sqlite.org/uri.html, ``immutable``).
"""

from __future__ import annotations

import os
from pathlib import Path
from sqlite3 import OperationalError
from typing import Any

from django.db.backends.sqlite3 import base

_NOT_OPENED = "unable to open database file"


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection, or one that only reads and is not kept."""

    #: Whether this connection was told that nobody changes the file.
    is_of_frozen_file = False

    def connect(self) -> None:
        """Connect; what only reads ends with the request, for the disk may be writable then."""
        super().connect()
        if self.is_of_frozen_file:
            self.close_at = 0

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection; raise ``sqlite3.OperationalError`` where there is none to be had."""
        self.is_of_frozen_file = False
        try:
            return super().get_new_connection(conn_params)
        except OperationalError as error:
            path = Path(conn_params["database"])
            if _NOT_OPENED not in str(error) or not is_frozen(path):
                raise
        uri = f"{path.resolve().as_uri()}?immutable=1"
        connection = super().get_new_connection({**conn_params, "database": uri})
        self.is_of_frozen_file = True
        return connection


def is_frozen(path: Path) -> bool:
    """Return whether the database ``path`` is whole without a log, on a disk that takes nothing."""
    log = Path(f"{path}-wal")
    if not path.is_file() or (log.exists() and log.stat().st_size):
        return False
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
