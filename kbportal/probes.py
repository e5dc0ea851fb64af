"""``/healthz`` and ``/readyz``: whether the process lives, and whether it can serve.

Answered before anything else, since a load balancer asks by address and over http. They tell names
of checks alone; ``manage.py doctor`` says more.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from kbportal.replication.watch import watch
from troubleshooting.operation.health import NOTED, ready

#: Seconds for which an answer holds: whoever asks all day costs no more than one.
_ANSWER_SECONDS = 2.0


class ProbesMiddleware:
    """Answers the two addresses; all others go on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._lock = threading.Lock()
        self._until, self._found = 0.0, dict[str, bool]()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return _plain(HttpResponse("ok\n", content_type="text/plain"))
        if request.path_info == "/readyz":
            return self._ready()
        return self.get_response(request)

    def _ready(self) -> HttpResponse:
        with self._lock:
            if time.monotonic() > self._until:
                self._found = _found()
                self._until = time.monotonic() + _ANSWER_SECONDS
            found = self._found
        words = {name: "ok" if fine else "failed" for name, fine in found.items()}
        is_ready = all(fine for name, fine in found.items() if name not in NOTED)
        response = JsonResponse(words, status=200 if is_ready else 503)
        return _plain(response)


def _found() -> dict[str, bool]:
    """Return what serving needs and whether it is there; while the primary is away replicas do."""
    found = ready()
    if settings.REPLICAS and not found["database"]:
        watch().begin()
        if watch().standing.usable():
            # Where this host is left out no reader has anything: all hosts have the same primary.
            return {"database": True, "replicas": True, "disk": found["disk"]}
    return found


def _plain(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
