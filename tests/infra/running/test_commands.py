"""Every command of the portal explains itself, in both languages."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from django.core.management import load_command_class
from django.utils.translation import override

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
