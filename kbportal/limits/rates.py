"""How often one address may ask for what costs work or leaves rows behind.

Pages are not limited: an office reads under one address, and most of it comes from memory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from kbportal.limits.clients import address_of
from kbportal.limits.counters import Limit, hit, take_back
from troubleshooting.views.errors import too_many_requests

if TYPE_CHECKING:

    class _Request(HttpRequest):
        under_way: list[tuple[str, str, Limit]]


#: Method and name of the view -> how often. ``RATE_LIMIT_FACTOR`` multiplies what is allowed.
RATES = {
    ("POST", "troubleshooting:search"): Limit(20, 60),
    ("POST", "troubleshooting:logs"): Limit(10, 60),
    ("POST", "troubleshooting:tickets"): Limit(20, 60),
    ("POST", "troubleshooting:widget"): Limit(20, 60),
    ("GET", "troubleshooting:suggestions"): Limit(300, 60),
    ("POST", "troubleshooting:chosen"): Limit(60, 60),
    ("POST", "troubleshooting:feedback"): Limit(60, 600),
    ("POST", "troubleshooting:error_report"): Limit(10, 600),
    ("POST", "troubleshooting:gap"): Limit(10, 600),
    ("POST", "troubleshooting:call_open"): Limit(30, 600),
    # Twenty letters in six places, guessed so slowly: none is found within the life of a call.
    ("POST", "troubleshooting:call_join"): Limit(20, 600),
    # An office polls from one address.
    ("GET", "troubleshooting:call_state"): Limit(1200, 60),
    ("POST", "troubleshooting:call_state"): Limit(600, 60),
    ("POST", "mcp"): Limit(300, 60),
    ("POST", "api:diagnose_log"): Limit(30, 60),
    ("POST", "api:match_ticket"): Limit(30, 60),
}
#: The same for what allauth brings; where it is not loaded, there are no such views.
SIGN_IN_RATES = {
    ("GET", "mfa_login_webauthn"): Limit(120, 600),
    ("POST", "mfa_login_webauthn"): Limit(120, 600),
    ("POST", "saml_acs"): Limit(120, 600),
}
#: The same for every other operation of the API.
_API, _API_RATE = "api:", Limit(600, 60)
#: How many of them one address may have under way at once, over all processes: what a pasted log
#: costs would keep every processor from readers. Forgotten after so long where a process died.
AT_ONCE = {
    ("POST", "troubleshooting:search"): Limit(2, 60),
    ("POST", "troubleshooting:logs"): Limit(2, 60),
    ("POST", "troubleshooting:tickets"): Limit(2, 60),
    ("POST", "troubleshooting:widget"): Limit(2, 60),
    ("POST", "api:diagnose_log"): Limit(2, 60),
    ("POST", "api:match_ticket"): Limit(2, 60),
}
#: Seconds after which one more may be tried.
_SOON = 5


class RateLimitMiddleware:
    """Answer 429 where an address asks too often, before the view does any work."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        under_way: list[tuple[str, str, Limit]] = []
        cast("_Request", request).under_way = under_way
        try:
            return self.get_response(request)
        finally:
            for count in under_way:
                take_back(*count)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        return too_often(request, (request.method or "", name))


def too_often(request: HttpRequest, asked: tuple[str, str]) -> HttpResponse | None:
    """Count one more request for ``asked``, a method and the name of a view.

    Return the refusal where its address has asked too often; None where it may.
    """
    name, factor = asked[1], settings.RATE_LIMIT_FACTOR
    rate = RATES.get(asked) or SIGN_IN_RATES.get(asked)
    rate = rate or (_API_RATE if name.startswith(_API) else None)
    address = address_of(request) if rate and factor else ""
    if rate is None or not address:
        return None
    tally = hit(" ".join(asked), address, rate)
    if tally.number > rate.most * factor:
        return _refusal(request, name, tally.seconds)
    if at_once := AT_ONCE.get(asked):
        count = ("under way", address, at_once)
        cast("_Request", request).under_way.append(count)
        if hit(*count).number > at_once.most * factor:
            return _refusal(request, name, _SOON)
    return None


def _refusal(request: HttpRequest, name: str, seconds: int) -> HttpResponse:
    if name == "troubleshooting:suggestions":
        answer: HttpResponse = JsonResponse({"suggestions": []}, status=429)
    else:
        answer = too_many_requests(request, seconds)
    answer.headers["Retry-After"] = str(seconds)
    answer.headers["Cache-Control"] = "no-store"
    return answer
