"""A ticket in, and the widget: nothing personal is searched, nothing kept, nobody else's frame."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ImproperlyConfigured

from kbportal.environment import deployment
from tests.people import person
from tests.web.content import BILINGUAL, CODE, DRAFT_CODE
from troubleshooting.models import Article, SearchLog

pytestmark = pytest.mark.usefixtures("portal")
TICKET = f"Hello Ann Lee,\nfailed with {CODE} at 10.1.2.3\nRegards,\nBob Smith"
DESK = "https://desk.example.org"
PERSONAL = ("Ann", "10.1.2.3", "Smith")


def test_a_posted_ticket_is_marked_matched_and_not_kept(client):
    sent = {"subject": "Mr Bob Smith: account", "text": TICKET}
    answer = client.post("/api/v1/tickets/match/?language=en", sent, "application/json").json()
    marked = [(one["kind"], TICKET[one["start"] : one["end"]]) for one in answer["personal"]]
    assert marked == [("name", "Ann Lee"), ("address", "10.1.2.3"), ("name", "Bob Smith")]
    assert [one["slug"] for one in answer["diagnosis"]["articles"]] == [BILINGUAL]
    assert not any(word in json.dumps(answer) for word in PERSONAL)
    assert not SearchLog.objects.exists()


@pytest.mark.parametrize("where", ["tickets", "widget"])
def test_a_pasted_ticket_is_matched_without_scripts(client, settings, where: str):
    settings.WIDGET_ORIGINS = [DESK]
    answer = client.post(f"/en/{where}/", {"ticket": TICKET})
    page = answer.content.decode()
    assert f"/en/articles/{BILINGUAL}/" in page
    assert "3 personal details were left out." in page
    assert not any(word in page for word in PERSONAL)
    assert "no-store" in answer.headers["Cache-Control"]
    assert not SearchLog.objects.exists()


@pytest.mark.parametrize(
    "sent", ["", " \n", "\0", "[…]" * 5, "a" * 300_000, "\ud7ff", "<script>alert(1)</script>"]
)
def test_no_ticket_is_too_odd(client, settings, sent: str):
    settings.WIDGET_ORIGINS = [DESK]
    for where in ("tickets", "widget"):
        answer = client.post(f"/fr/{where}/", {"ticket": sent})
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.content


def test_only_pages_that_are_named_show_the_widget(client, settings):
    for address in ("/en/widget/", "/widget.js"):
        assert client.get(address).status_code == 404
    settings.WIDGET_ORIGINS = [DESK, "https://other.example.org:8443"]
    shown = client.get("/en/widget/?q=" + CODE)
    policy = shown.headers["Content-Security-Policy"]
    assert f"frame-ancestors {DESK} https://other.example.org:8443" in policy
    assert "script-src 'self'" in policy
    assert "X-Frame-Options" not in shown.headers
    script = client.get("/widget.js")
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    other = client.get("/en/tickets/")
    assert other.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]


def test_the_widget_shows_what_is_public_whoever_looks(client, settings):
    settings.WIDGET_ORIGINS = [DESK]
    client.force_login(person("author"))
    page = client.get(f"/fr/widget/?q={DRAFT_CODE}").content.decode()
    assert not [one.slug for one in Article.objects.exclude(status="published") if one.slug in page]


@pytest.mark.parametrize(
    "value",
    ["*", "https://*.example.org", "http://desk.example.org", "https://desk.example.org/path",
     "desk.example.org", "https://user@desk.example.org", "https://a.example;script-src *",
     "https://DESK.example.org", "null", "javascript:1"],
)  # fmt: skip
def test_no_origin_opens_the_policy(monkeypatch, value: str):
    monkeypatch.setenv("WIDGET_ORIGINS", value)
    with pytest.raises(ImproperlyConfigured):
        deployment.widget_origins(local=False)


def test_origins_may_end_with_a_slash(monkeypatch):
    monkeypatch.setenv("WIDGET_ORIGINS", f"{DESK}/,https://b.example:8443")
    assert deployment.widget_origins(local=False) == [DESK, "https://b.example:8443"]
