"""Servers that a trial starts, kills and starts again: PostgreSQL with replicas, and Redis."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.private_postgres import find_programs, free_port, other_account

#: Little is written, so that little is lost in time; what is committed is on the disk.
_OPTIONS = "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c wal_keep_size=128MB"


class Postgres:
    """One server in a folder of its own.

    Raise ``FileNotFoundError``: PostgreSQL is not installed. Raise
    ``subprocess.CalledProcessError``: one of its programs failed.
    """

    def __init__(self, folder: Path) -> None:
        programs = find_programs()
        if programs is None:
            raise FileNotFoundError("PostgreSQL (Debian: apt-get install postgresql)")
        self._programs, self._account = programs, other_account()
        self.data, self.port = folder / "data", free_port()
        folder.mkdir(parents=True)
        if self._account:
            shutil.chown(folder, self._account)

    @property
    def url(self) -> str:
        """Return the address of its database."""
        return f"postgresql://portal@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Make an empty cluster."""
        self._call("initdb", "-D", str(self.data), "-U", "portal", "-A", "trust", "-E", "UTF8",
                   "--locale=C", "--no-sync")  # fmt: skip

    def follow(self, primary: Postgres) -> None:
        """Copy the primary, to stream from it."""
        place = f"host=127.0.0.1 port={primary.port} user=portal"
        self._call("pg_basebackup", "-D", str(self.data), "-R", "-X", "stream", "-c", "fast",
                   "--no-sync", "-d", place)  # fmt: skip

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-p {self.port} {_OPTIONS}"
        log = str(self.data.parent / "log")
        self._call("pg_ctl", "start", "-w", "-D", str(self.data), "-l", log, "-o", options)

    def kill(self) -> None:
        """End it and all its children at once, as a power cut does."""
        for process in self._processes():
            os.kill(process, signal.SIGKILL)
        time.sleep(0.2)

    def hold(self, is_held: bool) -> None:
        """Stop it where it is, or let it go on: connections stay open and nothing answers."""
        for process in self._processes():
            os.kill(process, signal.SIGSTOP if is_held else signal.SIGCONT)

    def ask(self, statement: str) -> str:
        """Return what one statement answers, as text."""
        done = subprocess.run(
            [self._programs / "psql", "-d", self.url, "-Atqc", statement],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout.strip()

    def stop(self) -> None:
        """Stop it, if it runs."""
        if (self.data / "postmaster.pid").exists():
            self.hold(False)
            self._call("pg_ctl", "stop", "-D", str(self.data), "-m", "immediate", check=False)

    def _processes(self) -> list[int]:
        main = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children")
        return [main, *map(int, children.read_text().split())] if children.exists() else []

    def _call(self, program: str, *arguments: str, check: bool = True) -> None:
        subprocess.run(
            [self._programs / program, *arguments],
            check=check, cwd=self.data.parent, user=self._account, stdout=subprocess.DEVNULL,
            stderr=None if check else subprocess.DEVNULL,
        )  # fmt: skip


@contextmanager
def replicated(number: int) -> Iterator[tuple[Postgres, list[Postgres]]]:
    """Start a primary and give it with replicas that have to be made by ``follow``."""
    folder = Path(tempfile.mkdtemp(prefix="portal-trial-"))
    folder.chmod(0o755)
    primary = Postgres(folder / "primary")
    replicas = [Postgres(folder / f"replica-{one}") for one in range(1, number + 1)]
    try:
        primary.make()
        primary.start()
        yield primary, replicas
    finally:
        for server in (*replicas, primary):
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Redis:
    """A Redis server without files; ``None`` from ``find`` where it is not installed."""

    def __init__(self) -> None:
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it listens.

        Raise ``FileNotFoundError``: it is not installed. Raise ``TimeoutError``: it does not
        answer.
        """
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--daemonize", "no"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        for _try in range(50):
            ping = ["redis-cli", "-p", str(self.port), "ping"]
            if b"PONG" in subprocess.run(ping, capture_output=True).stdout:
                return
            time.sleep(0.1)
        raise TimeoutError("redis-server")

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
