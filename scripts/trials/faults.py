"""Takes from a running portal what it stands on, and looks what readers and writers are told.

``python -m scripts.trials.faults`` serves a portal whose data lie on a small disk of its own (a
tmpfs, so it needs root) and fills the disk, mounts it read-only, takes the images away and kills a
process of the web server. Readers have to get 200 or a clean 503 in their language, never anything
else, and all has to be well again within five seconds without a restart.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import parsedate_to_datetime
from pathlib import Path

from scripts import portal_server
from scripts.trials.clients import Answer, ask, find_article, is_clear, reading

RECOVERY = 5.0
DISK = "200m"
#: Seconds until the workers of a killed server have ended.
PATIENCE = 30.0
PATHS = ["/fr/", "/en/articles/", "/fr/search/?q=0x80180014", "/en/search/?q=enrollment+failed"]


class Portal:
    """A portal on a disk of its own, and what was wrong with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = ""
        self.broken = 0

    def say(self, promise: str, is_kept: bool, seen: object = "") -> None:
        """Print whether a promise is kept."""
        self.broken += not is_kept
        print(f"{'kept  ' if is_kept else 'BROKEN'} {promise}  [{seen}]", flush=True)

    def write(self, language: str = "fr") -> Answer:
        """Write as a reader of that language does: feedback on an article."""
        return ask(self.address, self.feedback[language], {"verdict": "solved"})

    def find_article(self) -> None:
        """Find an article to write to."""
        self.article = find_article(self.address)
        feedback = f"{self.article}feedback/"
        self.feedback = {"fr": feedback, "en": feedback.replace("/fr/", "/en/", 1)}

    def writers_are_told(self, times: int, *allowed: int) -> tuple[bool, list[int]]:
        """Write so often in each language; return whether all were answered well, and how."""
        written = [(one, self.write(one)) for one in self.feedback for _ in range(times)]
        are_told = all(
            each.status in allowed or is_clear(each, self.feedback[one]) for one, each in written
        )
        return are_told, sorted({each.status for _one, each in written})

    def recovers(self) -> tuple[bool, str]:
        """Return whether writing and reading work again soon, and when."""
        began = time.monotonic()
        while time.monotonic() - began < RECOVERY:
            answers = [self.write(), ask(self.address, PATHS[2])]
            if [one.status for one in answers] == [303, 200]:
                return True, f"{time.monotonic() - began:.1f} s"
            time.sleep(0.1)
        return False, str([one.status for one in answers])


def a_full_disk(portal: Portal) -> None:
    """Fill the disk, read and write, and make room again."""
    filler = portal.folder / "filler"
    with filler.open("wb", buffering=0) as stream, suppress(OSError):
        while True:
            stream.write(b"0" * 65536)
    with reading([portal.address], PATHS, 2) as readers:
        are_told, statuses = portal.writers_are_told(20, 303)
        signed = ask(portal.address, "/fr/sign-in/", {"username": "x", "password": "y"})
    filler.unlink()
    portal.say("full disk: readers read", not readers.failed, readers)
    portal.say("writers: done, or a clean 503 in their language", are_told, statuses)
    portal.say("it was felt", 503 in statuses, statuses)
    portal.say("signing in does not fail", signed.status in (200, 403, 503), signed.status)
    portal.say("well again without a restart", *portal.recovers())


def a_dead_process(portal: Portal, server: int) -> None:
    """Kill one process of the web server under readers."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    with reading([portal.address], PATHS, 4) as readers:
        time.sleep(0.5)
        os.kill(int(children[0]), signal.SIGKILL)
        time.sleep(4)
    portal.say("a process is killed: nobody but those in it", readers.failed <= 4, readers)
    portal.say("well again without a restart", *portal.recovers())


def missing_images(portal: Portal) -> None:
    """Take the folder of images away."""
    media, aside = portal.folder / "media", portal.folder / "aside"
    media.mkdir(exist_ok=True)
    media.rename(aside)
    image, page = ask(portal.address, "/media/none.png"), ask(portal.address, portal.article)
    aside.rename(media)
    statuses = [image.status, page.status]
    portal.say("images are missing: 404, pages are shown", statuses == [404, 200], statuses)


def a_clock_that_jumps(portal: Portal, clock: Path) -> None:
    """Set the clock of the server a day ahead, and back to an hour before."""
    for words, offset in (("a day ahead", "86400"), ("back, to an hour before", "-3600")):
        clock.write_text(offset)
        answers = [portal.write(), *(ask(portal.address, path) for path in PATHS)]
        statuses = [one.status for one in answers]
        portal.say(f"the clock is set {words}: all are served", statuses == [303, *[200] * 4],
                   statuses)  # fmt: skip
        date = parsedate_to_datetime(answers[1].headers["Date"]).timestamp() - time.time()
        portal.say("it was felt", abs(date - float(offset)) < 60, f"{date:+.0f} s")


def a_read_only_disk(portal: Portal, remount: Callable[[str], None]) -> None:
    """Read from a disk that takes nothing, until it does again."""
    reads = {path: ask(portal.address, path) for path in PATHS}
    are_told, refused = portal.writers_are_told(1)
    remount("rw")
    statuses = [one.status for one in reads.values()]
    portal.say("read-only disk: readers read", statuses == [200] * len(PATHS), statuses)
    portal.say("writers: a clean 503 in their language", are_told, refused)
    portal.say("well again without a restart", *portal.recovers())


def with_another_clock(portal: Portal, log: Path) -> None:
    """Serve by a clock that can be set; say so where nothing can set it."""
    compiler, library, clock = shutil.which("cc"), log.parent / "clock.so", log.parent / "clock"
    if compiler is None:
        print("not tried: a clock that jumps (it needs a C compiler; Debian: apt-get install gcc)")
        return
    source = Path(__file__).with_name("clock.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    clock.write_text("0")
    variables = {"LD_PRELOAD": str(library), "CLOCK_OFFSET_FILE": str(clock)}
    with portal_server.started(log, portal.folder, **variables) as (address, _server):
        portal.address = address
        a_clock_that_jumps(portal, clock)


@contextmanager
def small_disk() -> Iterator[tuple[Path, Callable[[str], None]]]:
    """Mount a small disk; give its folder and a function that mounts it anew, ``ro`` or ``rw``."""
    with tempfile.TemporaryDirectory(prefix="portal-disk-") as name:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", name], check=True)

        def remount(mode: str) -> None:
            command = ["mount", "-o", f"remount,{mode},size={DISK}", name]
            deadline = time.monotonic() + PATIENCE
            # The workers of a server that was killed end when they see it, and write until then.
            while subprocess.run(command, stderr=subprocess.DEVNULL).returncode:
                if time.monotonic() > deadline:
                    raise RuntimeError(f"Something still writes on {name}.")
                time.sleep(0.5)

        try:
            yield Path(name), remount
        finally:
            subprocess.run(["umount", "--lazy", name], check=True)


def main() -> int:
    """Try all; return 1 where a promise is broken."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    if os.geteuid() != 0:
        print("Not tried: only root may mount a small disk.")
        return 1
    with small_disk() as (folder, remount), tempfile.TemporaryDirectory() as logs:
        portal = Portal(folder)
        portal_server.prepare(folder)
        log = Path(logs) / "log"
        with portal_server.started(log, folder) as (address, server):
            portal.address = address
            portal.find_article()
            a_full_disk(portal)
            missing_images(portal)
            a_dead_process(portal, server)
            os.kill(server, signal.SIGKILL)
        remount("ro")
        with portal_server.started(log, folder) as (address, _server):
            portal.address = address
            a_read_only_disk(portal, remount)
        with_another_clock(portal, log)
        with sqlite3.connect(folder / "db.sqlite3") as database:
            found = database.execute("PRAGMA integrity_check").fetchall()
        portal.say("nothing is corrupt", found == [("ok",)], found)
    print(f"{portal.broken} promises broken")
    return int(portal.broken > 0)


if __name__ == "__main__":
    sys.exit(main())
