"""Databases of earlier releases are migrated, and everything in them is still there and read."""

from __future__ import annotations

import lzma
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.publishing import release
from tests.infra.project import ROOT

DUMPS = sorted((ROOT / "tests" / "infra" / "releases").glob("*.sqlite3.xz"))
_UPGRADE = """
import django; django.setup()
from django.core.management import call_command
from troubleshooting.models import Article, ArticleTranslation, Revision
tables = ("article", "articletranslation", "revision", "sourcedocument")
import sqlite3
from django.conf import settings
COUNT = "SELECT count(*) FROM troubleshooting_{}"
with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as old:
    before = [old.execute(COUNT.format(t)).fetchone()[0] for t in tables]
old.close()
call_command("migrate", verbosity=0)
call_command("rebuild_derived", "--stale", verbosity=0)
call_command("check_index", "--fix", verbosity=0)
call_command("check_index", verbosity=0)
from django.db import connection
with connection.cursor() as cursor:
    after = [cursor.execute(COUNT.format(t)).fetchone()[0] for t in tables]
assert before == after and min(after), (before, after)
from django.template.loader import render_to_string
from django.test import Client
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES["staticfiles"]["BACKEND"] = plain
for slug in Article.objects.values_list("slug", flat=True):
    answer = Client(SERVER_NAME="localhost").get(f"/fr/articles/{slug}/")
    assert answer.status_code == 200, (slug, answer.status_code)
"""


@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.name)
def test_a_database_of_a_release_is_migrated(dump: Path, tmp_path: Path):
    (tmp_path / "db.sqlite3").write_bytes(lzma.decompress(dump.read_bytes()))
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "kbportal.settings",
        "PORTAL_ENV_FILE": "",
    }
    command = [sys.executable, "-W", "ignore", "-c", _UPGRADE]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-1500:]


def test_three_are_kept():
    assert 1 <= len(DUMPS) <= release.KEPT


def test_the_database_of_a_release_replaces_the_oldest(monkeypatch, tmp_path: Path):
    for version in ("0.0.9", "0.0.10", "0.1.0"):
        (tmp_path / f"{version}.sqlite3.xz").touch()
    monkeypatch.setattr(release, "RELEASES", tmp_path)
    written = release.write_database("0.2.0")
    known = {path.name.removesuffix(".sqlite3.xz") for path in tmp_path.iterdir()}
    assert known == {"0.0.10", "0.1.0", "0.2.0"}
    (tmp_path / "db.sqlite3").write_bytes(lzma.decompress(written.read_bytes()))
    with sqlite3.connect(tmp_path / "db.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM troubleshooting_article").fetchone() == (3,)
    database.close()


CHANGELOG = "# Changelog\n\n## Unreleased\n\n- One.\n\n## 0.1.0 (2026-01-02)\n\n- Nought.\n"


def test_what_was_done_gets_the_number_and_the_day():
    text = release.dated(CHANGELOG, "0.2.0", "2026-03-04")
    assert text == CHANGELOG.replace(
        "## Unreleased\n\n", "## Unreleased\n\n## 0.2.0 (2026-03-04)\n\n", 1
    )


@pytest.mark.parametrize(
    ("version", "said"),
    [("0.1.0", "not after"), ("0.0.9", "not after"), ("1.2", "three numbers"), ("x", "three")],
)
def test_a_number_that_is_none(version: str, said: str):
    with pytest.raises(release.RefusedError, match=said):
        release.checked(version, "0.1.0", CHANGELOG)


def test_a_release_without_changes_is_refused():
    empty = CHANGELOG.replace("- One.\n\n", "")
    with pytest.raises(release.RefusedError, match="no change"):
        release.checked("0.2.0", "0.1.0", empty)
    assert release.checked("0.2.0", "0.1.0", CHANGELOG) == "0.2.0"
