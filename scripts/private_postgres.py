#!/usr/bin/env python3
"""Run a command with a PostgreSQL server of its own, thrown away at the end.

``python3 scripts/private_postgres.py COMMAND...`` sets TEST_DATABASE_URL for the command and
ends with its exit status. Nothing of a server already on the machine is touched: the cluster
lives in a temporary folder and listens on a free port of the loopback interface.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: The data is worth nothing, so neither is its safety on disk.
SERVER_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


def find_programs() -> Path | None:
    """Return the folder of ``initdb`` and ``pg_ctl``, the newest found; None without them."""
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(found, key=lambda path: float(path.parent.parent.name), default=None)
    return newest.parent if newest else None


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """Start a server and give its address; stop it and delete its data at the end.

    ``programs`` is the folder that holds ``initdb`` and ``pg_ctl``.

    Raise ``subprocess.CalledProcessError``: one of them failed; its output is on the terminal.
    """
    account = other_account()
    folder = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
    data = folder / "data"
    if account:
        shutil.chown(folder, account)

    def call(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, "-D", data, *arguments],
            check=True, cwd=folder, user=account, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    port = free_port()
    options = " ".join(f"-c {name}='{value}'" for name, value in SERVER_OPTIONS.items())
    try:
        call("initdb", "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        call("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", f"-p {port} {options}")
        yield f"postgresql://portal@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            call("pg_ctl", "stop", "-w", "-m", "immediate")
        shutil.rmtree(folder, ignore_errors=True)


def other_account() -> str | None:
    """Return whom to become: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def free_port() -> int:
    """Return a port of the loopback interface on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(command: list[str]) -> int:
    """Run ``command`` beside a fresh server; return its exit status."""
    programs = find_programs()
    if programs is None:
        print("PostgreSQL is not installed. On Debian: apt-get install postgresql")
        return 1
    # So that the server is stopped and its folder deleted when this script is told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster(programs) as url:
        return subprocess.run(command, env=os.environ | {"TEST_DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
