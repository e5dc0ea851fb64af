"""From DATABASE_URL to Django's DATABASES entry, tuned for each of the two supported engines."""

import re
import sqlite3
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django.utils.translation import gettext as _

from kbportal.environment import env

_DJANGOS_SQLITE, SQLITE = "django.db.backends.sqlite3", "kbportal.sqlite"
POSTGRESQL = "django.db.backends.postgresql"

#: Readers go on while one process writes (WAL); a writer takes the lock when its transaction
#: begins (IMMEDIATE) and waits for its turn (timeout) instead of failing half-way.
#: Pages are read through a mapping (mmap_size), which the system may drop, instead of copied: the
#: file of 100,000 articles has 800 MB.
#: What a query keeps aside while it runs (temp_store) is small and needs no files.
#: To compile a statement of the search takes a millisecond, as long as to run it, and there are
#: hundreds, by how many words are asked for; 512 that are kept take 5 MB (cached_statements).
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "cached_statements": 512,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA foreign_keys=ON;"
        "PRAGMA mmap_size=1073741824;"
        "PRAGMA journal_size_limit=67108864;"
        "PRAGMA cache_size=-20000;"
        "PRAGMA temp_store=MEMORY;"
    ),
}
#: Every statement is short: compiling it, or starting processes to share it, takes longer than
#: running it; and its pages are in memory, where those of an index cost as much as any others.
#: Who waits for a lock gets a message after as long as on SQLite, never an endless page.
POSTGRESQL_OPTIONS = (
    "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1 -c lock_timeout=20s"
)
#: PostgreSQL's states for a lock that was not to be had, and for two that waited for each other.
_BUSY_STATES = {"55P03", "40P01"}
#: Of a server that is away, starts, stops, has no room, or takes no changes; and of a statement
#: that took too long.
_AWAY_STATES = ("08", "53", "57P", "57014")
_READ_ONLY_STATE = "25006"
_AWAY_WORDS = ("unable to open database", "disk i/o error")
_READ_ONLY_WORDS = "readonly database"
#: The disk of the database has no room (PostgreSQL: ``disk_full``).
_FULL_STATE, _FULL_WORDS = "53100", "database or disk is full"
#: Seconds until a server that does not answer is given up, and milliseconds for one that was there.
_CONNECTING = {"connect_timeout": 5, "tcp_user_timeout": 20_000}
#: What readers and editors wait for is short; commands such as ``migrate`` may take their time.
_SERVING_OPTIONS = "-c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
REMEDY = (
    "Write sqlite:////absolute/path.sqlite3 or postgresql://user:password@host:5432/name; "
    "in a password / ? # [ ] are %2F %3F %23 %5B %5D."
)


def database(data_dir: Path) -> dict[str, Any]:
    """Return the ``default`` entry of ``DATABASES``.

    ``data_dir`` is the folder of ``db.sqlite3``, used when ``DATABASE_URL`` is not set.

    Raise ``ImproperlyConfigured``: the address is malformed, of another engine, or needs a folder
    or a package that is not there.
    """
    url = env.text("DATABASE_URL", f"sqlite:///{data_dir / 'db.sqlite3'}")
    return entry_of(url, "DATABASE_URL")


def entry_of(url: str, name: str) -> dict[str, Any]:
    """Return the entry of ``DATABASES`` for the address ``url``, which ``name`` gave.

    Raise ``ImproperlyConfigured``: see ``database``. The address is never repeated: it holds a
    password.
    """
    try:
        entry: dict[str, Any] = {**dj_database_url.parse(_whole(url))}
    except ValueError:
        raise env.refuse(name, "is no address of a database", REMEDY) from None
    options = entry.setdefault("OPTIONS", {})
    if entry["ENGINE"] == _DJANGOS_SQLITE:
        entry["ENGINE"] = SQLITE
        entry["OPTIONS"] = SQLITE_OPTIONS | options
        entry["CONN_MAX_AGE"] = None
        _make_folder(Path(entry["NAME"]).parent)
    elif entry["ENGINE"] == POSTGRESQL:
        _tune_postgresql(entry, options)
    else:
        raise env.refuse(name, "names neither SQLite nor PostgreSQL", REMEDY)
    return entry


def replicas(primary: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the entries of ``DATABASES`` for DATABASE_REPLICA_URLS, by their aliases.

    Raise ``ImproperlyConfigured``: see ``database``; or they are not, as the primary, of
    PostgreSQL.
    """
    found: dict[str, dict[str, Any]] = {}
    for number, url in enumerate(env.words("DATABASE_REPLICA_URLS"), start=1):
        entry = entry_of(url, "DATABASE_REPLICA_URLS")
        if {entry["ENGINE"], primary["ENGINE"]} != {POSTGRESQL}:
            why = "needs PostgreSQL there and in DATABASE_URL"
            raise env.refuse("DATABASE_REPLICA_URLS", why, REMEDY)
        found[f"replica_{number}"] = entry | {"TEST": {"MIRROR": "default"}}
    return found


def _whole(url: str) -> str:
    """Return ``url`` where its password ends at the host.

    Raise ``ValueError``: it ends before, at a character that has to be written as %2F, %3F or %23:
    a part of it would be taken for the name of the database, which messages show.
    """
    scheme, _colon, rest = url.partition("://")
    _authority, *after = re.split("[/?#]", rest, maxsplit=1)
    if scheme.startswith("postgres") and "@" in "".join(after):
        raise ValueError("a password is cut")
    return url


def described(entry: Mapping[str, Any]) -> str:
    """Return which database an entry of ``DATABASES`` means, in words and without its password."""
    if entry["ENGINE"] == SQLITE:
        return f"SQLite, {entry['NAME']}"
    host = entry.get("HOST") or _("this machine")
    place = f"{host}:{entry.get('PORT') or 5432}"
    return _("PostgreSQL, %(name)s at %(place)s") % {"name": entry["NAME"], "place": place}


def announced(entry: Mapping[str, Any]) -> str:
    """Return the line by which a command says which database it uses."""
    return _("Database: %s") % described(entry)


def shared_cache(url: str) -> dict[str, Any]:
    """Return the entry of ``CACHES`` for CACHE_URL, which several hosts share.

    Raise ``ImproperlyConfigured``: it is no address of Redis, or the client is not installed.
    """
    if urlsplit(url).scheme not in ("redis", "rediss"):
        raise env.refuse("CACHE_URL", "is no address of Redis", "Write redis://host:6379/0.")
    if find_spec("redis") is None:
        raise env.refuse(
            "CACHE_URL",
            "needs a client of Redis",
            "Run: pip install --require-hashes -r requirements-postgres.txt",
        )
    options = {"socket_timeout": 1, "socket_connect_timeout": 1}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": "portal",
        "OPTIONS": options,
    }


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise env.refuse(
            "DATABASE_URL",
            f"or DATA_DIR needs the folder {folder}, which cannot be made ({error.strerror})",
            "Make its parent writable, or choose another folder.",
        ) from None


def _tune_postgresql(entry: dict[str, Any], options: dict[str, Any]) -> None:
    if find_spec("psycopg") is None:
        raise env.refuse(
            "DATABASE_URL",
            "asks for PostgreSQL, whose driver is not installed",
            "Run: pip install --require-hashes -r requirements-postgres.txt",
        )
    # Of two that set the same, the server takes the last: that of the address.
    options["options"] = f"{POSTGRESQL_OPTIONS} {options.get('options', '')}".strip()
    entry["OPTIONS"] = options = _CONNECTING | options
    pool_size = env.number("DATABASE_POOL", 0)
    if pool_size:
        # Django refuses a pool together with connections kept by each thread.
        # One that cannot connect tries again after a second, then two, and never waits longer.
        options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 5}
        options["pool"] |= {"reconnect_timeout": 4}
        entry["CONN_MAX_AGE"] = 0
    else:
        entry["CONN_MAX_AGE"] = 60
    # Of a pool, too: after a restart of the server every connection in it is dead.
    entry["CONN_HEALTH_CHECKS"] = True


def bound_statements(entry: dict[str, Any]) -> None:
    """Let no statement of the web server run for ever; before its first connection is made."""
    if entry["ENGINE"] == POSTGRESQL:
        entry["OPTIONS"]["options"] = f"{entry['OPTIONS'].get('options', '')} {_SERVING_OPTIONS}"


def is_busy(error: BaseException | None) -> bool:
    """Return whether a statement failed for other writers alone: sent again it may succeed."""
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state in _BUSY_STATES or "locked" in str(error)


def is_read_only(error: BaseException | None) -> bool:
    """Return whether the database takes no changes, as a replica."""
    if not isinstance(error, DatabaseError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state == _READ_ONLY_STATE or _READ_ONLY_WORDS in str(error)


def is_full(error: BaseException | None) -> bool:
    """Return whether the disk had no room for a change: all that is there can be read.

    The connection is as good as before, and has to stay. With the last one SQLite deletes the files
    of its log (https://sqlite.org/wal.html, section 2.3), and on a full disk nobody could make them
    again to read.
    """
    if not isinstance(error, OperationalError):
        return False
    return getattr(error.__cause__, "sqlstate", None) == _FULL_STATE or _FULL_WORDS in str(error)


def is_away(error: BaseException | None) -> bool:
    """Return whether the database could not be asked, or did not answer in time."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError) or is_full(error):
        return False
    words = str(error).lower()
    if error.__cause__ is None or isinstance(error.__cause__, sqlite3.Error):
        return any(word in words for word in _AWAY_WORDS)
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(_AWAY_STATES)


def open_anew() -> None:
    """Close this thread's connections after the request, and open others for the next.

    SQLite's stay what they were when they were opened: read-only, or of a file that is gone.
    """
    for connection in connections.all(initialized_only=True):
        connection.close_at = 0
