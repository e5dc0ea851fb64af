"""What only who has signed in may see is not readable in the browser once they have signed out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kbportal.middleware import CLEAR_SITE_DATA
from tests.kept import inserted
from tests.people import person
from tests.security.test_headers import routes
from tests.web.content import BILINGUAL, DRAFT, make_portal
from troubleshooting.models import Article

METHODS = ("get", "head", "post")
#: Where a form asks for a secret that a cookie goes with: to sign in or get in again, nowhere else.
SIGN_IN = {"/fr/sign-in/", "/fr/admin/login/", "/fr/password/"}


def addresses() -> list[str]:
    """Every route of the resolver, once with what everyone sees and once with what is hidden."""
    public = list(dict.fromkeys(routes()))
    hidden = [address.replace(BILINGUAL, DRAFT) for address in public]
    queries = ["/fr/articles/?page=2", "/fr/codes/?kind=hex", "/fr/search/?q=plafond", "/"]
    return list(dict.fromkeys([*public, *hidden, *queries]))


@pytest.fixture
def portal(db):
    return inserted(0, make_portal)


@pytest.fixture
def signed_in(portal) -> Callable[[str], Client]:
    """Return a function that makes a client for a kind of reader."""

    def make(role: str) -> Client:
        client = Client(raise_request_exception=False)
        user = User.objects.create_superuser("chief") if role == "chief" else person(role)
        client.force_login(user)
        return client

    return make


@pytest.mark.parametrize("role", ["reader", "staff", "chief"])
def test_no_answer_to_somebody_with_a_session_may_be_kept(signed_in, role: str):
    client = signed_in(role)
    cookie = client.cookies["sessionid"].value
    kept = {
        (method, address): response.headers.get("Cache-Control")
        for address in addresses()
        for method, response in _answers(client, cookie, address)
    }
    assert len(kept) > 200
    assert {answer: said for answer, said in kept.items() if said != "private, no-store"} == {}


def _answers(client: Client, cookie: str, address: str) -> Iterator[tuple[str, object]]:
    for method in METHODS:
        client.cookies["sessionid"] = cookie  # a route may have ended the session
        yield method, getattr(client, method)(address)


def test_neither_may_the_answer_that_begins_a_session(portal, client):
    person("staff")
    answer = client.post("/fr/sign-in/", {"username": "staff", "password": "staff-password"})
    assert answer.cookies["sessionid"].value
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_pages_for_everyone_may_be_kept_and_bring_no_cookie(portal):
    for address in addresses():
        client = Client(raise_request_exception=False)
        for method in METHODS:
            answer = getattr(client, method)(address)
            assert not answer.cookies or address in SIGN_IN, address
    for address in ("/fr/", f"/fr/articles/{BILINGUAL}/", f"/fr/articles/{BILINGUAL}/steps.json"):
        assert "no-store" not in client.get(address).headers.get("Cache-Control", "")


@pytest.mark.parametrize("address", ["/fr/sign-out/", "/en/sign-out/", "/fr/admin/logout/"])
def test_signing_out_empties_the_browser(signed_in, address: str):
    client = signed_in("author")
    assert "Clear-Site-Data" not in client.get("/fr/").headers
    assert client.post(address).headers["Clear-Site-Data"] == CLEAR_SITE_DATA


def test_nothing_else_empties_it(signed_in):
    client = signed_in("author")
    sender = Client(enforce_csrf_checks=True)
    sender.cookies = client.cookies
    assert sender.post("/fr/sign-out/").status_code == 403
    refused = sender.post("/fr/sign-out/")
    for answer in (refused, client.get("/fr/sign-out/"), client.post("/fr/gaps/", {})):
        assert "Clear-Site-Data" not in answer.headers


def test_a_session_that_ended_by_itself_keeps_unsaved_texts(signed_in):
    client = signed_in("author")
    User.objects.update(is_active=False)
    answer = client.post("/fr/admin/troubleshooting/article/add/", {"title": "T"})
    assert answer.status_code == 302
    assert "Clear-Site-Data" not in answer.headers


CIRCLES = (
    "#x", "?x", "?next=%23x", ".", "./", "", "sign-in/", "../sign-in/", "../sign-in/?next=%23x",
    "/fr/sign-in/", "/fr/sign-in/?next=%23x", "/fr/./sign-in/", "/fr/../fr/sign-in/",
    "/fr/sign%2Din/", "/%66r/sign-in/?next=/fr/", "http://testserver/fr/sign-in/#x",
    "/fr/sign-out/", "../sign-out/",
)  # fmt: skip


@pytest.mark.parametrize("wanted", CIRCLES)
def test_nobody_is_led_in_a_circle(signed_in, wanted: str):
    answer = signed_in("staff").get("/fr/sign-in/", {"next": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/fr/")


@pytest.mark.parametrize("wanted", ["/en/sign-in/", "/en/sign-in/?next=%23x", "/fr/sign-in"])
def test_a_round_about_way_ends_at_a_page(signed_in, wanted: str):
    answer = signed_in("staff").get("/fr/sign-in/", {"next": wanted}, follow=True)
    assert (answer.status_code, len(answer.redirect_chain) < 5) == (200, True)


@pytest.mark.parametrize("wanted", ["/fr/codes/", "/fr/search/?q=a#b", "/en/", "/no-page/"])
def test_everybody_is_led_back_to_a_page(signed_in, wanted: str):
    answer = signed_in("staff").get("/fr/sign-in/", {"next": wanted})
    assert answer.headers["Location"] == wanted
    assert Article.objects.filter(slug=DRAFT).exists()
