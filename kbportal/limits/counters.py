"""Counts of what an address or an account did lately, shared by all processes.

On one machine they stand in a small SQLite file of their own, so that a flood of requests never
waits for, or holds up, the portal's database; on several machines in Redis (``CACHE_URL``). A count
goes up before the work that it bounds begins, in one atomic step: forty attempts at once are forty.
Names of accounts and addresses are stored as keyed hashes.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

_SCHEMA = """
PRAGMA journal_mode=TRUNCATE;
PRAGMA synchronous=OFF;
CREATE TABLE IF NOT EXISTS counts(
    name BLOB PRIMARY KEY, number INTEGER NOT NULL, until REAL NOT NULL
) WITHOUT ROWID;
"""
#: A count that ends later than it could have begun is of a clock that was set back since.
_HIT = """
INSERT INTO counts VALUES (:name, 1, :now + :seconds) ON CONFLICT(name) DO UPDATE SET
    number = CASE WHEN until BETWEEN :now AND excluded.until + :seconds THEN number + 1 ELSE 1 END,
    until = CASE WHEN until BETWEEN :now AND excluded.until + :seconds THEN until
                 ELSE excluded.until END
RETURNING number, until
"""
_TAKE_BACK = "UPDATE counts SET number = number - 1 WHERE name = ? AND number > 0"
#: Seconds that a request waits for the file at most; a count is worth no more.
_PATIENCE = 0.5
#: Outdated rows are deleted once in so many hits.
_SWEEP = 2000


class Limit(NamedTuple):
    """So many times at most within so many seconds."""

    most: int
    seconds: int


class Tally(NamedTuple):
    """A count after a hit, and the seconds until it begins anew."""

    number: int
    seconds: int


class _OfThread(threading.local):
    """The connection of a thread, to the file that it was opened for."""

    path: Path | None = None
    connection: sqlite3.Connection
    hits = 0


_own = _OfThread()


def hit(kind: str, subject: str, limit: Limit) -> Tally:
    """Count what ``subject`` does once more, to be compared with ``limit``.

    Where the counts cannot be reached, nothing is counted: a full disk closes no portal.
    """
    try:
        if _in_cache():
            return _hit_in_cache(_name(kind, subject), limit.seconds)
        return _hit_in_file(_name(kind, subject), limit.seconds)
    except Exception as error:  # sqlite3 or any client of a cache: the portal goes on without
        logger.warning("Counts cannot be kept, so nothing is limited: %s", type(error).__name__)
        return Tally(0, 0)


def take_back(kind: str, subject: str, limit: Limit) -> None:
    """Count one less: what was counted turned out well."""
    name = _name(kind, subject)
    try:
        if _in_cache():
            caches["counters"].decr(_window(name, limit.seconds))
        else:
            _connection().execute(_TAKE_BACK, [name])
    except Exception as error:  # as above
        logger.warning("A count cannot be taken back: %s", type(error).__name__)


def forget(kind: str, subject: str, limit: Limit) -> None:
    """Let what ``subject`` did within the present window of ``limit`` count no longer."""
    name = _name(kind, subject)
    try:
        if _in_cache():
            caches["counters"].delete(_window(name, limit.seconds))
        else:
            _connection().execute("DELETE FROM counts WHERE name = ?", [name])
    except Exception as error:  # as above
        logger.warning("A count cannot be forgotten: %s", type(error).__name__)


def sweep() -> int:
    """Delete the counts whose time is over; return how many there were."""
    if _in_cache():
        return 0
    return _connection().execute("DELETE FROM counts WHERE until <= ?", [time.time()]).rowcount


def _in_cache() -> bool:
    return "counters" in settings.CACHES


def _name(kind: str, subject: str) -> bytes:
    return salted_hmac(f"counters.{kind}", subject, algorithm="sha256").digest()[:20]


def _connection() -> sqlite3.Connection:
    path = Path(settings.COUNTERS_FILE)
    if _own.path != path or not path.exists():
        _own.connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        _own.connection.executescript(_SCHEMA)
        _own.path = path
    return _own.connection


def _hit_in_file(name: bytes, seconds: int) -> Tally:
    connection, now = _connection(), time.time()
    values = {"name": name, "now": now, "seconds": seconds}
    number, until = connection.execute(_HIT, values).fetchone()
    _own.hits += 1
    if _own.hits % _SWEEP == 0:
        sweep()
    return Tally(number, max(1, round(until - now)))


def _window(name: bytes, seconds: int) -> str:
    return f"{name.hex()}:{int(time.time() // seconds)}"


def _hit_in_cache(name: bytes, seconds: int) -> Tally:
    """Count in windows that begin at the same time for all: a cache tells no time that is left."""
    key, cache = _window(name, seconds), caches["counters"]
    cache.add(key, 0, seconds)
    return Tally(cache.incr(key), max(1, round(seconds - time.time() % seconds)))
