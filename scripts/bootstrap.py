#!/usr/bin/env python3
"""From a fresh checkout to a running portal: `make run`, `make admin`, `make install-dev`.

Uses the standard library alone, for it runs before anything is installed. Whatever is in the
way (an old Python, a taken port, a folder that cannot be written) ends it with one line that
says what, where and what to do.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (said here, before newer syntax would fail)
    sys.exit(
        "Python {}.{} is too old: the portal needs 3.11 or newer. "
        "Name a newer one, for example: make run PYTHON=python3.12".format(*sys.version_info)
    )

import errno
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
FIXTURES = ROOT / "fixtures"
WILDCARD_HOSTS = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}


class ObstacleError(Exception):
    """Something that the person at the terminal has to put right; the message says how."""


def main(command: str) -> int:
    """Carry out ``run``, ``admin``, ``install`` or ``install-dev``; return the exit status."""
    commands: dict[str, Callable[[], None]] = {
        "run": run,
        "admin": admin,
        "install": lambda: install("requirements.txt"),
        "install-dev": lambda: install("requirements-dev.txt"),
    }
    try:
        commands[command]()
    except ObstacleError as obstacle:
        print(obstacle, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failed:
        # The program has already said what was wrong.
        return failed.returncode if failed.returncode > 0 else 1
    except OSError as error:
        print(f"{error.strerror}: {error.filename}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def run() -> None:
    """Install, prepare the data, start the worker and become the web server."""
    host, port = os.environ.get("HOST") or "127.0.0.1", read_port()
    require_free(host, port)
    prepare()
    address = f"http://{WILDCARD_HOSTS.get(host, host)}:{port}/"
    print(f"In a moment the portal answers at {address}  (Ctrl+C stops it)")
    print("To make an administrator, in a second terminal: make admin", flush=True)
    os.chdir(ROOT)
    # This process is the server from now on, and the worker ends with it.
    subprocess.Popen([VENV_PYTHON, "manage.py", "worker", "--with-parent"])
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), "-m", "gunicorn", "kbportal.wsgi"])


def admin() -> None:
    """Ask for name and password of an administrator and create the account."""
    prepare_database()
    manage("createsuperuser")
    print("Sign in at /fr/admin/ or /en/admin/ of the portal.")


def prepare() -> None:
    """Bring packages, database, static files and shipped documents up to date."""
    prepare_database()
    collect_static(data_dir() / "static.collected")
    # Relative, so that a checkout that was moved still knows its documents.
    documents = [str(path.relative_to(ROOT)) for path in sorted(FIXTURES.glob("*.md"))]
    if documents:
        print("Importing the shipped documents ...", flush=True)
        manage("import_docs", *documents)


def prepare_database() -> None:
    """Bring packages, texts of the interface and the database's tables up to date."""
    require_writable(data_dir())
    install("requirements.txt")
    print("Preparing the database ...", flush=True)
    manage("compile_catalogues", "--verbosity", "0")
    manage("migrate", "--verbosity", "0")
    manage("rebuild_derived", "--stale", "--verbosity", "0")


def data_dir() -> Path:
    """Return the folder of the database and of all else that the portal writes."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "var").expanduser()


def install(requirements: str) -> None:
    """Install the locked packages of the file ``requirements`` unless that has been done.

    Raise ``ObstacleError``: ``.venv`` cannot be made. Raise ``subprocess.CalledProcessError``: pip
    failed, and has said why.
    """
    # pip comes last, so an interrupted creation is noticed and done again.
    if not (VENV_PYTHON.exists() and (VENV / "bin" / "pip").exists()):
        create_venv()
    stamp = VENV / f"{requirements}.installed"
    digest = fingerprint([ROOT / requirements])
    if is_done(stamp, digest):
        return
    print(f"Installing {requirements} (once, a minute or a few) ...", flush=True)
    pip = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / requirements)], check=True)
    stamp.write_text(digest)


def create_venv() -> None:
    """Make ``.venv``; leave nothing behind when that fails.

    Raise ``ObstacleError``: Python lacks the modules for it, or the folder cannot be written.
    """
    require_writable(ROOT)
    remedy = "On Debian or Ubuntu run: apt-get install python3-venv"
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise ObstacleError(f"{sys.executable} has no venv module. {remedy}")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        reason = " ".join((made.stderr or made.stdout).split())[:200]
        raise ObstacleError(f"Cannot make {VENV}: {reason} {remedy}")


def collect_static(stamp: Path) -> None:
    """Gather, hash and compress the static files unless ``stamp`` says none has changed."""
    sources = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    # The admin's files come with the packages, the way to treat them from the settings.
    digest = fingerprint([*sources, ROOT / "requirements.txt", ROOT / "kbportal" / "settings.py"])
    if not is_done(stamp, digest):
        manage("collectstatic", "--noinput", "--verbosity", "0")
        stamp.write_text(digest)


def fingerprint(files: list[Path]) -> str:
    """Return a digest of the names and contents of ``files``."""
    digest = hashlib.sha256()
    for path in sorted(files):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(ROOT)} {content}\n".encode())
    return digest.hexdigest()


def is_done(stamp: Path, digest: str) -> bool:
    """Return whether the file ``stamp`` records the work on just these inputs."""
    return stamp.exists() and stamp.read_text() == digest


def manage(*arguments: str) -> None:
    """Run ``manage.py`` in ``.venv``; raise ``CalledProcessError`` when it fails."""
    subprocess.run([VENV_PYTHON, "manage.py", *arguments], cwd=ROOT, check=True)


def require_writable(folder: Path) -> None:
    """Make ``folder`` when it is absent and prove that a file can be written there.

    Raise ``ObstacleError``: it cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ObstacleError(
            f"Cannot write to {folder} ({error.strerror}): "
            "make it writable for this account, or move the checkout to a folder of your own."
        ) from None


def read_port() -> int:
    """Return the variable PORT, 8000 when unset; raise ``ObstacleError`` when it is no port."""
    port = os.environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ObstacleError(f"PORT={port} is no port: choose a number from 1024 to 65535.")
    return int(port)


def require_free(host: str, port: int) -> None:
    """Raise ``ObstacleError`` unless a server could listen at ``host`` and ``port`` now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ObstacleError(
                f"Port {port} of {host} is taken by another program: "
                f"stop that one, or choose another port, for example: make run PORT={port + 1}"
            ) from None
        raise ObstacleError(
            f"Cannot listen on port {port} of {host} ({error.strerror}): "
            "choose others, for example: make run HOST=127.0.0.1 PORT=8000"
        ) from None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
