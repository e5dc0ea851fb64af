"""On which devices somebody has signed in to an account: a signed cookie says so there.

It opens nothing. It lets the person in while somebody else tries passwords on the account from
elsewhere (OWASP: device cookies).
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from kbportal.cookies import cookie_name

COOKIE = "device"
_DAYS = 180


def remember(response: HttpResponse, username: str) -> None:
    """Have the browser remember that ``username`` signed in there."""
    response.set_cookie(
        cookie_name(COOKIE),
        _mark(username),
        max_age=_DAYS * 86_400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def is_known(request: HttpRequest, username: str) -> bool:
    """Return whether ``username`` was the last to sign in on this device."""
    return constant_time_compare(request.COOKIES.get(cookie_name(COOKIE), ""), _mark(username))


def _mark(username: str) -> str:
    return salted_hmac("accounts.device", username, algorithm="sha256").hexdigest()
