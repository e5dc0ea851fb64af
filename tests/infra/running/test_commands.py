"""Every command of the portal explains itself, in both languages."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from django.core.management import load_command_class
from django.utils.translation import override

import manage
import troubleshooting.management.commands as commands

NAMES = sorted(path.stem for path in Path(commands.__path__[0]).glob("[!_]*.py"))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_help(name, language):
    out = io.StringIO()
    with override(language), redirect_stdout(out), pytest.raises(SystemExit) as ended:
        load_command_class("troubleshooting", name).run_from_argv(["manage.py", name, "--help"])
    assert ended.value.code == 0
    assert f"manage.py {name}" in out.getvalue()


@pytest.mark.parametrize(
    ("line", "is_said"),
    [
        *((name, name != "compile_catalogues") for name in NAMES),
        *((name, True) for name in ("changepassword", "clearsessions", "loaddata", "flush")),
        *((name, False) for name in ("collectstatic", "makemessages", "test")),
        ("prune --verbosity 2", True),
        ("prune --verbosity=0", False),
        ("prune -v 0", False),
        ("prune -v0", False),
        ("prune -h", False),
        ("prune --verbosity many", False),
    ],
)
def test_a_command_says_which_database_it_uses(line: str, is_said: bool, capsys):
    utility = manage.PortalUtility(["manage.py", *line.split()])
    name = line.split()[0]
    utility.fetch_command(name)
    assert ("Database: " in capsys.readouterr().err) is is_said
