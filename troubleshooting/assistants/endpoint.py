"""``/mcp``: the protocol over HTTP without sessions ("Streamable HTTP"), one answer for a POST."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kbportal.environment.site import site_address
from kbportal.limits.rates import too_often

from ..access import reader_of
from ..api.problems import problem
from ..models import AccessToken
from ..tokens.bearer import token_of
from .finding import Caller
from .protocol import (
    HANDSHAKE,
    METHOD_NOT_FOUND,
    MODERN,
    VERSION_KEY,
    ProtocolError,
    Reply,
    answer,
    read,
)

PATH = "/mcp"
HEADER_MISMATCH = -32020
#: Methods whose header ``Mcp-Name`` repeats a parameter.
_NAME_PARAMETERS = {"tools/call": "name"}
#: The tool that reads a log is asked as often as the same by the API: they are counted together.
_LOG_TOOL, _LOG_RATE = "diagnose", ("POST", "api:diagnose_log")
_ENCODED = re.compile(r"=\?base64\?(.*)\?=")


@csrf_exempt  # a cookie gives no right here but to read, and another origin is refused
@require_POST
def endpoint(request: HttpRequest) -> HttpResponse:
    """Answer one message."""
    if not _is_own_origin(request):
        return problem(403, "Pages of other sites may not ask.")
    token = token_of(request)
    try:
        message = read(request.body)
        mismatch = _mismatch(message, request.headers)
    except ProtocolError as fault:
        return _response(Reply({"jsonrpc": "2.0", "id": None, "error": _said(fault)}, code=-1))
    if mismatch:
        return _response(Reply(mismatch, code=HEADER_MISMATCH, is_modern=True))
    if _is_call_of(message, _LOG_TOOL) and (refused := too_often(request, _LOG_RATE)):
        return refused
    return _response(answer(message, _caller(request, token)))


def _is_call_of(message: Any, tool: str) -> bool:
    params = message.get("params") if isinstance(message, dict) else None
    return isinstance(params, dict) and params.get("name") == tool


def _caller(request: HttpRequest, token: AccessToken | None) -> Caller:
    may_report = token is not None and token.may(AccessToken.Scope.OUTCOMES)
    return Caller(reader_of(request), get_language(), may_report, site_address(request))


def _is_own_origin(request: HttpRequest) -> bool:
    """Return whether no page asks, or one that may (against DNS rebinding)."""
    origin = request.headers.get("Origin")
    if origin is None or origin in settings.API_ORIGINS:
        return True
    return urlsplit(origin).netloc == request.get_host()


def _said(fault: ProtocolError) -> dict[str, Any]:
    return {"code": fault.code, "message": fault.message}


def _response(reply: Reply) -> HttpResponse:
    """Return the answer with the status that the protocol names for it."""
    if reply.body is None:
        return HttpResponse(status=202)
    is_fault = reply.code and (reply.is_modern or reply.body.get("id") is None)
    status = (404 if reply.code == METHOD_NOT_FOUND else 400) if is_fault else 200
    # Half a surrogate pair, as an id may hold, is written as the escape that it came as.
    body = json.dumps(reply.body, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return HttpResponse(body, status=status, content_type="application/json")


def _mismatch(message: Any, headers: Mapping[str, str]) -> dict[str, Any] | None:
    """Return an error where headers, by which others route, say something else than the message.

    A message of the older form names a version in its header alone, if at all.
    """
    if not isinstance(message, dict) or "id" not in message:
        return None
    params = message.get("params")
    meta = params.get("_meta") if isinstance(params, dict) else None
    version = meta.get(VERSION_KEY) if isinstance(meta, dict) else None
    shown = headers.get("Mcp-Protocol-Version")
    if version is None or message.get("method") == "initialize":
        is_known = shown is None or shown in (*HANDSHAKE, *MODERN)
        return None if is_known else _refused(message, "Mcp-Protocol-Version is not known")
    wrong = [
        name
        for name, said in (
            ("Mcp-Protocol-Version", version),
            ("Mcp-Method", message.get("method")),
        )
        if headers.get(name) != said
    ]
    named = params.get(_NAME_PARAMETERS.get(str(message.get("method")), "")) if params else None
    if named is not None and _decoded(headers.get("Mcp-Name")) != named:
        wrong.append("Mcp-Name")
    return _refused(message, f"{wrong[0]} does not match the message") if wrong else None


def _refused(message: Mapping[str, Any], reason: str) -> dict[str, Any]:
    number = message.get("id")
    is_named = isinstance(number, str | int) and not isinstance(number, bool)
    error = {"code": HEADER_MISMATCH, "message": reason}
    return {"jsonrpc": "2.0", "id": number if is_named else None, "error": error}


def _decoded(value: str | None) -> str | None:
    """Return the text of a header, which stands in Base64 where a header could not hold it."""
    match = _ENCODED.fullmatch(value or "")
    if match is None:
        return value
    try:
        return base64.b64decode(match[1], validate=True).decode()
    except (binascii.Error, ValueError):
        return None
