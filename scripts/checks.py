#!/usr/bin/env python3
"""Everything that `make test` checks, in order; the exit status tells whether all of it held.

Runs in the environment with requirements-dev.txt installed. The tests run on SQLite; those that
use a database run on PostgreSQL too, at TEST_DATABASE_URL or on a server started for them when
PostgreSQL is installed. Without it those marked ``postgres`` are skipped, which a CI run does
not accept.
"""

import os
import secrets
import subprocess
import sys
import sysconfig
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import private_postgres  # noqa: E402 (found through the path added above)

PYTHON = sys.executable
LINT = {
    "mypy": ["mypy"],  # strict, with Django's types; what it knows stays in .mypy_cache
    "ruff check": ["ruff", "check", "."],
    "ruff format --check": ["ruff", "format", "--check", "."],
    "deno fmt --check": ["deno", "fmt", "--check"],  # style sheets and scripts; see deno.json
    "deno lint": ["deno", "lint"],
}
#: No module of Python, but a program beside it.
TEMPLATES = [str(Path(sysconfig.get_path("scripts")) / "djangofmt"), "--check", "templates"]
DJANGO = {
    "manage.py compile_catalogues": ["compile_catalogues"],  # they are not in the repository
    "manage.py check --deploy": ["check", "--deploy", "--fail-level", "WARNING"],
    "manage.py makemigrations --check": ["makemigrations", "--check", "--dry-run"],
}
#: On two processors a third worker gains nothing: a browser uses more than one of its own.
WORKERS = ("-n", "2")
#: All that uses a database must hold on both.
POSTGRES_TESTS = "(postgres or django_db) and not sqlite and not browser"
#: Folders that hold no such test, which need not be read to find them.
NOT_ON_POSTGRES = ("--ignore=tests/unit", "--ignore=tests/bounded", "--ignore=tests/browser")


def production_environment(data_dir: str) -> dict[str, str]:
    """Return the variables of a sound deployment, whatever the caller's own are."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "ALLOWED_HOSTS": "portal.example.org",
        "DATABASE_URL": "sqlite://:memory:",
        "DATA_DIR": data_dir,
        "DEBUG": "false",
        "PORTAL_ENV_FILE": "",
        "SECRET_KEY": secrets.token_urlsafe(50),
    }


def passes(name: str, command: list[str], env: dict[str, str] | None = None) -> bool:
    """Run one check and return whether it passed; print that, and its own output if it failed."""
    done = subprocess.run(
        command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name}", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


def lint() -> list[str]:
    """Run the checks of style and types; return the names of those that failed."""
    with tempfile.TemporaryDirectory() as data_dir:
        env = production_environment(data_dir)  # mypy reads Django's settings
        commands = {name: [PYTHON, "-m", *rest] for name, rest in LINT.items()}
        commands["djangofmt --check"] = TEMPLATES
        commands["docstrings.py --check"] = [PYTHON, "scripts/docstrings.py", "--check"]
        # The types take most of the time, on one processor: all else is done beside them.
        with ThreadPoolExecutor(2) as side_by_side:
            passed = side_by_side.map(lambda one: passes(one, commands[one], env), commands)
            return [name for name, done in zip(commands, passed, strict=True) if not done]


def project() -> list[str]:
    """Run the checks of settings, migrations and catalogues; return those that failed."""
    with tempfile.TemporaryDirectory() as data_dir:
        env = production_environment(data_dir)
        failed = [
            name
            for name, rest in DJANGO.items()
            if not passes(name, [PYTHON, "manage.py", *rest], env)
        ]
    catalogues = "catalogues complete and compiled"
    if not passes(catalogues, [PYTHON, "scripts/messages.py", "check"]):
        failed.append(catalogues)
    return failed


def pytest(*arguments: str, database: str = "") -> tuple[bool, str]:
    """Run pytest, its output passing through; return success and its last line."""
    command = [PYTHON, "-m", "pytest", *arguments]
    env = os.environ | {"TEST_DATABASE_URL": database, "PYTHONUNBUFFERED": "1"}
    # Else each worker, and each process that a test starts, compiles the whole project anew.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    last = ""
    with subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE) as run:
        for line in run.stdout or ():
            print(line, end="", flush=True)
            last = line.strip() or last
    return run.returncode == 0, last


def tests() -> list[str]:
    """Run the tests on the databases at hand; return the names of the runs that failed."""
    url, programs = os.environ.get("TEST_DATABASE_URL"), private_postgres.find_programs()
    if url:
        server: AbstractContextManager[str] = nullcontext(url)
    elif programs:
        server = private_postgres.cluster(programs)
    else:
        passed, _summary = pytest(*WORKERS)
        return [] if passed else ["tests"]
    with server as address:
        outcomes = {
            "tests on SQLite": pytest(*WORKERS, "-m", "not postgres"),
            "tests on PostgreSQL": pytest(
                *(*WORKERS, "-m", POSTGRES_TESTS, *NOT_ON_POSTGRES), database=address
            ),
        }
    for name, (_passed, summary) in outcomes.items():
        print(f"{name}: {summary}")
    return [name for name, (passed, _summary) in outcomes.items() if not passed]


def main(*stages: str) -> int:
    """Run the named stages (lint, project, tests; all when none is named)."""
    known = {"lint": lint, "project": project, "tests": tests}
    failed = [name for stage in stages or known for name in known[stage]()]
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
