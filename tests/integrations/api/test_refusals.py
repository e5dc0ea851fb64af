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
    (("DELETE", "search/", b""), {}, None, 405, {"Allow": "GET, HEAD"}),
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
    assert (said["status"], bool(said["title"]), bool(said["detail"])) == (status, True, True)


def test_a_portal_that_asks_everyone_to_sign_in_names_tokens(client, settings):
    middleware = "django.contrib.auth.middleware.LoginRequiredMiddleware"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, middleware]
    answer = client.get(f"{BASE}search/?q=x")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


#: What is asked, and where, how and why it is wrong: of every way in which values are.
WRONG = [
    ("GET", "search/?q=x&plattform=ios", None, "query.plattform", "unexpected", "mean platform?"),
    ("GET", "articles/?zzz=1", None, "query.zzz", "unexpected", "no such parameter."),
    ("GET", "platforms/?sort=name", None, "query.sort", "unexpected", "no such parameter."),
    ("GET", "search/?q=x&platform=Android", None, "query.platform", "unknown",
     "There is no “Android”, but: all, android"),
    ("GET", "articles/?platform=nope", None, "query.platform", "unknown", "but: all, android"),
    ("GET", "articles/?code=nothing", None, "query.code", "unknown", "not a code"),
    ("GET", "articles/{n}/note/?done=resolution-9-step-9", None, "query.done", "unknown",
     "There is"),
    ("GET", "articles/?limit=0", None, "query.limit", "range", "less than 1"),
    ("GET", "articles/?limit=101", None, "query.limit", "range", "more than 100"),
    ("GET", "articles/?limit=x", None, "query.limit", "type", "whole number"),
    ("GET", "articles/?language=de", None, "query.language", "invalid", "language of the portal"),
    ("GET", "articles/?cursor=x", None, "query.cursor", "form", "^[0-9]"),
    ("GET", "articles/0/", None, "path.number", "range", "less than 1"),
    ("GET", "articles/{n}/note/?form=pdf", None, "query.form", "choice", "plain, markdown"),
    ("GET", "search/", None, "query.q", "missing", "missing"),
    ("GET", "codes/decode/?code=", None, "query.code", "too_short", "empty"),
    ("POST", "diagnose/", {"text": "x" * 1_000_001}, "body.text", "too_long", "1000000 characters"),
    ("POST", "diagnose/", {}, "body.text", "missing", "missing"),
    ("POST", "diagnose/", {"text": 1}, "body.text", "type", "not a text"),
    ("POST", "diagnose/", [], "body", "type", "not an object"),
    ("POST", "articles/", {"language": "en", "title": "x", "details": []}, "body.details", "type",
     "not an object"),
    ("POST", "diagnose/", {"text": "a\0"}, "body.text", "invalid", "NUL"),
    ("POST", "articles/", {"language": "en", "title": " ", "slug": "x"}, "body.title", "invalid",
     "says nothing"),
    ("POST", "diagnose/", {"text": "x", "log": "x"}, "body.log", "unexpected", "no such field"),
    ("POST", "articles/", {"language": "en", "title": "x", "slug": "x"}, "body.slug", "unexpected",
     "no such field"),
    ("POST", "articles/", {"language": "en", "title": "x", "details": {"kind": "tip"}},
     "body.details.kind", "choice", "problem, error, advice"),
    ("POST", "articles/", {"language": "en", "title": "x", "details": {"platforms": ["nope"]}},
     "body.details.platforms", "unknown", "android"),
    ("PATCH", "articles/{n}/", {"platforms": ["nope"]}, "body.platforms", "unknown", "android"),
    ("PATCH", "articles/{n}/", {"review_due": "soon"}, "body.review_due", "invalid", "not a day"),
    ("PATCH", "articles/{n}/", {"platforms": ["a"] * 51}, "body.platforms", "too_long",
     "50 entries"),
    ("POST", "imports/", {"files": [{"name": "a.md", "text": 1}]}, "body.files.0.text", "type",
     "not a text"),
    ("POST", "imports/", {"files": []}, "body.files", "too_short", "empty"),
    ("POST", "articles/{n}/status/", {"transition": "publish", "accept_missing": "yes"},
     "body.accept_missing", "type", "neither true nor false"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "place", "kind", "reason"), WRONG)
def test_a_wrong_value_is_told_by_its_place_and_why(
    client, method, path, body, place, kind, reason
):
    secret = issue(person("administrator"), "all", ["read", "write", "import"], 1).secret
    path = path.replace("{n}", str(Article.objects.get(slug=BILINGUAL).pk))
    headers = {"authorization": f"Bearer {secret}", "accept-language": "en"}
    sent = b"" if body is None else json.dumps(body).encode()
    answer = client.generic(method, f"{BASE}{path}", sent, "application/json", headers=headers)
    said = answer.json()
    assert answer.status_code == 422
    found = {one["place"]: one for one in said["errors"]}
    assert (place in found, found[place]["kind"]) == (True, kind)
    assert reason in found[place]["reason"]


@pytest.mark.parametrize(
    ("query", "accept", "title"),
    [("", "fr", "Introuvable"), ("", "en", "Not Found"), ("?language=fr", "en", "Introuvable")],
)
def test_an_error_is_told_in_the_language_of_the_request(client, query, accept, title):
    headers = {"accept-language": accept}
    said = client.get(f"{BASE}articles/987654/{query}", headers=headers)
    assert said.json()["title"] == title
    assert said.json()["detail"] != said.json()["title"]
    assert said.headers["Content-Language"] == ("fr" if title == "Introuvable" else "en")


@pytest.mark.parametrize(
    ("match", "hint"),
    [
        ('"r9"', ""),
        ("r1", "between quotation marks"),
        ("1", "between quotation marks"),
        ('W/"r1"', "A weak name"),
    ],
)
def test_who_names_another_text_is_told_what_to_name(client, match: str, hint: str):
    secret = issue(person("administrator"), "all", ["read", "write"], 1).secret
    path = f"{BASE}articles/{Article.objects.get(slug=BILINGUAL).pk}/texts/en/"
    headers = {"authorization": f"Bearer {secret}", "if-match": match, "accept-language": "en"}
    answer = client.put(path, {"title": "x"}, "application/json", headers=headers)
    assert answer.status_code == 412
    assert answer.json()["detail"].startswith("The text is at revision 1 now.")
    assert hint in answer.json()["detail"]


@pytest.mark.parametrize(
    "path", ["platforms/", "articles/", "search/?q=x", "articles/{n}/", "schema/", "docs/", "none/"]
)
def test_head_is_answered_as_get_is_without_its_content(client, path: str):
    path = path.replace("{n}", str(Article.objects.get(slug=BILINGUAL).pk))
    got, head = client.get(f"{BASE}{path}"), client.head(f"{BASE}{path}")
    assert (head.status_code, head.content) == (got.status_code, b"")
    for name in ("ETag", "Content-Type"):
        if "search" not in path:
            assert head.headers.get(name) == got.headers.get(name)
    if got.headers.get("ETag") and "search" not in path:
        again = client.head(f"{BASE}{path}", headers={"if-none-match": got.headers["ETag"]})
        assert again.status_code == 304
