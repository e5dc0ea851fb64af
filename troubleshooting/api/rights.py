"""What a caller has to show before it may write or report."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext
from ninja.errors import HttpError
from ninja.security import HttpBearer

from ..models import AccessToken
from ..tokens.bearer import token_of


class ScopeError(HttpError):
    """A token that works lacks the scope of the operation."""

    def __init__(self, scope: str) -> None:
        super().__init__(403, gettext("The token lacks the scope %(scope)s.") % {"scope": scope})
        self.scope = scope


class Token(HttpBearer):
    """A token with a scope; the middleware has looked it up already (``tokens/bearer``)."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> AccessToken | None:
        """Return the token; None, which is answered 401, where none is shown.

        Raise ``ScopeError``: it is not for this.
        """
        token = token_of(request)
        if token and not token.may(self.scope):
            raise ScopeError(self.scope)
        return token

    def authenticate(self, request: HttpRequest, token: str) -> AccessToken | None:
        """Return the token as ``__call__`` does, which Ninja calls in the place of this."""
        return token_of(request)


#: What an operation asks that changes what the portal says, or lists what only editors see.
WRITING = Token(AccessToken.Scope.WRITE)


def writer_of(request: HttpRequest) -> User:
    """Return the owner of the token, for whom an operation writes."""
    return cast("User", request.user)


def check(is_allowed: bool) -> None:
    """Raise ``HttpError`` where the owner of the token may not do what was asked."""
    if not is_allowed:
        raise HttpError(403, gettext("The owner of the token may not do this."))
