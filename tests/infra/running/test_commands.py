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
def test_a_command_says_which_database_it_uses(line: str, is_said: bool, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    utility = manage.PortalUtility(["manage.py", *line.split()])
    name = line.split()[0]
    utility.fetch_command(name)
    assert ("Database: " in capsys.readouterr().err) is is_said


@pytest.mark.parametrize(
    ("locale", "database", "deleted"),
    [
        ("fr_FR.UTF-8", "Base de données\u00a0: ", "Supprimé"),
        ("en_GB.UTF-8", "Database: ", "Deleted, jobs: 0"),
        ("C.UTF-8", "Base de données\u00a0: ", "Supprimé"),
    ],
)
@pytest.mark.django_db
def test_a_command_speaks_the_language_of_the_terminal(
    locale: str, database: str, deleted: str, capsys, monkeypatch, settings
):
    """Where it names none that the portal has, that of the portal."""
    settings.LANGUAGE_CODE = "fr"
    monkeypatch.setenv("LC_ALL", locale)
    manage.PortalUtility(["manage.py", "prune"]).execute()
    said = capsys.readouterr()
    assert said.err.startswith(database)
    assert deleted in said.out


def test_a_command_answers_in_the_language_of_the_terminal_unless_told_another(settings):
    for active, language in (("en", "en"), ("fr", "fr"), ("de", settings.LANGUAGE_CODE)):
        with override(active):
            for name in ("search", "article"):
                parser = load_command_class("troubleshooting", name).create_parser("", name)
                assert parser.get_default("language") == language
