"""The tokens of programs: made and taken back on a page, stored as hashes, bounded by scope."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.people import person
from tests.web.content import DRAFT
from troubleshooting.models import AccessToken, Article
from troubleshooting.tokens.issuing import MOST_LIVE, digest_of, issue, scopes_for

pytestmark = pytest.mark.usefixtures("portal")
PAGE = "/en/tokens/"
FORM = {"name": "Ticket system", "scopes": ["read"], "days": "90"}


@pytest.mark.parametrize(
    ("role", "scopes"),
    [
        ("reader", {"read", "outcomes"}),
        ("staff", {"read", "outcomes"}),
        ("author", {"read", "write", "outcomes"}),
    ],
)
def test_nobody_gives_a_token_more_than_they_have(client, role: str, scopes: set):
    owner = person(role)
    client.force_login(owner)
    assert set(scopes_for(owner)) == scopes
    wanted = {**FORM, "scopes": ["read", "write", "outcomes"]}
    made = client.post(PAGE, wanted).status_code == 200
    assert made is ("write" in scopes)
    assert AccessToken.objects.exists() is made
    assert set(issue(owner, "x", ["write", "read", "admin"], 9999).row.scopes) <= scopes


def test_a_token_is_shown_once_and_stored_as_a_hash(client):
    client.force_login(person("author"))
    page = client.post(PAGE, FORM)
    secret = re.search(r"kbp_[\w-]{43}", page.content.decode())[0]
    row = AccessToken.objects.get()
    assert row.digest == digest_of(secret)
    assert secret not in str(AccessToken.objects.values())
    assert "no-store" in page.headers["Cache-Control"]
    again = client.get(PAGE).content.decode()
    assert secret not in again
    assert row.start in again
    assert timedelta(days=89) < row.expires - timezone.now() <= timedelta(days=90)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"scopes": []},
        {"scopes": ["admin"]},
        {"days": "0"},
        {"days": "9999"},
        {"days": "-1"},
    ],
)
def test_a_form_that_says_too_much_or_too_little_makes_none(client, wrong: dict):
    client.force_login(person("author"))
    assert client.post(PAGE, {**FORM, **wrong}).status_code == 422
    assert not AccessToken.objects.exists()


def test_only_the_owner_sees_and_revokes(client):
    owner, other = person("author"), person("reviewer")
    issued = issue(owner, "Mine alone", ["read"], 30)
    client.force_login(other)
    assert "Mine alone" not in client.get(PAGE).content.decode()
    for number in (issued.row.pk, 10**6):
        assert client.post(PAGE, {"revoke": number}).status_code == 303
    for number in ("x", "-1", "٣", "9" * 30):
        assert client.post(PAGE, {"revoke": number}).status_code == 303
    header = {"authorization": f"Bearer {issued.secret}"}
    address = f"/api/v1/articles/{Article.objects.get(slug=DRAFT).pk}/"
    client.logout()
    assert client.get(address, headers=header).status_code == 200
    assert AccessToken.objects.get().last_used is not None
    client.force_login(owner)
    client.post(PAGE, {"revoke": issued.row.pk})
    client.logout()
    assert client.get(address, headers=header).status_code == 401
    assert client.get(PAGE).status_code == 302


def test_a_token_opens_no_page_and_an_account_that_is_closed_no_api(client):
    owner = person("author")
    secret = issue(owner, "x", ["read"], 30).secret
    header = {"authorization": f"Bearer {secret}"}
    assert client.get(f"/fr/articles/{DRAFT}/", headers=header).status_code == 404
    assert client.get("/en/admin/", headers=header).status_code == 302
    owner.is_active = False
    owner.save()
    assert client.get("/api/v1/platforms/", headers=header).status_code == 401


def test_there_is_an_end_to_tokens(client):
    owner = person("author")
    client.force_login(owner)
    for number in range(MOST_LIVE):
        issue(owner, str(number), ["read"], 30)
    assert client.post(PAGE, FORM).status_code == 422
    assert owner.access_tokens.count() == MOST_LIVE
