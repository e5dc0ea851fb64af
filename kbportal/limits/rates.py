"""How often one address may ask for what costs work or leaves rows behind.

Pages are not limited: an office reads under one address, and most of it comes from memory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from kbportal.limits.clients import address_of
from kbportal.limits.counters import Limit, hit
from troubleshooting.views.errors import too_many_requests

#: Method and name of the view -> how often. ``RATE_LIMIT_FACTOR`` multiplies what is allowed.
RATES = {
    ("POST", "troubleshooting:search"): Limit(20, 60),
    ("POST", "troubleshooting:logs"): Limit(10, 60),
    ("GET", "troubleshooting:suggestions"): Limit(300, 60),
    ("POST", "troubleshooting:chosen"): Limit(60, 60),
    ("POST", "troubleshooting:feedback"): Limit(60, 600),
    ("POST", "troubleshooting:error_report"): Limit(10, 600),
    ("POST", "troubleshooting:gap"): Limit(10, 600),
}


class RateLimitMiddleware:
    """Answer 429 where an address asks too often, before the view does any work."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        rate = RATES.get((request.method or "", name))
        factor = settings.RATE_LIMIT_FACTOR
        address = address_of(request) if rate and factor else ""
        if rate is None or not address:
            return None
        tally = hit(f"{request.method} {name}", address, rate)
        if tally.number <= rate.most * factor:
            return None
        return _refusal(request, name, tally.seconds)


def _refusal(request: HttpRequest, name: str, seconds: int) -> HttpResponse:
    if name == "troubleshooting:suggestions":
        answer: HttpResponse = JsonResponse({"suggestions": []}, status=429)
    else:
        answer = too_many_requests(request, seconds)
    answer.headers["Retry-After"] = str(seconds)
    answer.headers["Cache-Control"] = "no-store"
    return answer
