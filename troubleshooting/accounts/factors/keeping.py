"""Which factors accounts have. Loads nothing of allauth: it may be asked where MFA is off."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from kbportal.environment.second_factor import OFF

from .telling import REMOVED_BY_OTHERS, tell

#: Application and model; the application is there only where MFA is on.
_MODEL: tuple[str, str] = ("mfa", "Authenticator")
#: Kinds of which one is enough to sign in; recovery codes only stand in for them.
SUFFICIENT = ("totp", "webauthn")


def is_on() -> bool:
    """Return whether accounts can have factors."""
    return bool(settings.MFA != OFF)


def factors_of(user: User) -> QuerySet[Any]:
    """Return the factors of ``user``."""
    return _all().filter(user=user)


def has_factor(user: User) -> bool:
    """Return whether ``user`` is asked for more than a password."""
    return factors_of(user).filter(type__in=SUFFICIENT).exists()


def are_readable() -> bool:
    """Return whether the secrets of all factors were kept under this SECRET_KEY."""
    is_readable = import_string(f"{__package__}.adapter.is_readable")
    return all(is_readable(one) for one in _all().exclude(type="webauthn").iterator())


def _all() -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model(*_MODEL)._default_manager.order_by("pk")
    return rows


def remove_all(user: User, by: User | None = None) -> bool:
    """Remove the factors of ``user``, who lost them; return whether there were any.

    ``by``: who removes them; None for a command.
    """
    number, _kinds = factors_of(user).delete()
    if number:
        tell(user, REMOVED_BY_OTHERS, by)
    return bool(number)
