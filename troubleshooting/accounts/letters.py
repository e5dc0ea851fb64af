"""What accounts are told by mail.

Letters leave on a thread of their own: how long an answer takes must not tell whether there is such
an account, and a slow mail server holds up no reader. What nobody chose a language for is written
in every language of the portal.
"""

from __future__ import annotations

import logging
import smtplib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from kbportal.limits.counters import Limit, hit

from . import throttle

logger = logging.getLogger(__name__)
_post = ThreadPoolExecutor(max_workers=1, thread_name_prefix="letters")
_A_DAY = Limit(1, 86_400)
#: Between the languages of one letter.
_RULE = "\n\n-- \n\n"


def can_be_sent() -> bool:
    """Return whether letters reach anybody; in a local run they appear on the terminal."""
    return bool(settings.IS_LOCAL or settings.EMAIL_BACKEND != settings.TERMINAL_MAIL)


def are_printed() -> bool:
    """Return whether letters appear on the terminal alone: nobody gets them by mail."""
    return bool(settings.EMAIL_BACKEND == settings.TERMINAL_MAIL)


def tell_of_attempts(user: User, address: str, secret: throttle.Secret) -> None:
    """Tell the owner of an account that somebody tries passwords on it; once a day at most.

    Codes are tried by who knows the password: that is told by itself.
    """
    if not (user.email and user.is_active and can_be_sent()):
        return
    is_code = secret is throttle.Secret.CODE
    kind = "told of codes" if is_code else "told of attempts"
    if hit(kind, user.username, _A_DAY).number <= 1:
        name = "codes" if is_code else "attempts"
        _write(user, name, {"address": address, "time": timezone.localtime()})


def tell_of_factor(user: User, change: str) -> None:
    """Tell the owner of an account that its second factors have changed."""
    if user.email and user.is_active and can_be_sent():
        _write(user, "factor", {"change": change, "time": timezone.localtime()})


def invite(user: User) -> None:
    """Send the link by which the owner of a new account chooses a password."""
    _write(user, "invitation", _lasting())


def send_reset(user: User) -> None:
    """Send the link by which the owner of an account chooses another password."""
    _write(user, "reset", _lasting(), [translation.get_language() or settings.LANGUAGE_CODE])


def _lasting() -> dict[str, int]:
    return {"days": settings.PASSWORD_RESET_TIMEOUT // 86_400}


def deliver(message: EmailMessage) -> None:
    """Send ``message`` without waiting for the mail server."""
    if settings.LETTERS_WAIT:
        _send(message)
    else:
        _post.submit(_send, message)


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        # Its text may hold the address of who should have had the letter.
        logger.error("A letter could not be sent: %s", type(error).__name__)


def _write(user: User, name: str, more: dict[str, Any], languages: list[str] | None = None) -> None:
    chosen = languages or [code for code, _name in settings.LANGUAGES]
    context = {"user": user, "portal": settings.SITE_ADDRESS, **more}
    subjects, bodies = [], []
    for language in chosen:
        with translation.override(language):
            context["link"] = settings.SITE_ADDRESS + _new_password(user)
            context["reset"] = settings.SITE_ADDRESS + reverse("troubleshooting:password_reset")
            text = render_to_string(f"letters/{name}.txt", context).strip()
        subject, _blank, body = text.partition("\n\n")
        subjects.append(" ".join(subject.split()))
        bodies.append(body.strip())
    deliver(EmailMessage(" / ".join(subjects), _RULE.join(bodies) + "\n", to=[user.email]))


def _new_password(user: User) -> str:
    key = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return reverse("troubleshooting:password_new", args=[key, token])
