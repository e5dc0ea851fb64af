#!/usr/bin/env python3
"""Make a release: its number and day in the changelog, a small database, a commit and a tag.

``python -m scripts.publishing.release 1.2.0`` works on a clean checkout and pushes nothing. The
database holds three articles of fixtures/; ``tests/infra/running/test_releases.py`` migrates from
it from then on.
"""

from __future__ import annotations

import lzma
import re
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from scripts import portal_server

ROOT = Path(__file__).resolve().parents[2]
RELEASES = ROOT / "tests" / "infra" / "releases"
#: Releases whose databases are kept.
KEPT = 3
_UNRELEASED = "## Unreleased\n"
_VERSION = re.compile(r'^version = "([\d.]+)"$', re.MULTILINE)
_PRUNE = """
from troubleshooting.models import Article
kept = list(Article.objects.order_by("pk").values_list("pk", flat=True)[:3])
Article.objects.exclude(pk__in=kept).delete()
"""


class RefusedError(Exception):
    """Why there is no release."""


def checked(version: str, present: str, changelog: str) -> str:
    """Return ``version``.

    Raise ``RefusedError``: it is no number after the ``present`` one, or nothing has changed.
    """
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise RefusedError(f"{version} is not three numbers, such as 1.2.0.")
    if _numbers(version) <= _numbers(present):
        raise RefusedError(f"{version} is not after {present}.")
    after = changelog.split(_UNRELEASED, 1)[-1].split("\n## ", 1)[0]
    if not re.search(r"^- ", after, re.MULTILINE):
        raise RefusedError("CHANGELOG.md names no change.")
    return version


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def dated(changelog: str, version: str, day: str) -> str:
    """Return the changelog with what was unreleased below its number and day."""
    return changelog.replace(_UNRELEASED, f"{_UNRELEASED}\n## {version} ({day})\n", 1)


def write_database(version: str) -> Path:
    """Write the small database of this release and return its path; the last three stay."""
    with tempfile.TemporaryDirectory(prefix="portal-release-") as name:
        folder = Path(name)
        portal_server.prepare(folder)
        portal_server.manage(folder, "shell", "--no-imports", "--command", _PRUNE)
        with sqlite3.connect(folder / "db.sqlite3", isolation_level=None) as database:
            database.execute("VACUUM")
            database.execute("PRAGMA journal_mode=DELETE")
        database.close()
        content = (folder / "db.sqlite3").read_bytes()
    path = RELEASES / f"{version}.sqlite3.xz"
    path.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    known = sorted(RELEASES.glob("*.xz"), key=lambda one: _numbers(one.name.split(".sqlite3")[0]))
    for old in known[:-KEPT]:
        old.unlink()
    return path


def main(version: str) -> int:
    """Make the release; return 1 where it is refused."""
    project, changes = ROOT / "pyproject.toml", ROOT / "CHANGELOG.md"
    text, changelog = project.read_text("utf-8"), changes.read_text("utf-8")
    found = _VERSION.search(text)
    try:
        if _git("status", "--porcelain"):
            raise RefusedError("Something is not committed.")
        checked(version, found[1] if found else "0", changelog)
    except RefusedError as error:
        print(error, file=sys.stderr)
        return 1
    write_database(version)
    project.write_text(_VERSION.sub(f'version = "{version}"', text, count=1), "utf-8")
    changes.write_text(dated(changelog, version, f"{datetime.now(UTC):%Y-%m-%d}"), "utf-8")
    _git("add", "--all")
    _git("commit", "-m", f"Release {version}")
    _git("tag", "--annotate", version, "-m", f"Release {version}")
    print(f"Committed and tagged {version}. To publish: git push --follow-tags")
    return 0


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
