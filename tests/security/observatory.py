"""The rules of the HTTP Observatory (MDN, version 4 and later), as far as they concern this portal.

https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring: each rule gives or takes
points from 100; what it gives counts only where nothing that was taken leaves less than 90.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Seen(NamedTuple):
    """What a scan sees: where plain http leads, and the page over https."""

    redirected_to: str
    headers: Mapping[str, str]
    cookies: Sequence[Mapping[str, object]]
    html: str


def _directives(seen: Seen) -> dict[str, list[str]]:
    parts = seen.headers.get("Content-Security-Policy", "").split(";")
    return {part.split()[0]: part.split()[1:] for part in parts if part.split()}


def content_security_policy(seen: Seen) -> int:
    policy = _directives(seen)
    if not policy:
        return -25
    scripts = policy.get("script-src", policy.get("default-src", ["*"]))
    words = {word for values in policy.values() for word in values}
    if {"'unsafe-inline'", "data:", "*", "https:", "http:"} & set(scripts):
        return -20
    if any("unsafe" in word for word in words):
        return -10 if "'unsafe-eval'" in words else 0
    is_closed = policy.get("default-src") == ["'none'"]
    is_ours = policy.get("form-action") in (["'self'"], ["'none'"])
    return 10 if is_closed and is_ours else 5


def cookies(seen: Seen) -> int:
    if not seen.cookies:
        return 0
    if not all(one["secure"] for one in seen.cookies):
        return -40
    if not all(one["httponly"] for one in seen.cookies if "session" in str(one["name"])):
        return -30
    return 5 if all(one["samesite"] in ("Lax", "Strict") for one in seen.cookies) else 0


def cross_origin_resource_sharing(seen: Seen) -> int:
    is_open = seen.headers.get("Access-Control-Allow-Credentials") == "true"
    return -50 if is_open and "Access-Control-Allow-Origin" in seen.headers else 0


def redirection(seen: Seen) -> int:
    return 0 if seen.redirected_to.startswith("https://portal.example.org/") else -20


def referrer_policy(seen: Seen) -> int:
    safe = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
    said = seen.headers.get("Referrer-Policy")
    return 0 if said is None else 5 if said in safe else -5


def strict_transport_security(seen: Seen) -> int:
    """That a browser's maker lists the host would give five more; nobody can say so here."""
    found = re.search(r"max-age=(\d+)", seen.headers.get("Strict-Transport-Security", ""))
    if found is None:
        return -20
    return 0 if int(found[1]) >= 15_768_000 else -10


def subresource_integrity(seen: Seen) -> int:
    scripts = re.findall(r"<script[^>]*\ssrc=\"([^\"]+)\"[^>]*>", seen.html)
    return 0 if all(re.match(r"/(?!/)", source) for source in scripts) else -50


def content_type_options(seen: Seen) -> int:
    return 0 if seen.headers.get("X-Content-Type-Options") == "nosniff" else -5


def frames(seen: Seen) -> int:
    if "frame-ancestors" in _directives(seen):
        return 5
    return 0 if seen.headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20


def cross_origin_resource_policy(seen: Seen) -> int:
    said = seen.headers.get("Cross-Origin-Resource-Policy")
    return 10 if said in ("same-origin", "same-site") else 0


RULES = (
    content_security_policy,
    cookies,
    cross_origin_resource_sharing,
    redirection,
    referrer_policy,
    strict_transport_security,
    subresource_integrity,
    content_type_options,
    frames,
    cross_origin_resource_policy,
)


def score(seen: Seen) -> int:
    """Return the points of what was seen."""
    points = [rule(seen) for rule in RULES]
    without = 100 + sum(point for point in points if point < 0)
    return without + sum(point for point in points if point > 0) if without >= 90 else without
