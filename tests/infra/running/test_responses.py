"""What every response carries, pages of the admin and of errors included."""

import gzip
import random
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import RequestFactory

from kbportal.middleware import AnonymousGZipMiddleware
from tests.infra.project import ROOT

PAGES = ["/fr/", "/en/", "/fr/admin/login/", "/fr/no-such-page/", "/"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_security_headers(client, address):
    headers = client.get(address).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert set(policy.values()) == {"'none'", "'self'"}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "address"),
    [
        ("en-GB,en;q=0.9", "/en/"),
        ("fr-CA", "/fr/"),
        ("ja", f"/{settings.LANGUAGE_CODE}/"),
        ("", "/fr/"),
    ],
)
def test_first_address_leads_to_the_language_of_the_reader(client, accepted, address):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response.headers["Location"]) == (302, address)


@pytest.mark.django_db
def test_unknown_host_is_refused(client):
    assert client.get("/fr/", headers={"host": "evil.example"}).status_code == 400


def test_every_static_file_that_a_template_names_exists():
    names = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"""{%\s*static\s+["']([^"']+)""", path.read_text(encoding="utf-8"))
    }
    assert names
    assert [name for name in sorted(names) if not finders.find(name)] == []


def test_nothing_is_loaded_from_another_host():
    loads = re.compile(
        r"""<(?:script|img|iframe|source)\b[^>]*\ssrc=["'](?:https?:)?//"""
        r"""|<link\b[^>]*rel=["'](?:stylesheet|icon|preload)[^>]*href=["'](?:https?:)?//"""
        r"""|url\(\s*["']?(?:https?:)?//|@import|\bfetch\(\s*["']https?:"""
    )
    files = [path for name in ("templates", "static") for path in (ROOT / name).rglob("*.*")]
    assert files
    for path in files:
        if path.suffix in {".html", ".css", ".js", ".svg"}:
            assert not loads.search(path.read_text(encoding="utf-8")), path


NOISE = random.Random(7).randbytes(400)


@pytest.mark.parametrize(
    ("body", "headers", "accepted", "etag"),
    [
        (b"words " * 80, {"ETag": '"1"'}, "gzip", 'W/"1"'),
        (b"words " * 80, {"ETag": 'W/"1"'}, "br, gzip", 'W/"1"'),
        (b"words " * 80, {"ETag": '"1"'}, "br", None),
        (b"words " * 80, {"ETag": '"1"', "Content-Encoding": "br"}, "gzip", None),
        (b"words", {"ETag": '"1"'}, "gzip", None),
        (NOISE, {"ETag": '"1"'}, "gzip", None),
    ],
)
def test_what_is_compressed(body, headers, accepted, etag):
    """``etag`` is that of the compressed answer; None where it is answered as it is."""
    served = AnonymousGZipMiddleware(lambda _request: HttpResponse(body, headers=headers))
    answer = served(RequestFactory().get("/", headers={"Accept-Encoding": accepted}))
    if etag is None:
        assert (answer.content, answer.headers["ETag"]) == (body, headers["ETag"])
        return
    assert gzip.decompress(answer.content) == body
    assert answer.headers["Content-Length"] == str(len(answer.content)) != str(len(body))
    assert (answer.headers["ETag"], answer.headers["Vary"]) == (etag, "Accept-Encoding")


def test_the_length_of_a_compressed_answer_betrays_nothing():
    served = AnonymousGZipMiddleware(lambda _request: HttpResponse(b"words " * 80))
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    assert len({len(served(request).content) for _again in range(40)}) > 1
