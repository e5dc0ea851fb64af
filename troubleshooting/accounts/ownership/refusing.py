"""What becomes of a form that was made for somebody else than who sends it: asked, never saved.

The answer holds what was typed. Who typed it signs in again and goes on, or who is signed in sends
it under their own name. A form whose secret is no longer right since its own person signed in anew
is answered likewise: it can be sent as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from . import FIELD, made_for

if TYPE_CHECKING:
    from collections.abc import Callable

#: Status of the page: nobody is signed in, somebody else is, or the secret is an old one.
SIGNED_OUT, SOMEBODY_ELSE, EXPIRED = 401, 409, 403
#: What scripts are told instead, by a header: it is no fault that a browser should log.
REASON = "X-Not-Taken"
_REASONS = {SIGNED_OUT: "signedOut", SOMEBODY_ELSE: "somebodyElse", EXPIRED: "expired"}
#: Where people sign out, the portal's own button and that of the administration: from any page.
SIGN_OUT_VIEWS = frozenset(("troubleshooting:sign_out", "admin:logout"))
#: What no page shows again.
_SECRET = re.compile(r"password|secret|credential|^code$", re.IGNORECASE)
#: What the portal wrote into a form, not its person.
_WRITTEN = re.compile(r"^(initial-.*|base_.*|form.*|kept_draft|draft|next|_.*)$")


class FormOwnerMiddleware:
    """Lets no form through that was made for somebody else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Answer in the place of the view where the form is not for who sends it."""
        if request.method in ("GET", "HEAD", "OPTIONS") or getattr(view, "csrf_exempt", False):
            return None
        owner = made_for(request)
        if owner is None or owner == request.user.pk or _is_anybodys(request):
            return None
        return refusal(request, owner)


def refusal(request: HttpRequest, owner: int) -> HttpResponse:
    """Return the page about a form that was made for ``owner``, with what was typed into it.

    A script is told by a header alone (``saving/session.js``).
    """
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return HttpResponse(headers={REASON: _REASONS[_status(request, owner)]})
    by = User.objects.filter(pk=owner).first()
    is_own = owner == request.user.pk
    is_secret = any(map(_SECRET.search, request.POST))
    back = address_of_form(request)
    context = {
        "owner": by,
        "owner_name": name_of(by) if by else "",
        "now": name_of(request.user) if request.user.is_authenticated else "",
        "is_own": is_own,
        "can_be_sent": not is_secret and not request.FILES,
        "has_files": bool(request.FILES),
        "fields": [] if is_secret else _fields(request),
        "typed": [] if is_secret else _typed(request),
        "owner_field": FIELD,
        "signed": request.POST[FIELD],
        "form_address": back,
        "sign_in_address": _sign_in_address(by, back),
    }
    html = render_to_string("troubleshooting/accounts/form_of_another.html", context, request)
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(html, status=_status(request, owner), headers=headers)


def _status(request: HttpRequest, owner: int) -> int:
    if owner == request.user.pk:
        return EXPIRED
    return SOMEBODY_ELSE if request.user.is_authenticated else SIGNED_OUT


def address_of_form(request: HttpRequest) -> str:
    """Return the page of this portal that sent the form, as far as the browser tells.

    Else its address.
    """
    sent_from = urlsplit(request.headers.get("Referer", ""))
    if sent_from.netloc == request.get_host() and re.match(r"/(?!/)", sent_from.path):
        return f"{sent_from.path}?{sent_from.query}" if sent_from.query else sent_from.path
    return request.get_full_path()


def name_of(user: Any) -> str:
    """Return what ``user`` is called: their name, else the name of their account."""
    return str(user.get_full_name() or user.get_username())


def _is_anybodys(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name in SIGN_OUT_VIEWS


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", FIELD)
        for value in values
    ]


def _typed(request: HttpRequest) -> list[str]:
    """Return what reads like somebody's words."""
    values = (value.strip() for name, value in _fields(request) if not _WRITTEN.match(name))
    return [value for value in values if re.search(r"\s", value)]


def _sign_in_address(owner: User | None, back: str) -> str:
    if owner is None:
        return ""
    query = urlencode({"next": back, "as": owner.get_username()})
    return f"{reverse('troubleshooting:sign_in')}?{query}"
