"""A pytest plugin for ``scripts/mutants.py``: tries many planted faults in one process.

Every fault stands in the code beside the sound expression, as ``after if planted.on(7) else
before``; ``PLANTED`` says which one counts (0: none). Starting Django and making a database take
longer than most tests, so both are done once, and every fault is tried in a fork: first the tests
that run its expression, and all tests where that happens while data is prepared, which later tests
share. What runs before the first fork, as a module is imported, is tried in a process of its own.
Each fork begins with the database as it was made: some tests empty it, and what the next then lacks
would be taken for a fault noticed.

Prints a line of JSON for each fault: its number and ``survived`` (and how many
tests run it), ``noticed`` (and by which) or ``early``, which asks for a process of its own.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import time
from collections import defaultdict
from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Any

import pytest
from django.db import connection, connections

#: A run with a fault that takes so many times as long as the sound one never ends.
TIMES = 6
#: In seconds; a busy machine is no endless loop.
LEAST = 60

_early: set[int] = set()
_reached: dict[int, set[str]] = defaultdict(set)
_prepared: set[int] = set()
_now: dict[str, str] = {}
#: The database as it was made, where it was.
_made: list[sqlite3.Connection] = []


def on(number: int) -> bool:
    """Return whether fault ``number`` is planted; note which test came here."""
    if "test" in _now:
        _reached[number].add(_now["test"])
        if _now["phase"] != "call":
            _prepared.add(number)
    else:
        _early.add(number)
    return os.environ.get("PLANTED") == str(number)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None]:
    """Tell what a test does from what is prepared for it."""
    before = _now.get("phase", "")
    _now["phase"] = "call"
    yield
    _now["phase"] = before


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep why a test failed."""
    if report.failed:
        _now["why"] = report.longreprtext


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Try the faults that ``PLANTED_ALL`` lists; without it run the tests as ever."""
    listed = os.environ.get("PLANTED_ALL")
    if not listed:
        return None
    _make_database(session)
    begin = time.monotonic()
    sound = _in_fork(session, 0, session.items, 3600)
    if sound is None or sound["failed"]:
        _tell(0, f"failed: {sound and (sound['failed'], sound['why'])}")
        return True
    seconds = time.monotonic() - begin
    reached, prepared = sound["reached"], set(sound["prepared"])
    for number in map(int, listed.split(",")):
        if number in _early:
            _tell(number, "early")
            continue
        came = set(reached.get(str(number), ()))
        items = [item for item in session.items if item.nodeid in came]
        if number in prepared:
            items += [item for item in session.items if item.nodeid not in came]
        found = _in_fork(session, number, items, max(LEAST, TIMES * seconds)) if items else sound
        noticed = found is None or found["failed"]
        _tell(
            number,
            _noticed(found) if noticed else f"survived {len(came)} tests",
        )
    return True


def _noticed(found: dict[str, Any] | None) -> str:
    """Return by which test, and why it failed; one that never ended tells nothing."""
    lines = (found or {}).get("why", "").splitlines()
    why = next((line[4:] for line in lines if line.startswith("E   ")), "")
    return f"noticed {found and found['failed']} ({why.strip()[:80]})"


def _make_database(session: pytest.Session) -> None:
    """Run one test that needs the database, which is made once for all."""
    for item in session.items:
        if item.get_closest_marker("django_db"):
            _now.update(test=item.nodeid, phase="setup")
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=_Anything(session))
            _now.clear()
            if renew := getattr(item, "_initrequest", None):  # what it was given is used up
                renew()
            _keep_database()
            break


def _keep_database() -> None:
    with _open_database() as made:
        _made[:] = [sqlite3.connect(":memory:")]
        made.backup(_made[0])


def _put_database_back() -> None:
    for made in _made:
        with _open_database() as now:
            made.backup(now)


def _open_database() -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(connection.settings_dict["NAME"]))


class _Anything:
    """Stands for the test that comes next, of which nothing is known but the session."""

    def __init__(self, session: pytest.Session) -> None:
        self._session = session

    def listchain(self) -> list[pytest.Session]:
        """Return what is not taken down before it."""
        return [self._session]


def _in_fork(
    session: pytest.Session, number: int, items: Sequence[pytest.Item], seconds: float
) -> dict[str, Any] | None:
    """Return what came of ``items`` in a process of its own; None: it did not end."""
    connections.close_all()
    _put_database_back()
    sys.stdout.flush()
    source, target = os.pipe()
    child = os.fork()
    if not child:
        os.close(source)
        with os.fdopen(target, "w") as pipe:
            json.dump(_run(session, number, items, seconds), pipe)
        os._exit(0)
    os.close(target)
    with os.fdopen(source) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else None


def _run(
    session: pytest.Session, number: int, items: Sequence[pytest.Item], seconds: float
) -> dict[str, Any]:
    os.environ["PLANTED"] = str(number)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process
    signal.alarm(int(seconds))
    before, failed = session.testsfailed, ""
    for place, item in enumerate(items):
        _now.update(test=item.nodeid, phase="setup")
        following = items[place + 1] if place + 1 < len(items) else _Anything(session)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed > before:
            failed = item.nodeid
            break
    reached = {one: sorted(tests) for one, tests in _reached.items()}
    return {
        "failed": failed,
        "why": _now.get("why", ""),
        "reached": reached,
        "prepared": sorted(_prepared),
    }


def _tell(number: int, what: str) -> None:
    print(f"PLANTED {json.dumps([number, what])}", file=sys.__stderr__, flush=True)
