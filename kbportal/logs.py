"""The log: a line for people, or JSON for machines; never what a reader typed or who asks.

In JSON each request has a line too, with the name of its view instead of its address, and an error
says its kind and where it arose, not its words: they may repeat a text. Nor are those of a package
about a request written, which as a rule name its address: the line says where they come from. The
portal's own lines name one thing of a person: the address from which a sign-in failed.
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
#: Django logs what it refused when the answer has left the middleware, and knows the request alone.
_NAME = "portal.request_id"
_HEADER_VARIABLE = "HTTP_X_REQUEST_ID"
#: Loggers whose words are chosen here, with this rule in mind.
_OWN = frozenset({"portal", "kbportal", "troubleshooting"})
#: Logs in threads of its own of what requests do, before and after the portal has them.
_SERVER = "waitress"
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
        request.META[_NAME] = name
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


def _request_of(record: logging.LogRecord) -> str:
    """Return the name of the request that ``record`` is about; "" where it is about none."""
    meta = getattr(getattr(record, "request", None), "META", {})
    return str(meta.get(_NAME, "")) or request_id.get()


def _is_sayable(record: logging.LogRecord) -> bool:
    room = record.name.partition(".")[0]
    return room in _OWN or not (hasattr(record, "request") or room == _SERVER or request_id.get())


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {
            "time": moment,
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage() if _is_sayable(record) else "",
            "request": _request_of(record),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0]:
            kind, _error, stack = record.exc_info
            line["error"] = f"{kind.__module__}.{kind.__qualname__}"
            frames = traceback.extract_tb(stack)[-8:]
            line["where"] = [f"{one.filename}:{one.lineno} {one.name}" for one in frames]
        elif not line["message"]:
            line["where"] = [f"{record.pathname}:{record.lineno} {record.funcName}"]
        return json.dumps(line, ensure_ascii=False)
