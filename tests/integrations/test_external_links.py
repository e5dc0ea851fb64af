"""Links to other hosts: asked politely and never inside, and what editors are told of them."""

from __future__ import annotations

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.web.content import BILINGUAL, FRENCH_ONLY, write
from tests.web.editors import person
from troubleshooting.checking.survey import survey
from troubleshooting.external_links import asking, rounds
from troubleshooting.external_links.asking import ask
from troubleshooting.external_links.rounds import links_of
from troubleshooting.jobs import work_off
from troubleshooting.management.commands import check_links as command
from troubleshooting.models import ExternalLink
from troubleshooting.webhooks import addresses
from troubleshooting.webhooks.addresses import WebhookTarget

HOST = "https://example.net"
#: Path -> what it answers to HEAD and to GET, and where it leads.
PATHS: dict[str, tuple[int, int, str]] = {
    "/there": (200, 200, ""),
    "/no-head": (405, 200, ""),
    "/head-lies": (404, 200, ""),
    "/gone": (404, 404, ""),
    "/gone-for-good": (410, 410, ""),
    "/members": (403, 403, ""),
    "/broken": (503, 503, ""),
    "/moved": (301, 301, "/there"),
    "/moved-twice": (308, 308, "/moved"),
    "/for-now": (302, 302, "/there"),
    "/for-now-then-moved": (302, 302, "/moved"),
    "/moved-away": (301, 301, "/gone"),
    "/circle": (301, 301, "/circle"),
    "/inside": (302, 302, "http://10.0.0.1/"),
    "/nowhere": (302, 302, "file:///etc/passwd"),
}
OUTCOMES = {
    "/there": ("alive", 200, ""),
    "/no-head": ("alive", 200, ""),
    "/head-lies": ("alive", 200, ""),
    "/gone": ("dead", 404, ""),
    "/gone-for-good": ("dead", 410, ""),
    "/members": ("unclear", 403, ""),
    "/broken": ("unclear", 503, ""),
    "/moved": ("moved", 200, f"{HOST}/there"),
    "/moved-twice": ("moved", 200, f"{HOST}/there"),
    "/for-now": ("alive", 200, ""),
    "/for-now-then-moved": ("alive", 200, ""),
    "/moved-away": ("dead", 404, ""),
    "/circle": ("unclear", 301, ""),
    "/inside": ("refused", 0, ""),
    "/nowhere": ("refused", 0, ""),
}


class _Host(BaseHTTPRequestHandler):
    asked: list[str] = []

    def _answer(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        head, get, location = PATHS[self.path]
        self.send_response(head if self.command == "HEAD" else get)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = _answer  # noqa: N815 (names that the library calls)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def host(monkeypatch):
    """Return a host on this machine that stands for ``example.net``; others are judged as ever."""
    server = HTTPServer(("127.0.0.1", 0), _Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _Host.asked = []

    def target(url: str, schemes: tuple[str, ...]) -> WebhookTarget:
        name, _port, path = addresses.parts_of(url, schemes)
        if name != "example.net":
            return addresses.target_of(url, schemes)
        return WebhookTarget(name, server.server_port, path, "127.0.0.1", False)

    monkeypatch.setattr(asking, "target_of", target)
    monkeypatch.setattr(rounds, "PAUSE", timedelta())
    monkeypatch.setattr(command, "PAUSE", timedelta())
    yield _Host
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("host")
@pytest.mark.parametrize("path", OUTCOMES)
def test_what_becomes_of_an_address(path):
    assert tuple(ask(HOST + path)) == OUTCOMES[path]


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://10.1.2.3/x", "https://[::1]/", "http://169.254.169.254/latest",
     "http://user:secret@8.8.8.8/", "http://localhost/"],
)  # fmt: skip
def test_nothing_inside_is_ever_asked(url, monkeypatch):
    monkeypatch.setattr(asking, "PinnedConnection", None)
    assert ask(url).state == "refused"


def test_get_follows_only_where_head_is_refused(host):
    ask(f"{HOST}/there")
    ask(f"{HOST}/no-head")
    assert host.asked == ["HEAD /there", "HEAD /no-head", "GET /no-head"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[a](https://example.net/a#b) and https://example.net/c.", ["/a", "/c"]),
        ("<https://example.net/a>, ![x](https://example.net/x.png)", ["/a", "/x.png"]),
        ("[a](https://example.net/a_(b)) (https://example.net/c)", ["/a_(b)", "/c"]),
        ("`https://example.net/a` [b](/fr/articles/x/)", []),
        ("```\nhttps://example.net/a\n```", []),
    ],
)
def test_links_of_a_text(text, links):
    assert [url.removeprefix(HOST) for url in links_of(text)] == links


def test_links_to_the_portal_itself_are_no_links_to_other_hosts(settings):
    settings.SITE_ADDRESS = "https://help.example.org:8443"
    settings.ALLOWED_HOSTS = ["help.example.org", "Aide.example.org", ".example.com"]
    own = "https://help.example.org:8443/fr/ http://aide.example.org/en/ https://HELP.example.org/"
    assert list(links_of(f"{own} https://www.example.com/ https://other.example.org/")) == [
        "https://www.example.com/",
        "https://other.example.org/",
    ]


@pytest.fixture
def texts(portal):
    """Return articles of which one links to what is gone and one to what has moved."""
    gone, moved = portal.articles[FRENCH_ONLY], portal.articles["conseils"]
    write(gone, "fr", "Perdu", problem=f"[a]({HOST}/gone) [b]({HOST}/there)")
    write(moved, "fr", "Parti", problem=f"[a]({HOST}/moved#x) puis http://10.0.0.1/y")
    others = portal.articles[BILINGUAL].translations.all()
    others.update(resolution="")
    return gone, moved


def found() -> set[tuple[str, int]]:
    return {
        (one.rule, one.article)
        for one in survey()
        if one.rule in ("dead_external", "moved_external")
    }


def test_an_editor_has_the_links_checked_and_finds_what_is_dead(host, texts, client):
    gone, moved = texts
    client.force_login(person("ada", "Author"))
    page = reverse("admin:troubleshooting_external_links")
    assert client.get(page).status_code == 200
    assert found() == set()
    client.post(page)
    client.post(page)
    assert "déjà" in client.get(page).content.decode()
    work_off()
    states = dict(ExternalLink.objects.values_list("url", "state"))
    assert states == {
        f"{HOST}/gone": "dead", f"{HOST}/there": "alive",
        f"{HOST}/moved": "moved", "http://10.0.0.1/y": "refused",
    }  # fmt: skip
    # Each address once: the round ends when all were asked.
    assert sorted(host.asked) == sorted(
        ["HEAD /gone", "GET /gone", "HEAD /there", "HEAD /moved", "HEAD /there"]
    )
    assert found() == {("dead_external", gone.pk), ("moved_external", moved.pk)}
    report = client.get(reverse("admin:troubleshooting_findings") + "?rule=dead_external")
    assert f"{HOST}/gone" in report.content.decode()
    write(gone, "fr", "Perdu", problem="Rien.")
    assert ("dead_external", gone.pk) not in found()


@pytest.mark.usefixtures("host", "texts")
def test_one_call_asks_a_host_once(monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(
        rounds, "ask", lambda url: asked.append(url) or asking.LinkAnswer("alive", 200)
    )
    rounds.note_links()
    assert rounds.check_some(rounds.timezone.now()) == 2
    assert len({url.split("/")[2] for url in asked}) == 2


@pytest.mark.usefixtures("texts")
def test_who_does_not_answer_is_dead_after_three_rounds(monkeypatch):
    monkeypatch.setattr(rounds, "ask", lambda url: asking.LinkAnswer("unclear"))
    rounds.note_links()
    link = ExternalLink.objects.get(url=f"{HOST}/there")
    states = []
    for _round in range(rounds.MOST_FAILURES):
        rounds.note_answer(link)
        states.append(link.state)
    assert states == ["unclear", "unclear", "dead"]


@pytest.mark.usefixtures("host", "texts")
def test_the_command_checks_all_links():
    said = StringIO()
    call_command("check_links", stdout=said)
    assert f"{HOST}/gone" in said.getvalue()
    assert f"{HOST}/moved {HOST}/there" in said.getvalue()
    assert not ExternalLink.objects.filter(checked=None).exists()


def test_readers_and_other_staff_do_not_see_the_page(portal, client):
    client.force_login(person("sam"))
    assert client.get(reverse("admin:troubleshooting_external_links")).status_code == 403
