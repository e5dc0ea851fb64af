"""Counts requests in each process of the web server.

Labels are names from the program alone: views, checks, methods, status. Addresses, accounts and
texts have no place in them. ``PROMETHEUS_MULTIPROC_DIR``, where processes share counts, has
to be set before this module is imported (``gunicorn.conf.py``).
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Gauge, Histogram

_METHODS = frozenset(("GET", "HEAD", "POST"))
#: What has no view: pages and files that are answered before one is looked for, and all the rest.
EARLY, NOWHERE = "kept page or file", "none"

REQUESTS = Counter(
    "portal_requests", "Requests by view, method and status.", ["view", "method", "status"]
)
SECONDS = Histogram(
    "portal_request_seconds",
    "How long requests took.",
    ["view"],
    buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
UNDER_WAY = Gauge(
    "portal_requests_under_way", "Requests being answered now.", multiprocess_mode="livesum"
)


class MetricsMiddleware:
    """Outermost, so that what other middleware answers is counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begin = time.perf_counter()
        response = HttpResponse(status=500)  # what the server answers where even that page fails
        try:
            with UNDER_WAY.track_inprogress():
                response = self.get_response(request)
        finally:
            view = view_of(request, response)
            method = request.method if request.method in _METHODS else "other"
            REQUESTS.labels(view, method, str(response.status_code)).inc()
            SECONDS.labels(view).observe(time.perf_counter() - begin)
        return response


def view_of(request: HttpRequest, response: HttpResponse) -> str:
    """Return the name of the view that answered."""
    if request.resolver_match:
        return request.resolver_match.view_name or NOWHERE
    return EARLY if response.status_code in (200, 304) else NOWHERE
