"""A filled portal kept from test to test, since to fill one takes longer than most tests.

``transaction`` is for tests in a transaction: those that ask for the same portal and follow one
another share what was written before theirs. ``copied`` is for tests whose writes are committed, as
a browser needs them: the database is put back as it was when it had been filled.

Each test gets objects of its own and a content token of its own, so that nothing the portal
remembers of another test is taken for the present state.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import deepcopy
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction

from troubleshooting.models import ContentVersion

#: Writes to the database and returns objects of what it wrote.
Fill = Callable[[], Any]


def is_transactional(item: pytest.Item) -> bool:
    """Return whether what ``item`` writes is committed."""
    marker = item.get_closest_marker("django_db")
    committing = {"transactional_db", "live_server"} & set(item.fixturenames)
    return bool(committing or (marker and marker.kwargs.get("transaction")))


class KeptTransaction:
    """At most one filled state, in a transaction around those of the tests.

    It ends before the fixtures of a test that needs another state: a browser runs an event loop
    in this thread, and there Django has another connection.
    """

    def __init__(self, unblock: Callable[[], AbstractContextManager]) -> None:
        """``unblock`` gives access to the database outside of tests."""
        self._unblock = unblock
        self._key: Any = None
        self._content: Any = None
        self._atomic: transaction.Atomic | None = None

    def begin(self, key: Any, fill: Fill) -> None:
        """Be in the state ``key``, made by ``fill``, if not there already."""
        if self._atomic:
            return
        with self._unblock():
            self._atomic = transaction.atomic()
            self._atomic.__enter__()
            self._content = fill()
        self._key = key

    def end(self, unless: Any = None) -> None:
        """Take back all that was written, ``unless`` this is the state."""
        if not self._atomic or (unless is not None and unless == self._key):
            return
        with self._unblock():
            transaction.set_rollback(True)
            self._atomic.__exit__(None, None, None)
        self._atomic = self._key = self._content = None

    def content(self) -> Any:
        """What ``fill`` returned, for one test; call it in that test's own transaction."""
        assert self._atomic, "Nothing is kept: is the hook of tests/conftest.py called?"
        _new_token()
        return deepcopy(self._content)


_copies: dict[Fill, tuple[sqlite3.Connection, Any]] = {}


def copied(fill: Fill) -> Any:
    """What ``fill`` returns, and the database as it leaves an empty one.

    Only the first call with the same ``fill`` runs it, later ones copy the whole database back
    (SQLite only: elsewhere every call runs it).
    """
    if connection.vendor != "sqlite":
        return fill()
    if fill not in _copies:
        call_command("flush", interactive=False, verbosity=0)  # as after any test of this kind
        content = fill()
        _copies[fill] = sqlite3.connect(":memory:"), content
        connection.connection.backup(_copies[fill][0])
    kept, content = _copies[fill]
    connection.ensure_connection()
    kept.backup(connection.connection)
    ContentType.objects.clear_cache()  # their numbers are others in each state
    _new_token()
    return deepcopy(content)


def _new_token() -> None:
    ContentVersion.objects.update(token=secrets.token_hex(16))
