"""A migration is applied whole or not at all, whenever its process is killed; all give roles."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.infra.project import ROOT

#: Ends the process when a migration is to be noted that has statements which come last.
_KILLED = """
import os, django; django.setup()
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder
note = MigrationRecorder.record_applied
def note_or_die(self, app, name):
    if (app, name) == ("auth", "0001_initial"):
        os._exit(9)
    note(self, app, name)
MigrationRecorder.record_applied = note_or_die
call_command("migrate", "auth", verbosity=0)
"""


def test_a_kill_before_the_note_leaves_nothing_of_the_migration(tmp_path: Path):
    assert _run(tmp_path, "-c", _KILLED) == 9
    assert not _tables(tmp_path, "auth_permission")
    assert _tables(tmp_path, "django_content_type"), "what came before it is there"
    assert _run(tmp_path, "manage.py", "migrate", "auth", "--verbosity", "0") == 0
    assert _tables(tmp_path, "auth_permission")


def test_foreign_keys_are_still_checked_after_it(tmp_path: Path):
    checked = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", "auth", verbosity=0)
with connection.cursor() as cursor:
    assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
"""
    assert _run(tmp_path, "-c", checked) == 0


def test_a_new_base_gives_each_role_what_is_its_today(tmp_path: Path):
    """Whoever adds a permission to ``access.ROLES`` owes a migration that gives it."""
    compared = """
import django; django.setup()
from django.contrib.auth.models import Group
from django.core.management import call_command
from troubleshooting.access import ROLES
call_command("migrate", verbosity=0)
for name, codenames in ROLES.items():
    held = Group.objects.get(name=name).permissions.values_list("codename", flat=True)
    assert sorted(held) == sorted(set(codenames)), name
"""
    assert _run(tmp_path, "-c", compared) == 0


def _run(folder: Path, *command: str) -> int:
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "kbportal.settings",
                    "PORTAL_ENV_FILE": ""}  # fmt: skip
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=environment).returncode


def _tables(folder: Path, name: str) -> bool:
    with sqlite3.connect(folder / "db.sqlite3") as database:
        asked = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
        return bool(database.execute(asked, [name]).fetchone()[0])
