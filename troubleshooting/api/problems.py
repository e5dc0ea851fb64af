"""Middleware of the API: every error as problem details (RFC 9457), conditional requests."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from ..auditing import through
from ..models import AccessToken
from ..tokens.bearer import InvalidTokenError, admit, token_of

PREFIX = "/api/v1/"
#: Where assistants ask (``assistants/endpoint``): tokens hold there too, answers are its own.
MCP = "/mcp"
PROBLEM = "application/problem+json"
_JSON = "application/json"
#: How long a search took, which says nothing of what it found.
_TAKEN = re.compile(rb'"elapsed_ms": ?[0-9.]+')
#: Bytes of a request's body.
MOST_BYTES = 2_000_000
#: Digits of a length that is worth reading.
_LONGEST_LENGTH = 18
#: Headers that scripts of other origins may send.
_SENT = (
    "Accept-Language", "Authorization", "Content-Type", "If-Match", "If-None-Match",
    "Mcp-Method", "Mcp-Name", "Mcp-Protocol-Version",
)  # fmt: skip
#: Named by RFC 9110 otherwise than by the standard library of Python 3.11.
_TITLES = {413: "Content Too Large", 422: "Unprocessable Content"}


def problem(
    status: int, detail: str = "", errors: list[dict[str, Any]] | None = None
) -> HttpResponse:
    """Return an error; ``errors`` say which value was wrong, and why."""
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": _TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
    }
    if detail:
        said["detail"] = detail
    if errors:
        said["errors"] = errors
    return HttpResponse(json.dumps(said), status=status, content_type=PROBLEM)


def lacking(scope: str) -> HttpResponse:
    """Return what a token is answered that works but is not for this (RFC 6750, section 3.1)."""
    response = problem(403, f"The token lacks the scope {scope}.")
    challenge = f'Bearer error="insufficient_scope", scope="{scope}"'
    response.headers["WWW-Authenticate"] = challenge
    return response


class ApiMiddleware:
    """Answer below the API's address in its own forms, whatever went wrong on the way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info != MCP and not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        response = _preflight(request) or _refused(request) or self._answer(request)
        if response.status_code in (301, 302) and "sign-in" in response.headers.get("Location", ""):
            response = problem(401)
            response.headers["WWW-Authenticate"] = "Bearer"
        elif response.status_code >= 400 and not _is_of_mcp(request, response):
            response = _as_problem(response)
        elif request.method == "GET" and response.status_code == 200:
            response = _conditional(request, response)
        patch_vary_headers(response, ("Accept", "Accept-Language", "Authorization", "Cookie"))
        response.headers.setdefault("Cache-Control", "private, no-cache")
        if settings.API_ORIGINS:
            _allow_origin(request, response)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        """Answer; what is noted meanwhile in the audit names the token."""
        token = token_of(request)
        with through(f"API: {token.name} ({token.start}…)" if token else ""):
            return self.get_response(request)


def _refused(request: HttpRequest) -> HttpResponse | None:
    """Return what is answered before anything is read: no token, too much, a form we lack."""
    try:
        token = admit(request)
    except InvalidTokenError:
        response = problem(401, "No token that works.")
        response.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        return response
    if token and _reads(request) and not token.may(AccessToken.Scope.READ):
        return lacking(AccessToken.Scope.READ)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        return problem(400, "Content-Length is no number.")
    if len(length) > _LONGEST_LENGTH or int(length) > MOST_BYTES:
        return problem(413)
    accept = request.headers.get("Accept", "*/*") or "*/*"
    is_page = request.path_info == f"{PREFIX}docs/"
    if not is_page and request.get_preferred_type([_JSON, PROBLEM]) is None and accept.strip():
        return problem(406, f"Only {_JSON} is answered.")
    return None


def _reads(request: HttpRequest) -> bool:
    """Return whether the request asks for what its reader may see, and changes nothing."""
    asks = (MCP, f"{PREFIX}diagnose/", f"{PREFIX}tickets/match/")
    return request.method in ("GET", "HEAD") or request.path_info in asks


def _is_of_mcp(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether an error is one of JSON-RPC, which has a form of its own."""
    kind = response.headers.get("Content-Type", "")
    return request.path_info == MCP and kind.startswith(_JSON)


def _as_problem(response: HttpResponse) -> HttpResponse:
    if response.headers.get("Content-Type", "").startswith(PROBLEM):
        return response
    said = problem(response.status_code)
    for name in ("Allow", "Cache-Control", "Retry-After"):
        if name in response.headers:
            said.headers[name] = response.headers[name]
    return said


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return 304 to who has the answer already."""
    etag = response.headers.get("ETag")
    if etag is None:
        said = _TAKEN.sub(b"", response.content)
        etag = f'"{hashlib.sha256(said).hexdigest()[:32]}"'
        response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def _preflight(request: HttpRequest) -> HttpResponse | None:
    """Return what a browser is told that asks whether a script may send a request."""
    is_asked = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    if not is_asked or request.headers.get("Origin", "") not in settings.API_ORIGINS:
        return None
    response = HttpResponse(status=204)
    response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, PATCH"
    response.headers["Access-Control-Allow-Headers"] = ", ".join(_SENT)
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _allow_origin(request: HttpRequest, response: HttpResponse) -> None:
    """Let scripts of the named origins read the answer, without cookies (Fetch, "CORS")."""
    patch_vary_headers(response, ("Origin",))
    origin = request.headers.get("Origin", "")
    if origin in settings.API_ORIGINS:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
