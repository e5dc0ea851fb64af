"""The forms of sign-in and reset, under limits."""

from __future__ import annotations

from math import ceil
from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kbportal.limits.clients import address_of
from kbportal.limits.counters import Limit, hit

from . import letters
from .failing import note_failure
from .throttle import Attempt

#: Letters with a link, for one account and from one address.
RESETS_OF_ACCOUNT = Limit(3, 3600)
RESETS_OF_ADDRESS = Limit(20, 3600)


class ThrottledSignIn(AuthenticationForm):
    """Django's form, which looks at no password that comes too soon.

    ``wait``: seconds until the next attempt, where this one was refused; else 0.
    """

    wait = 0

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username")
        if not username or not self.cleaned_data.get("password"):
            return super().clean()
        attempt = Attempt(self.request, username)
        if attempt.wait:
            self.wait = attempt.wait
            raise ValidationError(refusal(attempt.wait), code="throttled")
        try:
            cleaned = super().clean()
        except ValidationError as error:
            # The password of who may not enter here was right: nobody is guessing.
            if getattr(error, "code", "") == "not_staff":
                attempt.succeeded()
            else:
                note_failure(attempt, username)
            raise
        attempt.succeeded()
        return cleaned


class SignInForm(ThrottledSignIn):
    """Name and password, tried under the limits of the portal (``throttle``)."""


class AdminSignInForm(ThrottledSignIn, AdminAuthenticationForm):
    """That of the administration, which lets staff in alone."""

    def confirm_login_allowed(self, user: User) -> None:
        """Raise ``ValidationError`` for who is not of the staff: the password was right."""
        if user.is_active and not user.is_staff:
            raise ValidationError(
                _(
                    "Your account does not open the administration: an administrator gives it the"
                    " staff status."
                ),
                code="not_staff",
            )
        super().confirm_login_allowed(user)


def send_links(request: HttpRequest, form: PasswordResetForm) -> None:
    """Mail a link to the accounts of the address that ``form`` holds, within limits."""
    address = address_of(request)
    if address and _is_beyond("resets by address", address, RESETS_OF_ADDRESS):
        return
    for user in form.get_users(form.cleaned_data["email"]):
        if not _is_beyond("resets of account", str(user.pk), RESETS_OF_ACCOUNT):
            letters.send_reset(User.objects.get(pk=user.pk))


def refuse_too_soon(response: HttpResponse, form: object) -> HttpResponse:
    """Return ``response`` with status 429 where ``form`` was sent too soon."""
    if wait := getattr(form, "wait", 0):
        response.status_code = 429
        response.headers["Retry-After"] = str(wait)
    return response


def _is_beyond(kind: str, subject: str, limit: Limit) -> bool:
    return hit(kind, subject, limit).number > limit.most


def refusal(seconds: int) -> str:
    """Return what is said to who tries too soon, by so many seconds."""
    minutes = ceil(seconds / 60)
    return ngettext(
        "Too many attempts to sign in. Try again in %(minutes)s minute.",
        "Too many attempts to sign in. Try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}
