"""Reads from replicas: which are read, by whom, and what happens where one fails.

With real servers, which are killed: ``python -m scripts.trials.replicas``.
"""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from kbportal.environment import databases
from kbportal.replication import middleware, router
from kbportal.replication.standing import FRESH, Standing
from troubleshooting.models import Article

#: Seconds -> what was seen then ("p": primary, "a" and "b": replicas, "-": doubted), and which
#: replicas may be read at the last moment, with two seconds of patience.
STANDING = {
    "nothing was seen": ([], 0, []),
    "both follow": ([(0, "p", 100), (0, "a", 100), (0, "b", 100)], 0, ["a", "b"]),
    "the primary is idle for long": (
        [(0, "p", 100), (0, "a", 100), *[(t, "p", 100) for t in range(1, 60)], (59, "a", 100)],
        59, ["a"],
    ),
    "one second behind": ([(0, "p", 100), (1, "p", 200), (1, "a", 150)], 1, ["a"]),
    "behind for longer": (
        [(0, "p", 100), (1, "p", 200), (4, "p", 300), (4, "a", 150), (4, "b", 200)], 4, ["b"],
    ),
    "hours behind when the process starts": ([(0, "p", 900), (0, "a", 100)], 0, []),
    "the primary dies, one had followed": (
        [(0, "p", 100), (1, "p", 200), (60, "a", 200), (60, "b", 50)], 60, ["a"],
    ),
    "a process starts while the primary is away": ([(0, "a", 100)], 0, ["a"]),
    "a replica hangs": ([(0, "a", 100), (FRESH + 1, "p", 100)], FRESH + 1, []),
    "the primary is lost, and somebody is ahead of what it said": (
        [(0, "p", 100), (0, "a", 100), (1, "x", 0), (1, "a", 100)], 1, ["a"],
    ),
    "a request failed": ([(0, "p", 100), (0, "a", 100), (1, "-", "a")], 1, []),
    "and it was seen again": (
        [(0, "p", 100), (0, "a", 100), (1, "-", "a"), (2, "a", 100)], 2, ["a"],
    ),
}  # fmt: skip


def seen(events: list, now: float, patience: float = 2) -> Standing:
    clock = SimpleNamespace(now=0.0)
    standing = Standing(patience, lambda: clock.now)
    for when, who, value in events:
        clock.now = when
        if who == "p":
            standing.note_primary(value)
        elif who == "x":
            standing.lose_primary()
        elif who == "-":
            standing.doubt(value)
        else:
            standing.note_replica(who, value)
    clock.now = now
    return standing


@pytest.mark.parametrize(("events", "now", "usable"), STANDING.values(), ids=STANDING)
def test_which_replicas_may_be_read(events: list, now: float, usable: list[str]):
    assert seen(events, now).usable() == usable


def test_who_has_written_needs_what_they_wrote():
    events = [(0, "p", 100), (0, "a", 100), (0, "b", 120)]
    assert seen(events, 0).usable(at_least=110) == ["b"]
    # While the primary is away a little of the past is better than nothing.
    assert seen([*events, (FRESH + 1, "a", 100)], FRESH + 1).usable(at_least=110) == ["a"]
    assert seen([*events, (0, "x", 0)], 0).usable(at_least=110) == ["a", "b"]
    assert seen(events, 1).bytes_behind(["a", "c"]) == {"a": 0, "c": None}


class Watch:
    """Says which replicas may be read, and notes which one is doubted."""

    def __init__(self, *usable: str, primary: bool = True) -> None:
        self.list, self.primary, self.needed = list(usable), primary, []
        self.standing = self

    def begin(self) -> None: ...

    def usable(self, at_least: int = 0) -> list[str]:
        self.needed.append(at_least)
        return self.list

    def doubt(self, alias: str) -> None:
        self.list.remove(alias)

    def primary_answers(self) -> bool:
        return self.primary


@pytest.fixture
def asked(settings, monkeypatch):
    """Return a function that asks, and gives the databases that were read for it."""
    settings.REPLICAS = {"replica_1": {}, "replica_2": {}}

    def ask(watch: Watch, request, *, fails: tuple[str, ...] = (), status: int = 503):
        read: list[str] = []

        def view(_request) -> HttpResponse:
            read.append(router.alias_for_reading())
            return HttpResponse(status=status if read[-1] in fails else 200)

        monkeypatch.setattr(middleware, "watch", lambda: watch)
        monkeypatch.setattr(middleware, "_written", lambda: 0xABC)
        response = middleware.ReplicaMiddleware(view)(request)
        return read, response

    return ask


REQUESTS = RequestFactory()
#: Who asks -> whether a replica is read.
ASKED = [
    (REQUESTS.get("/fr/"), True),
    (REQUESTS.head("/en/articles/"), True),
    (REQUESTS.post("/fr/search/"), True),
    (REQUESTS.post("/fr/logs/"), True),
    (REQUESTS.get("/media/a.png"), True),
    (REQUESTS.get("/fr/admin/"), False),
    (REQUESTS.get("/en/admin"), False),
    (REQUESTS.get("/fr/administration/"), True),
    (REQUESTS.post("/fr/sign-in/"), False),
    (REQUESTS.post("/nowhere"), False),
    (REQUESTS.put("/fr/search/"), False),
]


@pytest.mark.parametrize(("request_", "on_replica"), ASKED, ids=lambda value: str(value)[:40])
def test_who_reads_a_replica(asked, request_, on_replica: bool):
    read, _response = asked(Watch("replica_1"), request_)
    assert read == ["replica_1" if on_replica else DEFAULT_DB_ALIAS]
    assert router.alias_for_reading() == DEFAULT_DB_ALIAS


@pytest.mark.parametrize(
    ("cookie", "needed"), [("ff", 255), ("", 0), ("-1", 0), ("x", 0), ("f" * 17, 0), ("٣", 0)]
)
def test_the_cookie_says_what_somebody_wrote(asked, cookie: str, needed: int):
    request = REQUESTS.get("/fr/")
    request.COOKIES[middleware.COOKIE] = cookie
    watch = Watch("replica_1")
    asked(watch, request)
    assert watch.needed == [needed]


@pytest.mark.parametrize(("session", "is_set"), [("s", True), ("", False)])
def test_who_writes_with_a_session_gets_the_cookie(asked, settings, session: str, is_set: bool):
    request = REQUESTS.post("/fr/sign-out/")
    if session:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = session
    _read, response = asked(Watch("replica_1"), request)
    cookie = response.cookies.get(middleware.COOKIE)
    assert (cookie.value == "abc" and cookie["httponly"]) if is_set else cookie is None


#: Status of the failed replica, whether the primary answers -> what is read, what is doubted.
FAILURES = [
    (503, True, ["replica_1", "default"], []),
    (500, True, ["replica_1", "default"], ["replica_1"]),
    (503, False, ["replica_1", "default"], []),
]


@pytest.mark.parametrize(("status", "primary", "read", "left"), FAILURES)
def test_what_a_replica_fails_at_is_read_elsewhere(asked, status, primary, read, left):
    watch = Watch("replica_1", primary=primary)
    seen_, response = asked(watch, REQUESTS.get("/fr/"), fails=("replica_1",), status=status)
    assert (seen_, response.status_code, watch.list) == (read, 200, left)


def test_another_replica_helps_while_the_primary_is_away(asked):
    watch = Watch("replica_1", "replica_2", primary=False)
    read, response = asked(watch, REQUESTS.get("/fr/"), fails=(watch.list[0], "default"))
    if read[0] == "replica_1":
        assert (read, response.status_code) == (["replica_1", "replica_2"], 200)
    # A form is not sent twice.
    watch = Watch("replica_1")
    read, response = asked(watch, REQUESTS.post("/fr/search/"), fails=("replica_1",))
    assert (read, response.status_code) == (["replica_1"], 503)


@pytest.mark.django_db
def test_what_a_transaction_reads_belongs_to_its_database(settings):
    settings.REPLICAS = {"replica_1": {}}
    with router.reading_from("replica_1"), transaction.atomic():
        assert Article.objects.all().db == DEFAULT_DB_ALIAS


def test_where_models_are_read_and_written(settings):
    settings.REPLICAS = {"replica_1": {}}
    routes = router.ReplicaRouter()
    with router.reading_from("replica_1"):
        assert routes.db_for_write(Article) == DEFAULT_DB_ALIAS
    assert routes.allow_migrate("replica_1", "auth") is False
    assert routes.allow_migrate("copy", "auth") is None
    rows = [SimpleNamespace(_state=SimpleNamespace(db=name)) for name in ("replica_1", "copy")]
    assert routes.allow_relation(rows[0], rows[0]) is True
    assert routes.allow_relation(*rows) is None


def test_replicas_are_of_postgresql(monkeypatch, tmp_path):
    url = "postgresql://me:secret@b.example/portal"
    monkeypatch.setenv("DATABASE_REPLICA_URLS", f"{url}, postgresql://c.example:5433/portal")
    primary = databases.entry_of("postgresql://a.example/portal", "DATABASE_URL")
    found = databases.replicas(primary)
    assert {name: entry["HOST"] for name, entry in found.items()} == {
        "replica_1": "b.example", "replica_2": "c.example"
    }  # fmt: skip
    with pytest.raises(ImproperlyConfigured, match="DATABASE_REPLICA_URLS needs PostgreSQL") as no:
        databases.replicas(databases.entry_of(f"sqlite:///{tmp_path}/a", "DATABASE_URL"))
    assert "secret" not in str(no.value)
