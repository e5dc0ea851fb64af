"""Servers that a trial starts, kills and starts again: PostgreSQL with replicas, Redis, nginx."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts.portal_server import ROOT
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

    def copy(self, primary: Postgres) -> None:
        """Copy the primary without its log, as a base for what was archived of that."""
        place = f"host=127.0.0.1 port={primary.port} user=portal"
        self._call("pg_basebackup", "-D", str(self.data), "-X", "none", "-c", "fast", "--no-sync",
                   "-d", place)  # fmt: skip

    def configure(self, settings: str) -> None:
        """Add settings to those that it starts with."""
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"\n{settings}\n")

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


def proxy_settings(text: str, hosts: Sequence[str], port: int) -> str:
    """Return ``deploy/nginx.conf`` for the loopback interface: ``hosts`` behind it, no certificate.

    ``text`` is that file. Raise ``ValueError``: it holds no server for https, or no upstream.
    """
    upstream = re.search(r"upstream portal \{.*?\n\}\n", text, flags=re.DOTALL)
    server = re.search(r"server \{\n    listen 443 .*?\n\}\n", text, flags=re.DOTALL)
    if upstream is None or server is None:
        raise ValueError("deploy/nginx.conf has no upstream and server that are known")
    lines = "".join(f"    server {host};\n" for host in hosts)
    behind = re.sub(r"    server \S+;\n", lines, upstream[0])
    front = re.sub(r"    (listen|ssl_\w+) .*\n", "", server[0])
    return behind + front.replace("server {\n", f"server {{\n    listen 127.0.0.1:{port};\n", 1)


@contextmanager
def proxied(hosts: Sequence[str]) -> Iterator[str]:
    """Start nginx as ``deploy/nginx.conf`` sets it before ``hosts``; give its address.

    Raise ``FileNotFoundError``: it is not installed. Raise ``subprocess.CalledProcessError``: it
    refuses its settings.
    """
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="portal-nginx-") as name:
        text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
        paths = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "".join(f"{path}_temp_path {name}/{path};\n" for path in paths)
        settings = Path(name) / "nginx.conf"
        settings.write_text(
            f"pid {name}/pid;\nerror_log {name}/log;\nevents {{}}\n"
            f"http {{\n{places}{proxy_settings(text, hosts, port)}}}\n"
        )
        command = ["nginx", "-c", str(settings), "-e", f"{name}/log"]
        subprocess.run([*command, "-t", "-q"], check=True)
        server = subprocess.Popen([*command, "-g", "daemon off;"])
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()
