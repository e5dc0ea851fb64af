"""How allauth keeps the secrets of factors, and what they are called."""

from __future__ import annotations

import base64
import io
import logging
import secrets

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

logger = logging.getLogger(__name__)
_PURPOSE = "troubleshooting.accounts.factors"


class FactorAdapter(DefaultMFAAdapter):
    """Encrypts secrets, so that a copy of the database alone shows no code."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("The code is wrong, too old or used already."),
    }

    def encrypt(self, text: str) -> str:
        """Return ``text`` encrypted under a key that comes of SECRET_KEY."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what was encrypted.

        Return a random secret, which no code fits, where it was encrypted under another SECRET_KEY.
        """
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            logger.error("The secret of a second factor was kept under another SECRET_KEY")
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def build_totp_svg(self, url: str) -> str:
        """Return the picture of the secret that apps read, drawn here."""
        target = io.BytesIO()
        segno.make(url, error="m", micro=False).save(
            target, kind="svg", border=3, xmldecl=False, light="white", nl=False, omitsize=True
        )
        return target.getvalue().decode()

    def get_totp_issuer(self) -> str:
        """Return what apps show beside the code."""
        return str(self._get_site_name()).partition(":")[0]

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """Return which account of the portal it is."""
        return str(user.get_username())

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return str(user.get_username())

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """Return a name for a passkey that was given none."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}


def is_readable(factor: Authenticator) -> bool:
    """Return whether the secret of ``factor`` was kept under this SECRET_KEY."""
    kept = factor.data.get("secret") or factor.data.get("seed")
    try:
        return not kept or bool(_cipher().decrypt(kept.encode()))
    except InvalidToken:
        return False


def _cipher() -> MultiFernet:
    secrets_known = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [salted_hmac(_PURPOSE, "", one, algorithm="sha256").digest() for one in secrets_known]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
