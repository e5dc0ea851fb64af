"""Making tokens and taking them back."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from ..access import ADD_DOCUMENT, CHANGE_ARTICLE
from ..models import AccessToken
from ..models.integrations.tokens import MOST_DAYS

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: What every token begins with, so that scanners of published code know it.
PREFIX = "kbp_"
#: Who has it may import documents.
IMPORT_PERMISSION = ADD_DOCUMENT
#: Live tokens that one account may have.
MOST_LIVE = 20
_BYTES = 32
_START = 10


class Issued(NamedTuple):
    """A new token: its row, and the only copy of what a program shows."""

    row: AccessToken
    secret: str


def digest_of(secret: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def scopes_for(owner: User) -> list[str]:
    """Return the scopes that a token of ``owner`` may have."""
    scopes = AccessToken.Scope
    found = [scopes.READ, scopes.OUTCOMES]
    if owner.is_staff and owner.has_perm(CHANGE_ARTICLE):
        found.append(scopes.WRITE)
        if owner.has_perm(IMPORT_PERMISSION):
            found.append(scopes.IMPORT)
    return [str(one) for one in found]


def issue(owner: User, name: str, scopes: Collection[str], days: int) -> Issued:
    """Make a token that ends after ``days``, with the ``scopes`` that its owner may give."""
    secret = PREFIX + secrets.token_urlsafe(_BYTES)
    row = AccessToken.objects.create(
        owner=owner,
        name=name,
        start=secret[:_START],
        digest=digest_of(secret),
        scopes=[one for one in scopes_for(owner) if one in scopes],
        expires=timezone.now() + timedelta(days=min(days, MOST_DAYS)),
    )
    return Issued(row, secret)


def revoke(owner: User, number: int) -> bool:
    """End a token of ``owner`` now; return whether there was one to end."""
    live = AccessToken.objects.filter(owner=owner, pk=number, revoked=None)
    return bool(live.update(revoked=timezone.now()))
