"""Middleware of the API: every error as problem details (RFC 9457), conditional requests."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..auditing import through
from ..models import AccessToken
from ..tokens.bearer import InvalidTokenError, admit, token_of

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

PREFIX = "/api/v1/"
#: Where assistants ask (``assistants/endpoint``): tokens hold there too, answers are its own.
MCP = "/mcp"
PROBLEM = "application/problem+json"
_JSON = "application/json"
#: How long a search took, which says nothing of what it found.
_DURATION = re.compile(rb'"elapsed_ms": ?[0-9.]+')
#: Bytes of a request's body.
MOST_BYTES = 2_000_000
#: Digits of a length that is worth reading.
_LONGEST_LENGTH = 18
#: Headers that scripts of other origins may send.
_REQUEST_HEADERS = (
    "Accept-Language", "Authorization", "Content-Type", "If-Match", "If-None-Match",
    "Mcp-Method", "Mcp-Name", "Mcp-Protocol-Version",
)  # fmt: skip
#: What the statuses are called, and what each says where nothing more is known.
_MEANINGS: dict[int, tuple[StrOrPromise, StrOrPromise]] = {
    400: (_("Bad Request"), _("The request cannot be read.")),
    401: (_("Unauthorized"), _("This needs a token in the header Authorization (Bearer).")),
    403: (_("Forbidden"), _("The owner of the token may not do this.")),
    404: (_("Not Found"), _("There is no such thing, or it is not for you to see.")),
    405: (_("Method Not Allowed"), _("This address is not asked so; Allow names the methods.")),
    406: (_("Not Acceptable"), _("Only application/json is answered.")),
    409: (_("Conflict"), _("What is there already stands against it.")),
    412: (_("Precondition Failed"), _("Somebody has changed it meanwhile.")),
    413: (_("Content Too Large"), _("A request has at most 2 MB.")),
    422: (_("Unprocessable Content"), _("Some values are wrong; errors says which, and why.")),
    428: (_("Precondition Required"), _("Say by If-Match what you change.")),
    429: (_("Too Many Requests"), _("Too many requests; Retry-After says when to try again.")),
    500: (_("Internal Server Error"), _("The portal has failed. It is noted in its log.")),
    503: (_("Service Unavailable"), _("The portal cannot answer now. Try again later.")),
}


def problem(
    status: int, detail: str = "", errors: list[dict[str, Any]] | None = None
) -> HttpResponse:
    """Return an error in the language of the request; ``errors`` say what was wrong, and why."""
    title, usual = _MEANINGS.get(status) or (HTTPStatus(status).phrase, "")
    said: dict[str, Any] = {"type": "about:blank", "title": str(title), "status": status}
    if detail or usual:
        said["detail"] = detail or str(usual)
    if errors:
        said["errors"] = errors
    body = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
    return HttpResponse(body, status=status, content_type=PROBLEM)


def lacking(scope: str) -> HttpResponse:
    """Return what a token is answered that works but is not for this (RFC 6750, section 3.1)."""
    response = problem(403, gettext("The token lacks the scope %(scope)s.") % {"scope": scope})
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
        is_head = request.method == "HEAD"
        if is_head:  # answered as GET is (RFC 9110, section 9.3.2); what it would say is taken off
            request.method = "GET"
        response = self._formed(request)
        if is_head:
            request.method = "HEAD"
            response.headers["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    def _formed(self, request: HttpRequest) -> HttpResponse:
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
        response = problem(401, gettext("This is not a token that works."))
        response.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        return response
    if token and _reads(request) and not token.may(AccessToken.Scope.READ):
        return lacking(AccessToken.Scope.READ)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        return problem(400, gettext("Content-Length is not a number."))
    if len(length) > _LONGEST_LENGTH or int(length) > MOST_BYTES:
        return problem(413)
    accept = request.headers.get("Accept", "*/*") or "*/*"
    is_page = request.path_info == f"{PREFIX}docs/"
    if not is_page and request.get_preferred_type([_JSON, PROBLEM]) is None and accept.strip():
        return problem(406)
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
    for name in ("Cache-Control", "Retry-After"):
        if name in response.headers:
            said.headers[name] = response.headers[name]
    if allowed := response.headers.get("Allow"):
        names = {one.strip() for one in allowed.split(",")}
        said.headers["Allow"] = ", ".join(sorted(names | ({"HEAD"} if "GET" in names else set())))
    return said


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return 304 to who has the answer already."""
    etag = response.headers.get("ETag")
    if etag is None:
        said = _DURATION.sub(b"", response.content)
        etag = f'"{hashlib.sha256(said).hexdigest()[:32]}"'
        response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def _preflight(request: HttpRequest) -> HttpResponse | None:
    """Return what a browser is told that asks whether a script may send a request."""
    is_asked = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    if not is_asked or request.headers.get("Origin", "") not in settings.API_ORIGINS:
        return None
    response = HttpResponse(status=204)
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, PUT, PATCH"
    response.headers["Access-Control-Allow-Headers"] = ", ".join(_REQUEST_HEADERS)
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _allow_origin(request: HttpRequest, response: HttpResponse) -> None:
    """Let scripts of the named origins read the answer, without cookies (Fetch, "CORS")."""
    patch_vary_headers(response, ("Origin",))
    origin = request.headers.get("Origin", "")
    if origin in settings.API_ORIGINS:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "ETag, Location, Retry-After"


def unknown_address(request: HttpRequest) -> HttpResponse:
    """Return 404, or the way to the address where only the slash at the end was missing."""
    address = f"{request.path_info}/"
    if not request.path_info.endswith("/") and resolve(address).func is not unknown_address:
        query = request.META.get("QUERY_STRING", "")
        response = HttpResponse(status=308)
        response.headers["Location"] = f"{escape_uri_path(address)}{f'?{query}' if query else ''}"
        return response
    return problem(404)
