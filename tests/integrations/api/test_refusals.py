"""Requests that the API refuses, each as its specification has it."""

from __future__ import annotations

import json

import pytest

from tests.people import person
from tests.web.content import BILINGUAL
from troubleshooting.api.problems import MOST_BYTES
from troubleshooting.models import Article
from troubleshooting.tokens.issuing import issue

pytestmark = pytest.mark.usefixtures("portal")
BASE = "/api/v1/"
DIAGNOSE = ("POST", "diagnose/", b'{"text": "x"}')
SEARCH = ("GET", "search/?q=x", b"")
GAP = ("POST", "gaps/", b'{"subject": "0x80070005"}')
#: What is asked, its headers, scopes of its token, the status, headers of the answer; and by what.
REFUSALS = [
    # RFC 9110, 15.5.2, and RFC 6750, 3: who shows no token is told how, without an error
    (GAP, {}, None, 401, {"WWW-Authenticate": "Bearer"}),
    (GAP, {"authorization": ""}, None, 401, {"WWW-Authenticate": 'Bearer error="invalid_token"'}),
    (SEARCH, {"authorization": "Basic eDp5"}, None, 401,
     {"WWW-Authenticate": 'Bearer error="invalid_token"'}),
    (SEARCH, {"authorization": "Bearer kbp_x"}, None, 401,
     {"WWW-Authenticate": 'Bearer error="invalid_token"'}),
    # RFC 6750, 3.1: a token that works but is not for this
    (GAP, {}, ["read"], 403,
     {"WWW-Authenticate": 'Bearer error="insufficient_scope", scope="outcomes"'}),
    (SEARCH, {}, ["outcomes"], 403,
     {"WWW-Authenticate": 'Bearer error="insufficient_scope", scope="read"'}),
    # RFC 9110, 15.5.14: the length is looked at before the body, whatever the body says
    (("POST", "diagnose/", b"x" * (MOST_BYTES + 1)), {}, None, 413, {}),
    (("POST", "diagnose/", b"{}"), {"content-length": "9" * 40}, None, 413, {}),
    # RFC 9112, 6.3: a length that is none
    (("POST", "diagnose/", b"{}"), {"content-length": "-1"}, None, 400, {}),
    (("POST", "diagnose/", b"{}"), {"content-length": "1e3"}, None, 400, {}),
    # RFC 9110, 12.5.1 and 15.5.7
    (SEARCH, {"accept": "text/csv"}, None, 406, {}),
    (SEARCH, {"accept": "application/json;q=0"}, None, 406, {}),
    # RFC 9110, 15.5.6: what may be asked instead
    (("DELETE", "search/", b""), {}, None, 405, {"Allow": "GET"}),
    # RFC 8259: what is no JSON
    (("POST", "diagnose/", b'{"text": '), {}, None, 400, {}),
    (("POST", "diagnose/", b"\xff\xfe"), {}, None, 400, {}),
    # RFC 9110, 15.5.21
    (("POST", "diagnose/", b"{}"), {}, None, 422, {}),
    # RFC 6585, 3; RFC 9110, 15.5.13
    (("PUT", "articles/{n}/texts/fr/", b'{"title": "x"}'), {}, ["read", "write"], 428, {}),
    (("PUT", "articles/{n}/texts/fr/", b'{"title": "x"}'), {"if-match": '"r9"'},
     ["read", "write"], 412, {}),
    (("PUT", "articles/{n}/texts/fr/", b'{"title": "x"}'), {"if-match": "nonsense"},
     ["read", "write"], 412, {}),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "headers", "scopes", "status", "expected"), REFUSALS)
def test_a_refusal_is_as_its_specification_has_it(client, asked, headers, scopes, status, expected):
    method, path, body = asked
    if scopes is not None:
        secret = issue(person("administrator"), "all", scopes, 1).secret
        headers = {**headers, "authorization": f"Bearer {secret}"}
    path = path.replace("{n}", str(Article.objects.get(slug=BILINGUAL).pk))
    more = {"CONTENT_LENGTH": headers["content-length"]} if "content-length" in headers else {}
    sent = {name: value for name, value in headers.items() if name != "content-length"}
    answer = client.generic(method, f"{BASE}{path}", body, "application/json", headers=sent, **more)
    assert answer.status_code == status
    for name, value in expected.items():
        assert answer.headers[name] == value
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = json.loads(answer.content)
    assert (said["status"], bool(said["title"])) == (status, True)


def test_a_portal_that_asks_everyone_to_sign_in_names_tokens(client, settings):
    middleware = "django.contrib.auth.middleware.LoginRequiredMiddleware"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, middleware]
    answer = client.get(f"{BASE}search/?q=x")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
