"""The forms of passkeys: what a browser answers, or somebody who pretends to be one."""

from __future__ import annotations

import logging
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as allauth_forms
from django import forms
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)
#: An attestation with its certificates takes some 6,000 signs.
_LONGEST = 30_000
_LONGEST_NAME = 60


class CredentialField(forms.JSONField):
    """A credential as JSON, as browsers write it."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Return the credential.

        Raise ``ValidationError``: it is no object, or longer than any.
        """
        try:
            found = super().to_python(value) if len(value or "") < _LONGEST else None
        except (RecursionError, ValueError):
            found = None
        if not isinstance(found, dict):
            raise _refusal()
        return found


class _Proof(allauth_forms.AuthenticateWebAuthnForm):
    credential = CredentialField()

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except DatabaseError:
            raise
        except Exception as error:  # whatever parsers and signatures say of what strangers send
            logger.info("A passkey was refused: %s", type(error).__name__)
            raise _refusal() from None


class PasskeyAfterPasswordForm(_Proof):
    """A passkey as a second factor."""


class PasskeyAgainForm(_Proof, allauth_forms.ReauthenticateWebAuthnForm):
    """A passkey before factors are changed."""


class PasskeyAloneForm(_Proof, allauth_forms.LoginWebAuthnForm):
    """A passkey instead of a password."""


class NewPasskeyForm(allauth_forms.AddWebAuthnForm):
    """A new passkey, which alone is enough to sign in: its device asks who holds it."""

    name = forms.CharField(label=_("Name"), max_length=_LONGEST_NAME, required=False)
    credential = CredentialField()

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            cleaned: dict[str, Any] = super().clean()
        except DatabaseError:
            raise
        except Exception as error:  # as above
            logger.info("A new passkey was refused: %s", type(error).__name__)
            raise _refusal() from None
        return cleaned


class PasskeyNameForm(allauth_forms.EditWebAuthnForm):
    """The name of a passkey."""

    name = forms.CharField(label=_("Name"), max_length=_LONGEST_NAME)


def _refusal() -> ValidationError:
    return ValidationError(
        _("That passkey does not fit, or the device did not say who holds it."), code="passkey"
    )
