#!/usr/bin/env python3
"""From a fresh checkout to a running portal: `make run`, `make admin`, `make install-dev`.

Uses the standard library alone, for it runs before anything is installed. Whatever is in the
way (an old Python, a taken port, a folder that cannot be written) ends it with one line that
says what, where and what to do, in the language of the terminal.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (said here, before newer syntax would fail)
    sys.exit(
        "Python {}.{} is too old: the portal needs 3.11 or newer. "
        "Name a newer one, for example: make run PYTHON=python3.12 / "
        "Python {}.{} est trop ancien : le portail demande 3.11 ou une version plus récente. "
        "Indiquez-en une, par exemple : make run PYTHON=python3.12".format(
            *sys.version_info[:2] * 2
        )
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
sys.path.insert(0, str(ROOT))

from kbportal.environment import terminal  # noqa: E402 (found through the path added above)

VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
FIXTURES = ROOT / "fixtures"
WILDCARD_HOSTS = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}


LOCALE = ROOT / "troubleshooting" / "locale"


def gettext(text: str) -> str:
    """Return ``text`` in the language of the terminal, as the catalogue of the portal has it."""
    translated = {path.name for path in LOCALE.iterdir()}
    default = os.environ.get("DEFAULT_LANGUAGE") or terminal.DEFAULT_LANGUAGES[0]
    language = terminal.language_of(os.environ, {"en", *translated}, default)
    return terminal.texts_of(LOCALE / language / "LC_MESSAGES" / "django.po").get(text, text)


_ = gettext


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
    print(_("In a moment the portal answers at %s  (Ctrl+C stops it)") % address)
    print(_("To make an administrator, in a second terminal: make admin"), flush=True)
    os.chdir(ROOT)
    # This process is the server from now on, and the worker ends with it.
    subprocess.Popen([VENV_PYTHON, "manage.py", "worker", "--with-parent"])
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), "-m", "gunicorn", "kbportal.wsgi"])


def admin() -> None:
    """Ask for name and password of an administrator and create the account."""
    prepare_database()
    manage("createsuperuser")
    print(_("Sign in at /fr/admin/ or /en/admin/ of the portal."))


def prepare() -> None:
    """Bring packages, database, static files and shipped documents up to date."""
    prepare_database()
    collect_static(data_dir() / "static.collected")
    # Relative, so that a checkout that was moved still knows its documents.
    documents = [str(path.relative_to(ROOT)) for path in sorted(FIXTURES.glob("*.md"))]
    if documents:
        print(_("Importing the shipped documents …"), flush=True)
        manage("import_docs", *documents)


def prepare_database() -> None:
    """Bring packages, texts of the interface and the database's tables up to date."""
    require_writable(data_dir())
    install("requirements.txt")
    print(_("Preparing the database …"), flush=True)
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
    print(_("Installing %s (once, a minute or a few) …") % requirements, flush=True)
    pip = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / requirements)], check=True)
    stamp.write_text(digest)


def create_venv() -> None:
    """Make ``.venv``; leave nothing behind when that fails.

    Raise ``ObstacleError``: Python lacks the modules for it, or the folder cannot be written.
    """
    require_writable(ROOT)
    remedy = _("On Debian or Ubuntu run: apt-get install python3-venv")
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        said = _("%s has no venv module.") % sys.executable
        raise ObstacleError(f"{said} {remedy}")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        reason = " ".join((made.stderr or made.stdout).split())[:200]
        said = _("Cannot make %(folder)s: %(reason)s") % {"folder": VENV, "reason": reason}
        raise ObstacleError(f"{said} {remedy}")


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
        said = _(
            "Cannot write to %(folder)s (%(reason)s): "
            "make it writable for this account, or move the checkout to a folder of your own."
        )
        values = {"folder": folder, "reason": error.strerror}
        raise ObstacleError(said % values) from None


def read_port() -> int:
    """Return the variable PORT, 8000 when unset; raise ``ObstacleError`` when it is no port."""
    port = os.environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ObstacleError(_("PORT=%s is no port: choose a number from 1024 to 65535.") % port)
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
            said = _(
                "Port %(port)s of %(host)s is taken by another program: "
                "stop that one, or choose another port, for example: make run PORT=%(next)s"
            )
            values = {"port": port, "host": host, "next": port + 1}
            raise ObstacleError(said % values) from None
        said = _(
            "Cannot listen on port %(port)s of %(host)s (%(reason)s): "
            "choose others, for example: make run HOST=127.0.0.1 PORT=8000"
        )
        values = {"port": port, "host": host, "reason": error.strerror}
        raise ObstacleError(said % values) from None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
