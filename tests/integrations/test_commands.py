"""What the commands answer in words, in JSON and by their exit status."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import override

from tests.web.content import BILINGUAL, CODE, DRAFT, DRAFT_CODE, STAFF
from troubleshooting.management.base import PortalCommand
from troubleshooting.models import Article

ROOT = Path(__file__).parents[2]


def run(*arguments: str, **options: object) -> tuple[int, str]:
    """Return the exit status of a command, and what it wrote."""
    out = io.StringIO()
    try:
        call_command(*arguments, stdout=out, **options)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def log(tmp_path):
    """Return a function that writes a log and returns its name."""

    def write(raw: bytes) -> str:
        path = tmp_path / "setup.log"
        path.write_bytes(raw)
        return str(path)

    return write


LOG = (
    f"2026-11-27 10:11:12 start\r\n2026-11-27 10:11:13 failed: {CODE} \x1b[2J\r\n  again {CODE}\r\n"
)


def test_diagnose_in_words(portal, log):
    status, said = run("diagnose", log(LOG.encode("utf-16")), "--language", "en")
    assert status == 0
    assert f"2  2026-11-27 10:11:13 failed: »{CODE}« \ufffd[2J\n" in said
    assert f"2026-11-27T10:11:13       {CODE} × 2\n" in said
    assert f"  Limit reached  [line 2: {CODE}]\n" in said
    assert f"/en/articles/{BILINGUAL}/" in said
    assert "\x1b" not in said


def test_diagnose_in_json_and_its_moments(portal, log):
    status, said = run("diagnose", log(LOG.encode()), "--language", "fr", "--format", "json")
    (found,) = json.loads(said)
    assert status == 0
    assert [hit["slug"] for hit in found["articles"]] == [BILINGUAL]
    assert found["timeline"][0]["iso"] == "2026-11-27T10:11:13"
    assert [line["number"] for line in found["marked"]] == [2, 3]


@pytest.mark.parametrize("raw", [b"", b"\0\0\n\0", b"nothing here\nat all\n", DRAFT_CODE.encode()])
def test_diagnose_of_what_nothing_is_known(portal, log, raw: bytes):
    status, said = run("diagnose", log(raw), "--language", "en")
    assert status == 1
    assert "No article is about anything in this text." in said


def test_a_single_line_is_marked(portal, log):
    assert f"1  it says »{CODE}« now" in run("diagnose", log(f"it says {CODE} now".encode()))[1]


def test_a_long_log_is_read_to_its_end(portal, log):
    raw = b"2026-11-27 10:11:12 nothing\n" * 10_000 + f"at the end {CODE}\n".encode()
    status, said = run("diagnose", log(raw), "--format", "json")
    assert status == 0
    assert json.loads(said)[0]["marked"][0]["number"] == 10_001


def test_what_cannot_be_read_is_an_error_of_its_own():
    with pytest.raises(CommandError) as raised:
        call_command("diagnose", "/no/such/file")
    assert raised.value.returncode == 2


@pytest.mark.parametrize(
    ("typed", "status", "part"),
    [
        ("0x8007064C", 0, "ERROR_INSTALL_SOURCE_ABSENT"),
        ("-2147023284", 0, "from a signed decimal number"),
        (CODE, 0, "Limit reached"),
        ("no code", 1, "is not a code"),
        ("\x1b[31m", 1, "\ufffd[31m is not a code"),
        ("9" * 5000, 1, "is not a code"),
        (DRAFT_CODE, 0, "0x80070005"),
    ],
)
def test_decode(portal, typed: str, status: int, part: str):
    got, said = run("decode", typed, "--language", "en")
    assert got == status
    assert part in said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("form", "part"),
    [
        ("md", "\n# Limit reached\n\n## Problem\n\n**Limit reached**, 0x80cf0440."),
        ("md", "    Open **Settings** › **Accounts**."),
        ("txt", "Limit reached\n=============\n"),
        ("json", '"revision": 1'),
    ],
)
def test_article(portal, form: str, part: str):
    assert part in run("article", BILINGUAL, "--language", "en", "--format", form)[1]


@pytest.mark.parametrize("slug", [DRAFT, STAFF, "unknown", "\0", ""])
def test_no_command_shows_what_is_not_public(portal, slug: str):
    with pytest.raises(CommandError):
        call_command("article", slug)
    if found := Article.objects.filter(slug=slug).first():
        with pytest.raises(CommandError):
            call_command("article", str(found.pk))


def test_an_article_by_its_number(portal):
    number = str(Article.objects.get(slug=BILINGUAL).pk)
    arguments = ("--language", "en", "--format", "json")
    assert run("article", number, *arguments) == run("article", BILINGUAL, *arguments)
    for unknown in ("999999", "9" * 40, "٣"):
        with pytest.raises(CommandError):
            call_command("article", unknown)


def test_an_output_that_nobody_reads_on_ends_the_command_quietly(tmp_path, monkeypatch):
    class Interrupted(PortalCommand):
        requires_system_checks = ()

        def handle(self, *args: object, **options: object) -> None:
            raise BrokenPipeError

    with (tmp_path / "out").open("w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        with pytest.raises(SystemExit) as ended:
            call_command(Interrupted())
    assert ended.value.code == 141


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("search", "x"), ("mcp",)])
def test_a_database_without_the_portals_tables_is_named(tmp_path, arguments: tuple):
    variables = {"DATA_DIR": str(tmp_path), "DEFAULT_LANGUAGE": "en", "PATH": ""}
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    asked = b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}\n'
    ended = subprocess.run(
        command, env=variables, input=asked, cwd="/", capture_output=True, check=False
    )
    said = ended.stderr.decode()
    assert ended.returncode == 1
    assert f"The database {tmp_path}/db.sqlite3 has no tables of the portal." in said
    assert "Traceback" not in said
    assert not ended.stdout


@pytest.mark.django_db
def test_a_database_older_than_the_program_is_named(monkeypatch):
    class Asking(PortalCommand):
        requires_system_checks = ()

        def handle(self, *args: object, **options: object) -> None:
            raise OperationalError("no such column: mark")

    with pytest.raises(OperationalError):  # nothing to migrate: it is another fault
        call_command(Asking())
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: [targets])
    with override("en"), pytest.raises(CommandError, match="is older than the program"):
        call_command(Asking())
