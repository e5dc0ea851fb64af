"""Looks at every server once a second, each in its own thread: one that hangs delays no other."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from kbportal.replication.standing import Standing

logger = logging.getLogger(__name__)
#: Of psycopg, which is installed only with PostgreSQL.
Connection = Any
#: Seconds between two looks, and those that the first request waits for the first looks.
_PERIOD, _PATIENCE = 1.0, 2.0
#: Of the primary what is safe on its disk; of a replica what its readers see.
PRIMARY = "SELECT (pg_current_wal_flush_lsn() - '0/0')::bigint"
REPLICA = "SELECT (pg_last_wal_replay_lsn() - '0/0')::bigint"
#: What has just been written, safe on disk or not.
WRITE_POSITION = "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint"


class Watch:
    """Begins with the first request of a process: threads do not live on in forked ones."""

    def __init__(self) -> None:
        self.standing = Standing(settings.DATABASE_REPLICA_LAG)
        self._lock = threading.Lock()
        self._began = False

    def begin(self) -> None:
        """Start to look, once in a process, and wait a little for the first looks."""
        if self._began:
            return
        with self._lock:
            if self._began:
                return
            seen = []
            for alias in (DEFAULT_DB_ALIAS, *settings.REPLICAS):
                seen.append(threading.Event())
                name, given = f"watch-{alias}", (alias, seen[-1])
                threading.Thread(target=self._look, args=given, name=name, daemon=True).start()
            until = time.monotonic() + _PATIENCE
            for event in seen:
                event.wait(max(0.0, until - time.monotonic()))
            self._began = True

    def _look(self, alias: str, seen: threading.Event) -> None:
        connection: Connection = None
        was_there = True
        while True:
            try:
                connection = connection or _connect(alias)
                self._note(alias, _position(connection, alias))
                is_there = True
            except Exception as error:  # of a driver that may not be installed
                _close(connection)
                is_there, connection = False, None
                if was_there:
                    logger.warning("Database %s is away: %s", alias, type(error).__name__)
                self._lose(alias)
            if is_there and not was_there:
                logger.warning("Database %s is back", alias)
            was_there = is_there
            seen.set()
            time.sleep(_PERIOD)

    def _note(self, alias: str, position: int) -> None:
        if alias == DEFAULT_DB_ALIAS:
            self.standing.note_primary(position)
        else:
            self.standing.note_replica(alias, position)

    def _lose(self, alias: str) -> None:
        if alias == DEFAULT_DB_ALIAS:
            self.standing.lose_primary()
        else:
            self.standing.doubt(alias)


def _connect(alias: str) -> Connection:
    parameters = {**connections[alias].get_connection_params(), "cursor_factory": None}
    parameters["options"] = "-c statement_timeout=3s"
    driver: Any = connections[alias].Database  # type: ignore[attr-defined]  # psycopg itself
    return driver.connect(**parameters, autocommit=True)


def _position(connection: Connection, alias: str) -> int:
    """Return the position of a server.

    Raise ``ValueError``: what is called a replica never was one.
    """
    row = connection.execute(PRIMARY if alias == DEFAULT_DB_ALIAS else REPLICA).fetchone()
    if row is None or row[0] is None:
        raise ValueError(f"{alias} is no replica")
    return int(row[0])


def _close(connection: Connection) -> None:
    if connection is not None:
        connection.close()


_watch: Watch | None = None
_making = threading.Lock()


def watch() -> Watch:
    """Return the watch of this process."""
    global _watch
    with _making:
        if _watch is None:
            _watch = Watch()
        return _watch


def primary_is_away() -> bool:
    """Return whether it is known that nothing can be written now; False without replicas."""
    return bool(settings.REPLICAS) and not watch().standing.primary_answers()
