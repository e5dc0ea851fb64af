"""The log: a line for people, or JSON for machines; never what a reader typed or who asks.

In JSON each request has a line too, with the name of its view instead of its address, and an error
says its kind and where it arose, not its words: they may repeat a text.
"""

from __future__ import annotations

import json
import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

access = logging.getLogger("portal.access")
request_id: ContextVar[str] = ContextVar("request_id", default="")
HEADER = "X-Request-ID"
_HEADER_VARIABLE = "HTTP_X_REQUEST_ID"
_USABLE = re.compile(r"[A-Za-z0-9_-]{8,64}")


class RequestLogMiddleware:
    """Give each request a name, which its lines in the log and its answer carry.

    A proxy that the settings name may give it; of anybody else it is not believed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = _given(request) or uuid.uuid4().hex
        token, begin = request_id.set(name), time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers[HEADER] = name
            if settings.LOG_FORMAT == "json":
                access.info("request", extra={"fields": _facts(request, response, begin)})
            return response
        finally:
            request_id.reset(token)


def _given(request: HttpRequest) -> str:
    given: str = request.META.get(_HEADER_VARIABLE, "")
    if not _USABLE.fullmatch(given):
        return ""
    try:
        peer = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    is_proxy = any(peer in network for network in settings.TRUSTED_PROXIES)
    return given if is_proxy else ""


def _facts(request: HttpRequest, response: HttpResponse, begin: float) -> dict[str, object]:
    match = request.resolver_match
    return {
        "method": request.method if request.method in ("GET", "HEAD", "POST") else "other",
        "view": match.view_name if match else "",
        "status": response.status_code,
        "ms": round((time.perf_counter() - begin) * 1000, 1),
    }


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {
            "time": moment,
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": request_id.get(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0]:
            kind, _error, stack = record.exc_info
            line["error"] = f"{kind.__module__}.{kind.__qualname__}"
            frames = traceback.extract_tb(stack)[-8:]
            line["where"] = [f"{one.filename}:{one.lineno} {one.name}" for one in frames]
        return json.dumps(line, ensure_ascii=False)
