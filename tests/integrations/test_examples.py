"""The examples of docs/integrations.md do what they say: each is run as it is written there.

Commands are called, requests are sent to the portal without a network, what is data is read. An
example that no function here knows is a fault, and so is one that is answered with an error.
"""

from __future__ import annotations

import io
import json
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command, load_command_class
from django.test import Client, override_settings
from django.urls import resolve

from tests.integrations.api.test_client import kb
from tests.people import person
from tests.search.semantic.conftest import write_model
from tests.web.content import make_portal, write
from troubleshooting.api.documentation.page import operations
from troubleshooting.assistants.tools import TOOLS
from troubleshooting.jobs import work_off
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    ImportRun,
    Platform,
    Source,
    Webhook,
    WebhookDelivery,
)
from troubleshooting.tokens.issuing import issue

TEXT = Path("docs/integrations.md").read_text("utf-8")
LOG = "2026-11-27 10:11:12 setup failed 0x8007064C\n"
#: What examples are about: an article by its address and one by its number, with its revision.
NUMBER, REVISION = 12, 3


def blocks() -> list[str]:
    """Return what stands between fences, in its order."""
    return re.findall(r"^```[a-z]*\n(.*?)^```", TEXT, flags=re.DOTALL | re.MULTILINE)


def lines(block: str) -> Iterator[str]:
    """Yield what a shell would read as one line, quoted text of several lines included."""
    left = ""
    for line in block.replace("\\\n", " ").splitlines():
        left = f"{left}\n{line}" if left else line
        try:
            shlex.split(left)
        except ValueError:  # a quotation that is still open
            continue
        yield left
        left = ""
    assert not left, left


@pytest.fixture
def portal(db, settings, tmp_path, monkeypatch) -> None:
    """Make a portal that has what the examples name, in a folder that has the log they read."""
    settings.DATA_DIR = settings.MEDIA_ROOT = tmp_path
    settings.WIDGET_ORIGINS = ["https://desk.example.org"]
    make_portal()
    for number, slug in ((NUMBER, "paper-jam"), (NUMBER + 1, "android-certificate-issues")):
        Article.objects.filter(pk=number).delete()
        article = Article.objects.create(pk=number, slug=slug, status="published")
        for time in range(REVISION):
            problem = f"machine already enrolled, 0x8007064C, {time}"
            write(article, "en", f"Enrolment {number}", problem=problem, resolution="1.  One.")
    (tmp_path / "setup.log").write_text(LOG)
    monkeypatch.chdir(tmp_path)


def run_manage(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Call a command of the portal; it has to find something."""
    assert words[0] == "manage.py"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LOG.encode())))
    out = io.StringIO()
    status: object = 0
    try:
        call_command(*words[1:], stdout=out)
    except SystemExit as ended:
        status = ended.code
    assert not status, (words, out.getvalue())
    assert out.getvalue().strip()


def run_curl(words: list[str], secret: str) -> None:
    """Send a request; it has to be answered well."""
    method, headers, body, address = "", {}, None, ""
    rest = iter(words[1:])
    for word in rest:
        if word == "-X":
            method = next(rest)
        elif word == "-H":
            name, value = next(rest).split(": ", 1)
            headers[name.lower()] = value.replace("$TOKEN", secret)
        elif word == "-d":
            body = next(rest)
        else:
            assert not word.startswith("-"), f"unknown option {word}"
            address = word
    parts = urlsplit(address)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    path = path.replace("/imports/7/", f"/imports/{_last_import()}/")
    kind = headers.pop("content-type", "")
    assert body is None or kind == "application/json", "curl would send a form"
    method = method or ("GET" if body is None else "POST")
    answer = Client().generic(method, path, body or "", kind, headers=headers)
    assert 200 <= answer.status_code < 300, (words, answer.status_code, answer.content)
    work_off()


def _last_import() -> int:
    last = ImportRun.objects.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def check_json(block: str) -> None:
    """Compare a message of a webhook with one that the portal sends; read other data."""
    said: dict[str, Any] = json.loads(block)
    if "mcpServers" in said:
        (server,) = said["mcpServers"].values()
        program, command, *options = server["args"]
        assert (Path(program).is_absolute(), Path(program).name) == (True, "manage.py")
        assert (
            load_command_class("troubleshooting", command).create_parser("", "").parse_args(options)
        )
        assert Path(server["command"]).is_absolute()
        assert set(server["env"]) == {"DATA_DIR", "KBPORTAL_TOKEN"}
        return
    Webhook.objects.create(name="x", address="https://desk.example.org/", events=[said["type"]])
    write(
        Article.objects.get(pk=NUMBER + 1), "en", "Other", problem="Other.", resolution="1.  Two."
    )
    sent = WebhookDelivery.objects.latest("pk").payload
    assert set(sent) >= {"type", "data"}
    assert set(sent["data"]) == set(said["data"])


def check_script(block: str) -> None:
    """Look whether the script reads the attributes that the example gives it."""
    script = Client().get("/widget.js").content.decode()
    for name in re.findall(r"data-(\w+)=", block):
        assert f"dataset.{name}" in script or f"data-{name}" in script, name


def run_line(line: str, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a line as a shell would: what is before a pipe or after "||" is not the portal's."""
    line = line.split("||")[0].split(">")[0] if line.startswith("journalctl") else line
    words = shlex.split(line.rpartition(" | ")[2])
    if words[0] == "manage.py":
        run_manage(words, monkeypatch)
    elif words[0] == "curl":
        run_curl(words, secret)
    elif words[0].startswith("KB_URL="):
        assert words[1] == "kb"
        assert kb(*words[2:])[0] == 0
    elif words[0].startswith("SEMANTIC_MODEL="):
        with override_settings(SEMANTIC_MODEL=write_model(Path("model").absolute())):
            run_manage(words[1:], monkeypatch)
    else:
        assert words[:3] == ["claude", "mcp", "add"], f"nothing here knows: {line}"
        (address,) = [word for word in words if word.startswith("https://")]
        assert resolve(urlsplit(address).path)
        assert TOOLS


def test_every_example_does_what_it_says(portal, monkeypatch):
    scopes = ["read", "write", "import", "outcomes"]
    secret = issue(person("administrator"), "all", scopes, 1).secret
    for block in blocks():
        if block.startswith("{"):
            check_json(block)
        elif block.startswith("<script"):
            check_script(block)
        else:
            for line in lines(block):
                run_line(line, secret, monkeypatch)


def test_there_is_an_example_of_each_kind():
    whole = "\n".join(blocks())
    for part in ("manage.py search", "manage.py decode", "manage.py diagnose", "manage.py article",
                 "/mcp", "kb search", "kb diagnose", "/api/v1/search/", "/api/v1/diagnose/",
                 "/api/v1/tickets/match/", "/uses/", "/api/v1/imports/", "-X PUT", "text/markdown",
                 "recent.atom", "<script", "article.changed", "SEMANTIC_MODEL="):  # fmt: skip
        assert part in whole


def test_every_example_of_the_page_of_the_api_does_what_it_says(portal, monkeypatch):
    """In the order of the page, but for what would take from another what it is about."""
    scopes = ["read", "write", "import", "outcomes"]
    secret = issue(person("administrator"), "all", scopes, 1).secret
    Platform.objects.get_or_create(slug="android", defaults={"name": "Android"})
    folder = Path("handbook")
    folder.mkdir()
    Source.objects.create(slug="handbook", name="Handbook", kind="folder", location=str(folder))
    last = {"changeStatus", "changeImport"}
    for one in sorted(operations(), key=lambda one: one.name in last):
        words = [*shlex.split(one.command.replace("\\\n", " ")), one.example_path]
        words = [word.replace('"r3"', f'"r{_revision()}"') for word in words]
        run_curl(words, secret)


def _revision() -> int:
    text = ArticleTranslation.objects.get(article=NUMBER, language="en")
    return text.revision_number
