"""The token that a request shows (RFC 6750), and what it lets its bearer do."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from ..access import Reader, note_reader, reader_for
from ..models import AccessToken
from .issuing import digest_of

#: How exactly is known when a token was last used: a write for each request would be too many.
_USE = timedelta(hours=1)
_SCHEME = "bearer "


class InvalidTokenError(Exception):
    """What was shown is no token that works."""


def find(secret: str) -> AccessToken:
    """Return the live token ``secret`` and note that it is used.

    Raise ``InvalidTokenError``: there is none.
    """
    live = AccessToken.objects.live().select_related("owner")
    token = live.filter(digest=digest_of(secret)).first()
    if token is None:
        raise InvalidTokenError
    now = timezone.now()
    if token.last_used is None or token.last_used < now - _USE:
        AccessToken.objects.filter(pk=token.pk).update(last_used=now)
    return token


def reader_by(token: AccessToken) -> Reader:
    """Return the kind of reader that a program with ``token`` is."""
    is_reader = token.may(AccessToken.Scope.READ)
    return reader_for(token.owner) if is_reader else Reader.PUBLIC


def admit(request: HttpRequest) -> AccessToken | None:
    """Let the request act for the owner of the token that it shows, if it shows one.

    Raise ``InvalidTokenError``: it shows something else.
    """
    shown = request.headers.get("Authorization")
    if shown is None:
        return None
    if not shown.lower().startswith(_SCHEME):
        raise InvalidTokenError
    token = find(shown[len(_SCHEME) :].strip())
    request.user = token.owner
    request._access_token = token  # type: ignore[attr-defined]  # kept with the request
    note_reader(request, reader_by(token))
    return token


def token_of(request: HttpRequest) -> AccessToken | None:
    """Return the token that the request was admitted with."""
    return getattr(request, "_access_token", None)
