"""Where MFA is required: the staff reaches nothing before it has a second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kbportal.environment.second_factor import REQUIRED

from .keeping import has_factor

#: Pages on which a factor is added, and the way out.
_OPEN = frozenset(
    (
        "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes",
        "mfa_reauthenticate", "account_reauthenticate", "sign_in", "sign_out", "logout",
        "password_change", "password_change_done", "service_worker",
    )
)  # fmt: skip


class SecondFactorMiddleware:
    """Leads staff without a factor to the page on which they add one.

    Who has no password signs in by the provider, which asks for what it wants.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer instead of the view, where it is not to be reached."""
        # Who has no session is nobody; to ask would make a page depend on the cookie.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        match = request.resolver_match
        if match and match.url_name in _OPEN:
            return None
        return redirect("mfa_index") if has_to_add(request.user) else None


def has_to_add(user: User | AnonymousUser) -> bool:
    """Return whether ``user`` reaches nothing before a second factor is added."""
    if settings.MFA != REQUIRED or not user.is_authenticated:
        return False
    return user.is_staff and user.has_usable_password() and not has_factor(user)
