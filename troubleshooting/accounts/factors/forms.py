"""The forms of passwords and codes of those who have factors, under the limits of the portal."""

from __future__ import annotations

import hashlib
import time

from allauth.account.forms import ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from ..failing import note_failure
from ..forms import refusal
from ..throttle import Attempt, Secret
from .telling import tell

#: A code is one of three steps of 30 s; it is remembered longer than that.
_REMEMBERED = 120


class Limited(forms.Form):
    """A form that looks at no secret that comes too soon.

    ``wait``: seconds until the next attempt, where this one was refused; else 0.
    """

    wait = 0

    def attempt(self, user: User, secret: Secret) -> Attempt:
        """Return the attempt to show ``secret``.

        Raise ``ValidationError``: it comes too soon.
        """
        made = Attempt(context.request, user.get_username(), secret)
        if made.wait:
            self.wait = made.wait
            raise ValidationError(refusal(made.wait), code="throttled")
        return made


class _LimitedCode(Limited, BaseAuthenticateForm):
    """A code of an app or a recovery code: each is taken once."""

    user: User
    authenticator: Authenticator

    def clean_code(self) -> str:
        attempt = self.attempt(self.user, Secret.CODE)
        try:
            code: str = super().clean_code()
            # allauth strikes recovery codes off their list itself.
            is_of_app = self.authenticator.type == Authenticator.Type.TOTP
            if is_of_app and not strike_off(self.user, code):
                raise get_adapter().validation_error("incorrect_code")
        except ValidationError:
            note_failure(attempt, self.user.username, Secret.CODE)
            raise
        attempt.succeeded()
        if not is_of_app:
            tell(self.user, "recovery_code_used")
        return code


class CodeForm(_LimitedCode, AuthenticateForm):
    """The code after the password."""


class CodeAgainForm(_LimitedCode, ReauthenticateByCodeForm):
    """The code before factors are changed."""


class PasswordAgainForm(Limited, ReauthenticateForm):
    """The password before factors are changed."""

    user: User

    def clean_password(self) -> str:
        attempt = self.attempt(self.user, Secret.PASSWORD)
        try:
            password: str = super().clean_password()
        except ValidationError:
            note_failure(attempt, self.user.username)
            raise
        attempt.succeeded()
        return password


def strike_off(user: User, code: str) -> bool:
    """Take a ``code`` of the user's app; return whether it was not taken before.

    In the database, which all processes share, and in one step with asking.
    """
    plain = "".join(sign for sign in code if sign.isalnum())
    mark = hashlib.sha256(plain.encode()).hexdigest()[:16]
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update()
        row = rows.get(user=user, type=Authenticator.Type.TOTP)
        now = time.time()
        used = {
            one: moment
            for one, moment in row.data.get("used", {}).items()
            if now - moment < _REMEMBERED
        }
        row.data["used"] = {mark: now, **used}
        row.save(update_fields=["data"])
    return mark not in used
