"""Several machines on one: a primary, two replicas, Redis, two applications, nginx; servers die.

``python -m scripts.trials.replicas`` takes some minutes, prints what was seen and ends with 1
where something is not as docs/deploy.md promises. It needs Debian's postgresql and
redis-server, and nginx for what stands before the applications. With ``--pool`` the applications
keep their connections in pools.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from scripts import portal_server
from scripts.trials.clients import Answer, ask, find_article, is_clear, reading
from scripts.trials.servers import Postgres, Redis, proxied, replicated

#: Seconds that a replica may be behind, and those in which everything has to be well again.
LAG, RECOVERY = 2, 5.0
#: Requests of which each replica gets some, and some are of pages that nobody has kept; the seconds
#: after which the trial gives them up.
ENOUGH, PATIENCE = 60, 60.0
#: Readers at once, whose requests may be in what is killed; seconds after which nginx asks a host
#: again that was away, and one more.
READERS, LEFT_OUT = 4, 11
#: Seconds in which the limits count; they begin at the same time on all hosts.
WINDOW = 60
PATHS = [
    "/fr/", "/en/articles/", "/fr/codes/", "/en/search/?q=enrollment", "/fr/search/?q=0x80180014",
    "/en/messages/", "/fr/search/?q=erreur+de+connexion",
]  # fmt: skip
PASSWORD = "a long password of a trial"
_ACCOUNT = f"""
from django.contrib.auth.models import User
User.objects.create_superuser("editor", "editor@example.org", {PASSWORD!r})
"""


class Trial:
    """The servers, and the promises that were looked at."""

    def __init__(self, primary: Postgres, replicas: list[Postgres], redis: Redis) -> None:
        self.primary, self.replicas, self.redis = primary, replicas, redis
        self.applications: list[str] = []
        self.processes: list[int] = []
        self._feedback = ""
        self.broken = 0

    def say(self, promise: str, is_kept: bool, seen: object = "") -> None:
        """Print whether a promise is kept."""
        self.broken += not is_kept
        print(f"{'kept  ' if is_kept else 'BROKEN'} {promise}  [{seen}]", flush=True)

    def reads_of(self, server: Postgres) -> int:
        """Return how many rows the server has read from indexes and tables since it started."""
        return int(server.ask("SELECT pg_stat_clear_snapshot(); SELECT sum(idx_tup_fetch + "
                              "seq_tup_read) FROM pg_stat_user_tables").split()[-1])  # fmt: skip

    def read(self, number: int) -> str:
        """Read until so many requests were answered, however busy the machine is; say how.

        Fewer are answered only where it takes longer than ``PATIENCE``.
        """
        began = time.monotonic()
        with reading(self.applications, PATHS) as readers:
            while readers.answered < number and time.monotonic() - began < PATIENCE:
                time.sleep(0.1)
        return str(readers)

    def seconds_until(self, is_well: Callable[[], bool]) -> float:
        """Return how long it took until all was well; endless after 20 s."""
        began = time.monotonic()
        while time.monotonic() - began < 20:
            if is_well():
                return time.monotonic() - began
            time.sleep(0.1)
        return float("inf")

    def write(self) -> Answer:
        """Write as a reader does."""
        form = {"verdict": "solved"}
        return ask(self.applications[0], self._feedback, form)

    def find_article(self) -> None:
        """Find the address of an article to write to."""
        self._feedback = f"{find_article(self.applications[0])}feedback/"


def reads_are_shared(trial: Trial) -> None:
    """Check that replicas do the reading."""
    before = [trial.reads_of(one) for one in (trial.primary, *trial.replicas)]
    answered = trial.read(ENOUGH)
    time.sleep(1.5)  # PostgreSQL tells its figures a second late
    after = [trial.reads_of(one) for one in (trial.primary, *trial.replicas)]
    first, *others = (late - early for late, early in zip(after, before, strict=True))
    trial.say("replicas read, the primary hardly", min(others) > 5 * first, (first, others))
    trial.say("all are answered", set(answered.split(": ")[0].split()) == {"200"}, answered)


def writers_read_their_own(trial: Trial) -> None:
    """Check that who has written reads the primary; a lagging replica is left out and returns."""
    for replica in trial.replicas:
        replica.ask("SELECT pg_wal_replay_pause()")
    first, second = trial.applications
    form = ask(first, "/fr/sign-in/")
    secret = form.body.split('name="csrfmiddlewaretoken" value="', 1)[1].split('"', 1)[0]
    fields = {"csrfmiddlewaretoken": secret, "username": "editor", "password": PASSWORD}
    answer = ask(first, "/fr/sign-in/", fields, form.cookies)
    cookies = form.cookies | answer.cookies
    is_known = "editor" in ask(second, "/fr/articles/", cookies=cookies).body
    trial.say("signed in, and known at once on the other host", is_known, answer.status)
    without = {name: value for name, value in cookies.items() if name != "portal_position"}
    is_known = "editor" in ask(second, "/fr/articles/", cookies=without).body
    trial.say("(control) a replica alone would not know", not is_known)
    title = f"Titre {time.time():.0f}"
    trial.primary.ask(f"UPDATE troubleshooting_articletranslation SET title = '{title}' WHERE "
                      "id = (SELECT min(id) FROM troubleshooting_articletranslation)")  # fmt: skip
    find = "/en/articles/?page=1", "/fr/articles/?page=1"

    def is_shown() -> bool:
        return any(title in ask(first, path).body for path in find)

    took = trial.seconds_until(is_shown)
    trial.say("a replica that lags is left out", LAG - 1 <= took <= LAG + RECOVERY, f"{took:.1f} s")
    for replica in trial.replicas:
        replica.ask("SELECT pg_wal_replay_resume()")
    time.sleep(2.5)
    before = trial.reads_of(trial.replicas[0])
    trial.read(ENOUGH)
    time.sleep(1.5)
    read = trial.reads_of(trial.replicas[0]) - before
    trial.say("it comes back when it has followed", read > 100 and is_shown(), read)


def a_replica_dies(trial: Trial) -> None:
    """Check that nobody notices a replica that is killed, or hangs."""
    replica = trial.replicas[0]
    with reading(trial.applications, PATHS) as readers:
        time.sleep(1)
        replica.kill()
        time.sleep(3)
        replica.start()
        time.sleep(3)
    trial.say("a replica is killed and comes back: no request is lost", not readers.failed, readers)
    with reading(trial.applications, PATHS, 2) as readers:
        time.sleep(1)
        replica.hold(True)
        time.sleep(6)
        # Whoever still asks it is answered by nobody: how long the others take makes no difference.
        answers = [ask(one, path) for path in PATHS[1:] for one in trial.applications]
        replica.hold(False)
        time.sleep(1)
    statuses = sorted({one.status for one in answers})
    trial.say("a replica hangs: it is left out", statuses == [200], (statuses, str(readers)))
    trial.say("who had asked it is answered later", not readers.failed, readers)


def the_primary_dies(trial: Trial) -> None:
    """See reads go on, writes refused with a reason, and all well again by itself."""
    usual = trial.write().status
    trial.say("a reader can write", usual in (302, 303), usual)
    with reading(trial.applications, PATHS) as readers:
        time.sleep(1)
        trial.primary.kill()
        time.sleep(5)
        refused = trial.write()
        ready = ask(trial.applications[1], "/readyz").status
        trial.primary.start()
        took = trial.seconds_until(lambda: trial.write().status == usual)
    trial.say("the primary is killed: reads go on", not readers.failed, readers)
    is_told = is_clear(refused, "/fr/") and "Retry-After" in refused.headers
    trial.say("writes: 503 in the reader's language", is_told, refused.status)
    trial.say("the hosts stay in the load balancer", ready == 200, ready)
    trial.say("writes again by themselves", took <= RECOVERY, f"{took:.1f} s")


def limits_are_shared(trial: Trial) -> None:
    """Check that limits count over all hosts; without Redis nothing is limited, all works."""

    def statuses(number: int) -> list[int]:
        form = {"q": "0x80180014"}
        path = "/fr/search/"
        return [ask(trial.applications[n % 2], path, form).status for n in range(number)]

    def in_one_window(number: int) -> list[int]:
        for _try in range(3):
            time.sleep(WINDOW - time.time() % WINDOW + 0.1)
            window = time.time() // WINDOW
            answers = statuses(number)
            if time.time() // WINDOW == window:
                return answers
        return []

    first = in_one_window(24)
    allowed = sum(status != 429 for status in first)
    trial.say("twenty a minute over both hosts", allowed == 20, allowed)
    trial.redis.stop()
    trial.say("Redis is gone: nobody is refused", 429 not in statuses(4))
    trial.redis.start()
    again = in_one_window(24)
    trial.say("it is back: limits hold again", 429 in again, again.count(429))


def killed(server: int) -> None:
    """End an application and its processes at once, as a power cut does."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    for process in (server, *map(int, children)):
        os.kill(process, signal.SIGKILL)


def an_application_dies(trial: Trial, again: Callable[[str], int]) -> None:
    """Check that behind nginx one of two may die and come back; ``again`` starts it at a port."""
    if shutil.which("nginx") is None:
        print("not tried: nginx before the applications (Debian: apt-get install nginx-light)")
        return
    hosts = [one.removeprefix("http://") for one in trial.applications]
    first, second = trial.processes
    with proxied(hosts) as front:

        def beside(server: int) -> tuple[bool, object]:
            with reading([front], PATHS) as readers:
                time.sleep(2)
                killed(server)
                time.sleep(4)
            return readers.failed <= READERS < readers.statuses[200], readers

        took = trial.seconds_until(lambda: ask(front, PATHS[0]).status == 200)
        trial.say("nginx stands before both", took < RECOVERY, f"{took:.1f} s")
        promise = "an application is killed: nobody but those in it"
        trial.say(promise, *beside(first))
        first = again(hosts[0].rpartition(":")[2])
        time.sleep(LEFT_OUT)
        trial.say("it is back, and the other is killed: the same", *beside(second))
        killed(first)
        with reading([front], PATHS, 2) as readers:
            time.sleep(1)
        trial.say("(control) both are gone: requests are lost", readers.failed > 0, readers)


def main() -> int:
    """Run all; return 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pool", action="store_true", help="psycopg's pool of connections")
    options = parser.parse_args()
    redis = Redis()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-trial-")))
        primary, replicas = stack.enter_context(replicated(2))
        stack.callback(redis.stop)
        redis.start()
        trial = Trial(primary, replicas, redis)
        portal_server.prepare(folder, DATABASE_URL=primary.url)
        portal_server.manage(folder, "shell", "--no-imports", "--command", _ACCOUNT,
                             DATABASE_URL=primary.url)  # fmt: skip
        for replica in replicas:
            replica.follow(primary)
            replica.start()
        more = {
            "DATABASE_URL": primary.url,
            "DATABASE_REPLICA_URLS": ",".join(replica.url for replica in replicas),
            "DATABASE_REPLICA_LAG": str(LAG),
            "CACHE_URL": redis.url,
            **({"DATABASE_POOL": "6"} if options.pool else {}),
        }

        def start(**at: str) -> tuple[str, int]:
            started = portal_server.started(folder / "log", folder, **more, **at)
            return stack.enter_context(started)

        for _host in range(2):
            address, process = start()
            trial.applications.append(address)
            trial.processes.append(process)
        trial.find_article()
        for step in (reads_are_shared, writers_read_their_own, a_replica_dies, the_primary_dies,
                     limits_are_shared):  # fmt: skip
            step(trial)
        an_application_dies(trial, lambda port: start(PORT=port)[1])
    print(f"{trial.broken} promises broken")
    return int(trial.broken > 0)


if __name__ == "__main__":
    sys.exit(main())
