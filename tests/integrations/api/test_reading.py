"""The REST API: what it answers, to whom, and that no input gets anything but its own errors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.people import person
from tests.web.content import BILINGUAL, CODE, DRAFT, DRAFT_CODE, STAFF, write
from troubleshooting.api.operations import api
from troubleshooting.models import Article, Incident
from troubleshooting.tokens.issuing import issue

pytestmark = pytest.mark.usefixtures("portal")

BASE = "/api/v1/"
#: Values that no caller should send, for any parameter.
HOSTILE = [
    "", " ", "\0", "a\0b", "-1", "0", "1e9", "9" * 30, "true", "null", "[]", "{}", "é" * 3000,
    "'; DROP TABLE x; --", "%", "%00", "../..", "\ud7ff\u202e", "\U0001f642" * 500, "fr-FR", "xx",
    "MA", "MA==", "////", "<script>", "\r\nX: y", "٣", "NaN", "1.5", "0x8007064C", "a" * 20_000,
]  # fmt: skip
BODIES = [
    b"", b"{", b"[]", b"null", b'{"text": 1}', b'{"text": null}', b'{"text": "\\u0000"}',
    b'{"text": "\\ud800"}', b'{"text": "a", "text": "b"}', b"\xff\xfe", b"[" * 100_000,
    b'{"text": ' + b"9" * 5000 + b"}", json.dumps({"text": "x\n" * 500_001}).encode(),
    b'{"text": "' + b"a" * 2_000_001 + b'"}', json.dumps({"text": CODE, "more": 1}).encode(),
]  # fmt: skip


@cache
def schema() -> dict[str, Any]:
    """Return the schema, which takes long to make."""
    return api.get_openapi_schema()


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in schema()["paths"].items():
        for method, said in methods.items():
            yield method, path, said


def check(answer, said: dict[str, Any], asked: object) -> None:
    """Compare an answer with what the schema declares."""
    status = answer.status_code
    assert status in said["responses"], (status, asked)
    if status >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json", asked
        assert answer.json()["status"] == status
    else:
        assert answer.headers["Content-Type"].startswith("application/json")
        answer.json()


def calls(said: dict[str, Any]) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Yield values of path and query: usual ones, one of them hostile."""
    usual = {"number": "1", "slug": BILINGUAL, "q": "limit", "code": CODE, "language": "fr"}
    usual["revision"] = "1"
    places = {one["name"]: one["in"] for one in said.get("parameters", ())}
    for name in places:
        for value in HOSTILE:
            values = {n: usual[n] for n in places if n in usual} | {name: value}
            yield (
                {n: v for n, v in values.items() if places[n] == "path"},
                {n: v for n, v in values.items() if places[n] == "query"},
            )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "said"), list(operations()), ids=lambda one: str(one)[:40]
)
def test_no_value_gets_an_answer_that_is_not_declared(client, method: str, path: str, said):
    secret = issue(
        person("administrator"), "all", ["read", "write", "import", "outcomes"], 1
    ).secret
    count = 0
    for in_path, query in calls(said):
        address = path
        for name, value in in_path.items():
            if value in ("", "../..", "////") or "/" in value or "\r" in value:
                continue
            address = address.replace(f"{{{name}}}", value.replace("%", "%25"))
        if "{" in address or "#" in address or "?" in address:
            continue
        answer = client.generic(
            method.upper(), address, b'{"text": "x"}', "application/json",
            query_params=query, headers={"authorization": f"Bearer {secret}"},
        )  # fmt: skip
        check(answer, {**said, "responses": {**said["responses"], 404: 0}}, query)
        count += 1
    assert count or not said.get("parameters")


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_no_body_gets_an_answer_that_is_not_declared(client, body: bytes, kind: str):
    said = schema()["paths"][f"{BASE}diagnose/"]["post"]
    check(client.post(f"{BASE}diagnose/", body, kind), said, body[:40])


@pytest.mark.parametrize(
    ("method", "address", "headers", "status"),
    [
        ("get", "nothing/", {}, 404),
        ("get", "articles/999999/", {}, 404),
        ("get", "articles/x/", {}, 422),
        ("post", "articles/", {}, 401),
        ("delete", "articles/", {}, 405),
        ("delete", "search/", {}, 405),
        ("post", "gaps/", {}, 401),
        ("get", "articles/1/texts/fr/", {}, 401),
        ("get", "search/?q=a", {"authorization": "Bearer no"}, 401),
        ("get", "search/?q=a", {"authorization": "Basic eDp5"}, 401),
        ("get", "search/?q=a", {"accept": "text/html"}, 406),
        ("get", "search/?q=a", {"accept": "image/png, application/xml"}, 406),
        ("get", "search/", {}, 422),
        ("get", "articles/?limit=101", {}, 422),
        ("get", "articles/?cursor=zz", {}, 422),
        ("get", "articles/?language=de", {}, 422),
    ],
)
def test_every_error_is_a_problem(client, method, address, headers, status):
    answer = getattr(client, method)(f"{BASE}{address}", headers=headers)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status"} <= set(answer.json())


@pytest.mark.parametrize("role", ["anonymous", "staff", "author"])
def test_each_sees_what_is_theirs(client, role: str):
    if role != "anonymous":
        client.force_login(person(role))
    seen = {one["slug"] for one in client.get(f"{BASE}articles/?limit=100").json()["items"]}
    hits = client.get(f"{BASE}search/?q={DRAFT_CODE}&language=fr").json()["hits"]
    found = {one["slug"] for one in hits}
    expected = {"anonymous": set(), "staff": {STAFF}, "author": {STAFF, DRAFT}}[role]
    assert seen & {STAFF, DRAFT} == expected
    assert found == expected
    for slug in (STAFF, DRAFT):
        number = Article.objects.get(slug=slug).pk
        status = 200 if slug in expected else 404
        assert client.get(f"{BASE}articles/{number}/").status_code == status
        assert client.get(f"{BASE}articles/by-address/{slug}/").status_code == status


def test_incidents_are_listed_for_who_may_see_what_they_are_about(client):
    now = timezone.now()
    for text, days, slug in (("all", 1, ""), ("over", -1, ""), ("draft", 1, DRAFT)):
        row = Incident.objects.create(
            text=text,
            language="en",
            starts=now - timedelta(days=2),
            ends=now + timedelta(days=days),
        )
        row.articles.set(Article.objects.filter(slug=slug))
    for role, seen in (("", ["all"]), ("author", ["all", "draft"])):
        if role:
            client.force_login(person(role))
        listed = client.get(f"{BASE}incidents/").json()
        assert sorted(one["text"] for one in listed) == seen
    assert client.get(f"{BASE}incidents/?language=fr").json() == []


def test_a_list_is_read_to_its_end(client):
    seen, cursor = [], ""
    for _page in range(20):
        page = client.get(f"{BASE}articles/?limit=2&cursor={cursor}").json()
        seen += [(one["number"], one["language"]) for one in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 5


def test_a_reader_who_has_the_answer_is_told_so(client):
    address = f"{BASE}articles/by-address/{BILINGUAL}/"
    first = client.get(address, headers={"accept-language": "en"})
    assert first.json()["title"] == "Limit reached"
    assert "Accept-Language" in first.headers["Vary"]
    again = client.get(
        address, headers={"accept-language": "en", "if-none-match": first.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    french = client.get(address, headers={"accept-language": "fr"})
    assert french.json()["title"] == "Plafond atteint"
    search = f"{BASE}search/?q={CODE}&language=en"
    known = client.get(search).headers["ETag"]  # whatever the time that the search took
    assert client.get(search, headers={"if-none-match": known}).status_code == 304


@pytest.mark.parametrize(
    "code", [CODE, CODE.lower(), CODE[2:], str(int(CODE, 16)), str(int(CODE, 16) - 2**32)]
)
def test_articles_about_a_code_in_any_form(client, code: str):
    found = client.get(f"{BASE}articles/?language=en&code={code}").json()["items"]
    assert [one["title"] for one in found] == ["Limit reached"]


def test_links_in_markdown_lead_where_those_of_the_page_do(client):
    article = Article.objects.get(slug=BILINGUAL)
    write(
        article,
        "en",
        "Limit reached",
        problem="See [the set-up](../set-up.md), [help](https://example.org/x) *or* `a`.",
        cause="See [help](https://example.org/x), *or* wait.",
    )
    said = client.get(f"{BASE}articles/{article.pk}/?language=en").json()
    assert [one["title"] for one in said["sections"]] == ["Problem", "Cause"]
    problem, cause = (one["markdown"] for one in said["sections"])
    assert "](.." not in problem
    assert "](https://example.org/x)" in problem
    assert cause == "See [help](https://example.org/x), *or* wait."


def test_codes_and_logs(client):
    decoded = client.get(f"{BASE}codes/decode/?code=-2147023284&language=en").json()
    assert decoded["meanings"][0]["code"] == "0x8007064C"
    log = {"text": f"2026-11-27 10:11:12 start\nfailed {CODE}\n"}
    answer = client.post(f"{BASE}diagnose/?language=en", log, "application/json").json()
    assert [hit["slug"] for hit in answer["articles"]] == [BILINGUAL]
    assert answer["timeline"][0]["iso"] == "2026-11-27T10:11:12"


def test_scripts_of_named_origins_may_read(client, settings):
    settings.API_ORIGINS = ["https://desk.example.org"]
    for origin, allowed in (("https://desk.example.org", True), ("https://other.example", False)):
        answer = client.get(f"{BASE}platforms/", headers={"origin": origin})
        assert ("Access-Control-Allow-Origin" in answer.headers) is allowed
        assert "Access-Control-Allow-Credentials" not in answer.headers
        asked = {"origin": origin, "access-control-request-method": "PUT"}
        answer = client.options(f"{BASE}articles/1/texts/fr/", headers=asked)
        assert (answer.status_code == 204) is allowed
        assert ("If-Match" in answer.headers.get("Access-Control-Allow-Headers", "")) is allowed


def test_an_address_without_its_slash_leads_on(client):
    for address, wanted in (
        ("docs", "docs/"), ("articles/1?language=en", "articles/1/?language=en"),
    ):  # fmt: skip
        answer = client.get(f"{BASE}{address}")
        assert (answer.status_code, answer.headers["Location"]) == (308, f"{BASE}{wanted}")
    for address in ("nothing", "docs/x", "a\nb", "%0d%0aX:y"):
        assert client.get(f"{BASE}{address}").status_code == 404


def test_every_operation_is_bounded(client, settings):
    settings.RATE_LIMIT_FACTOR = 1 / 600
    for method, path, _said in operations():
        address = re.sub(r"\{\w+\}", "1", path)
        answers = [client.generic(method.upper(), address) for _time in range(2)]
        assert answers[1].status_code == 429, path
        assert answers[1].headers["Content-Type"] == "application/problem+json"
        assert int(answers[1].headers["Retry-After"]) > 0


def test_the_page_names_every_operation(client):
    text = client.get(f"{BASE}docs/").content.decode()
    for _method, path, said in operations():
        assert f"{path}</code>" in text
        assert said["description"]


def test_every_operation_is_documented():
    text = Path("docs/integrations.md").read_text("utf-8")
    assert not [path for _method, path, _said in operations() if f"`{path}`" not in text]
