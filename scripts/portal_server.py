"""A portal of its own, served as in production, for scripts that measure it.

Everything it writes lies in a folder that the caller throws away; it listens on a free port of
the loopback interface.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Seconds until a server that has not answered is given up.
PATIENCE = 60


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the variables of a portal in ``folder`` for this machine alone.

    What variables the caller has makes no difference.
    """
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"DATA_DIR": str(folder), "LOG_LEVEL": "ERROR"} | more


def prepare(folder: Path, **more: str) -> None:
    """Make database, static files and the articles of fixtures/ in ``folder``.

    ``folder`` is where it all goes. ``more`` are further variables of the environment.

    Raise ``subprocess.CalledProcessError``: one of the commands failed, and has said why.
    """
    documents = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "fixtures").glob("*.md"))]
    for command in (
        ["compile_catalogues", "--verbosity", "0"],
        ["migrate", "--verbosity", "0"],
        ["collectstatic", "--noinput", "--verbosity", "0"],
        ["import_docs", *documents, "--verbosity", "0"],
    ):
        manage(folder, *command, **more)


def manage(folder: Path, *command: str, **more: str) -> str:
    """Run a command of ``manage.py`` on the portal in ``folder``; return what it printed.

    Raise ``subprocess.CalledProcessError``: the command failed, and has said why.
    """
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment(folder, **more),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


_SIGN_IN = """
from django.contrib.auth.models import User
from django.test import Client
client = Client()
client.force_login(User.objects.get_or_create(username="staff", defaults={"is_staff": True})[0])
print(client.cookies["sessionid"].value)
"""


def sign_in_staff(folder: Path, **more: str) -> str:
    """Sign in a reader of the staff in what ``prepare`` filled; return the key of the session.

    Raise ``subprocess.CalledProcessError``: the command failed, and has said why.
    """
    printed = manage(folder, "shell", "--no-imports", "--command", _SIGN_IN, **more)
    return printed.split()[-1]


@contextmanager
def serving(folder: Path, application: str = "kbportal.wsgi", **more: str) -> Iterator[str]:
    """Serve the WSGI ``application`` with gunicorn and give its address, such as http://host:1.

    ``folder`` is what ``prepare`` filled. ``more`` are further variables of the environment.

    Raise ``RuntimeError``: the server ended, or did not answer in time.
    """
    with started(None, folder, application, **more) as (address, _process):
        yield address


@contextmanager
def started(
    log: Path | None, folder: Path, application: str = "kbportal.wsgi", **more: str
) -> Iterator[tuple[str, int]]:
    """Serve the WSGI ``application``; give its address, and the number of its process.

    ``folder`` is what ``prepare`` filled; the server writes to the file ``log``, if there is one.
    ``more`` are further variables of the environment, with ``PORT`` where it matters which.

    Raise ``RuntimeError``: the server ended, or did not answer in time.
    """
    port = more.get("PORT") or str(_free_port())
    with log.open("ab") if log else nullcontext() as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", application],
            cwd=ROOT,
            env=environment(folder, **{"PORT": port} | more),
            stderr=output,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(server, address)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"No answer from {address}: the server's own words are above.")
