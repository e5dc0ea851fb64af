"""What no response may lack: every route of the resolver, whatever it answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

from tests.web.content import BILINGUAL, CODE, DOCUMENT, make_portal

#: What stands in an address for a parameter; anything else is answered like an unknown name.
KNOWN = {"slug": BILINGUAL, "key": DOCUMENT, "canonical": CODE, "app_label": "troubleshooting"}


def routes(patterns=None, start: str = "/") -> Iterator[str]:
    """An address for every route, its parameters filled in."""
    for pattern in patterns or get_resolver().url_patterns:
        address = start + _filled(pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, address)
        else:
            yield address


def _filled(pattern: URLPattern | URLResolver) -> str:
    route = str(pattern.pattern)
    for name, converter in pattern.pattern.converters.items():
        value = "1" if isinstance(converter, IntConverter) else KNOWN.get(name, "1")
        start = route.rindex("<", 0, route.index(f"{name}>"))
        route = route[:start] + value + route[route.index(">", start) + 1 :]
    return route if "(?P" not in route else "unknown/"


@pytest.mark.django_db
def test_every_answer_of_every_route_is_guarded(client):
    make_portal()
    editor = Client()
    editor.force_login(User.objects.create_superuser("chief"))
    addresses = list(dict.fromkeys(routes()))
    assert len(addresses) > 60
    for address in addresses:
        for who in (client, editor):
            for response in (who.get(address), who.post(address)):
                _check(address, response.headers)


def _check(address: str, headers) -> None:
    policy = {
        name: rest
        for name, _, rest in (
            part.strip().partition(" ") for part in headers["Content-Security-Policy"].split(";")
        )
    }
    assert policy["default-src"] == "'none'", address
    for name in ("script-src", "style-src", "form-action"):
        assert policy[name] == "'self'", address
    for name in ("object-src", "base-uri", "frame-ancestors"):
        assert policy[name] == "'none'", address
    assert "unsafe" not in headers["Content-Security-Policy"], address
    assert "*" not in headers["Content-Security-Policy"], address
    assert headers["X-Content-Type-Options"] == "nosniff", address
    assert headers["Referrer-Policy"] == "same-origin", address
    assert headers["X-Frame-Options"] == "DENY", address
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", address
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin", address
