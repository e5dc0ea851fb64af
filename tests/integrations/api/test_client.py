"""The client that needs no Django: its types are the schema's, its commands answer."""

from __future__ import annotations

import io
import json
import socket
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client as Browser

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "clients" / "python"))

from kbportal_client import Client, PortalError  # noqa: E402
from kbportal_client.cli import main  # noqa: E402
from kbportal_client.client import Answer  # noqa: E402

from scripts.publishing.client_types import TARGET, types_of  # noqa: E402
from tests.people import person  # noqa: E402
from tests.web.content import BILINGUAL, CODE, DRAFT_CODE  # noqa: E402
from troubleshooting.api.operations import api  # noqa: E402
from troubleshooting.models import Article, GapReport, Outcome  # noqa: E402
from troubleshooting.tokens.issuing import issue  # noqa: E402

ADDRESS = "http://testserver"


def send(request) -> Answer:
    """Hand a request to the portal without a network."""
    path = request.full_url.removeprefix(ADDRESS)
    headers = dict(request.header_items())
    kind = headers.pop("Content-type", "application/json")
    answer = Browser().generic(request.method, path, request.data or b"", kind, headers=headers)
    return Answer(answer.status_code, dict(answer.headers), answer.content)


def kb(*arguments: str) -> tuple[int, str]:
    """Return the exit status of a command, and what it wrote."""
    out = io.StringIO()
    status = main(["--url", ADDRESS, *arguments], send=send, write=lambda s: print(s, file=out))
    return status, out.getvalue()


def test_the_types_are_those_of_the_schema():
    made = types_of(api.get_openapi_schema())
    assert TARGET.read_text("utf-8") == made, "run python -m scripts.publishing.client_types"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("search", CODE), 0, "Limit reached"),
        (("search", "zebra", "unicorn"), 1, "Nothing found."),
        (("search", CODE, "--platform", "ios"), 1, ""),
        (("decode", "0x8007064C"), 0, "ERROR_INSTALL_SOURCE_ABSENT"),
        (("decode", "hello"), 1, "No code"),
        (("article", "1"), 0, "Article 1, revision 1"),
        (("article", BILINGUAL, "--language", "fr"), 0, "\nPROBLÈME\n"),
        (("article", "999999"), 2, ""),
        (("article", BILINGUAL), 0, f"{ADDRESS}/en/articles/{BILINGUAL}/"),
        (("article", "no-such-article"), 2, ""),
        (("search", CODE), 0, f"{ADDRESS}/en/articles/{BILINGUAL}/"),
        (("search", CODE, "--platform", "Android"), 2, ""),
        (("decode", "-2147023284"), 0, "from a signed decimal number"),
        (("diagnose", "no-such-file"), 2, ""),
    ],
)
def test_commands(portal, arguments: tuple, status: int, said: str):
    if arguments == ("article", "1"):
        number = str(Article.objects.get(slug=BILINGUAL).pk)
        arguments, said = ("article", number), f"Article {number}, revision 1"
    language = () if "--language" in arguments else ("--language", "en")
    found, written = kb(*arguments, *language)
    assert found == status
    assert said in written


def test_a_log_in_any_encoding_and_without_control_of_the_terminal(portal, tmp_path):
    log = tmp_path / "setup.log"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        log.write_bytes(f"début \x1b[2J\r\nfailed {CODE} \x1b[2J\0\r\n".encode(encoding))
        status, written = kb("diagnose", str(log), "--language", "en")
        assert status == 0
        assert f"2  failed {CODE}" in written
        assert "\x1b" not in written
    status, written = kb("diagnose", str(log), "--json")
    assert json.loads(written)["articles"][0]["slug"] == BILINGUAL


def test_every_method_answers(portal):
    secret = issue(person("author"), "x", ["read", "outcomes"], 1).secret
    client = Client(f"{ADDRESS}/", secret, "fr", send)
    number = Article.objects.get(slug=BILINGUAL).pk
    assert client.search(DRAFT_CODE, limit=1)["total"] > 0
    assert client.article_at(BILINGUAL)["number"] == number
    assert len({one["number"] for one in client.articles()}) == Article.objects.count()
    assert [one["slug"] for one in client.platforms()][:2] == ["android", "ios"]
    assert client.suggest("plafond")
    client.report_outcome(number, "solved", step="resolution-1-step-1")
    client.report_gap("0x80070999")
    assert (Outcome.objects.count(), GapReport.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("shell", "asked", "spoken"),
    [
        ({"LANG": "en_GB.UTF-8"}, (), "en"),
        ({"LANG": "fr_FR.UTF-8"}, (), "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "en_US"}, (), "en"),
        ({"LANG": "fr_FR", "LC_MESSAGES": "en"}, (), "en"),
        ({"LANG": "en_GB.UTF-8"}, ("--language", "fr"), "fr"),
        ({"LANG": "C.UTF-8"}, (), settings.LANGUAGE_CODE),
        ({"LANG": "nb_NO.UTF-8"}, (), settings.LANGUAGE_CODE),
        ({"LANG": "en\r\nX-Evil: 1"}, (), settings.LANGUAGE_CODE),
        ({}, (), settings.LANGUAGE_CODE),
    ],
)
def test_answers_are_in_the_language_of_the_shell(portal, monkeypatch, shell, asked, spoken):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in shell.items():
        monkeypatch.setenv(name, value)
    assert json.loads(kb("search", CODE, "--json", *asked)[1])["language"] == spoken


def test_an_error_says_which_values_are_wrong(portal):
    with pytest.raises(PortalError, match=r"query\.platform: There is no “Android”, but: "):
        Client(ADDRESS, "", "en", send).search(CODE, platforms=["Android"])
    problem = {"detail": "No.", "errors": ["text", None, 1]}
    assert str(PortalError(422, problem)) == "422: No."


def test_what_goes_wrong_is_said(portal):
    with pytest.raises(PortalError, match="401: This is not a token that works") as caught:
        Client(ADDRESS, "kbp_wrong", "en", send).platforms()
    assert caught.value.status == 401
    with pytest.raises(PortalError):
        Client("http://127.0.0.1:9").platforms()
    with pytest.raises(ValueError, match="no address"):
        Client("file:///etc/passwd")
    for body in (b"", b"<html>", b"[" * 99, b"[" * 200_000, b"{}", b"null", b"\xff\xfe"):
        with pytest.raises(PortalError):
            Client(ADDRESS, send=lambda _request, body=body: Answer(200, {}, body)).platforms()
    with pytest.raises(PortalError):
        Client(ADDRESS, send=lambda _request: Answer(200, {}, b"[]")).search("x")
    assert main(["--url", "", "search", "x"]) == 2


@pytest.mark.parametrize(
    "address",
    ["", "x", "ftp://x", "http://", "http://x:99999", "http://x:y", "http://x/a b", "http://x/\n"],
)
def test_an_address_that_is_none_is_refused(address: str):
    with pytest.raises(ValueError, match="no address"):
        Client(address)


@pytest.mark.parametrize("token", ["kbp_a\nX: y", "kbp_a b", "ключ", "kbp_\x00"])
def test_a_token_that_no_header_takes_is_refused_and_not_repeated(token: str):
    with pytest.raises(ValueError, match="character") as caught:
        Client(ADDRESS, token)
    assert token not in str(caught.value)
    assert repr(token) not in str(caught.value)


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{",
        b"HTTP/1.1 500 No\r\nContent-Length: 5000\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
    ],
)
def test_a_server_that_is_no_portal_is_said(answer: bytes):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _address = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        with pytest.raises(PortalError) as caught:
            Client(f"http://127.0.0.1:{server.getsockname()[1]}").search("x")
        assert caught.value.status == 0
        thread.join(5)
