"""The file of settings, which the web server and every command read alike."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import override

from kbportal.environment import databases, env
from tests.infra.project import ROOT

#: Lines of a file -> what they set.
LINES = [
    ("NAME=value", "value"),
    ("export NAME=value", "value"),
    ("NAME='two words'  # why", "two words"),
    ('NAME="a#b"', "a#b"),
    ("NAME=pa$$word${HOME}", "pa$$word${HOME}"),
    ("# NAME=value", None),
    ("NAME", None),
    ("\ufeffOTHER=1\r\nNAME=value\r\n", "value"),
]


@pytest.fixture
def without(monkeypatch):
    for name in ("PORTAL_ENV_FILE", "NAME", "OTHER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "environ", dict(os.environ))


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize(("text", "expected"), LINES)
def test_lines(tmp_path: Path, text: str, expected: str | None):
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    env.read_file(tmp_path)
    assert os.environ.get("NAME") == expected


@pytest.mark.usefixtures("without")
def test_the_environment_comes_first_and_an_empty_name_means_no_file(tmp_path: Path):
    (tmp_path / ".env").write_text("NAME=file\nOTHER=file")
    os.environ["NAME"] = "environment"
    env.read_file(tmp_path)
    assert (os.environ["NAME"], os.environ.pop("OTHER")) == ("environment", "file")
    os.environ["PORTAL_ENV_FILE"] = ""
    env.read_file(tmp_path)
    assert "OTHER" not in os.environ


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_named_file_must_be_readable(tmp_path: Path, content: bytes | None):
    path = tmp_path / "settings"
    if content:
        path.write_bytes(content)
    os.environ["PORTAL_ENV_FILE"] = str(path)
    with pytest.raises(ImproperlyConfigured, match=r"PORTAL_ENV_FILE names .* cannot be read"):
        env.read_file(tmp_path)


def manage(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess:
    (tmp_path / "portal.env").write_text(f"DATA_DIR={tmp_path}\nSEARCH_LOG_DAYS=oops\n")
    environment = {"PATH": os.environ["PATH"], "PORTAL_ENV_FILE": str(tmp_path / "portal.env")}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_a_command_reads_it(tmp_path: Path):
    done = manage(tmp_path, "prune")
    assert done.returncode == 2
    assert "SEARCH_LOG_DAYS is 'oops'" in done.stderr


@pytest.mark.parametrize("mark", ["/", "?", "#", "[", "]"])
@pytest.mark.parametrize("start", ["12", "se"])
def test_no_part_of_a_password_is_shown(mark: str, start: str):
    url = f"postgresql://me:{start}{mark}cret@db.example:5432/portal"
    with pytest.raises(ImproperlyConfigured) as caught:
        databases.entry_of(url, "DATABASE_URL")
    assert "cret" not in str(caught.value)
    assert "%2F" in str(caught.value)


def test_databases_are_described_without_their_password():
    entry = databases.entry_of("postgresql://me:s%40cret@db.example:5433/portal", "x")
    for language, said in (("en", "portal at db"), ("fr", "portal sur db")):
        with override(language):
            assert databases.described(entry) == f"PostgreSQL, {said}.example:5433"
