"""Whose session a request carries: remembered as long as the database says the same of it.

To find out who asks takes Django four queries: the session, its user, two of permissions. What came
of them (the kind of reader, the words about the account) is remembered under the session's key and
believed only while one query says that nothing has changed since:

- the row of the session is the same and has not expired: signing out deletes it, signing in makes
  another, and nobody else's sign-in touches it;
- no user, group or permission has changed (``version.ACCOUNTS``), be it a name, a role, a password
  or that somebody may no longer sign in.

Both are read before Django works out who asks, so what is remembered is never newer than they say.
Nothing is remembered where sessions or permissions live anywhere but in these tables.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import import_string

from ..access import Reader
from . import version

#: What of a page is about who has signed in.
ACCOUNT_TEMPLATE = "troubleshooting/parts/account.html"
#: Longest time in memory, in seconds.
SECONDS = 3600
#: Stands for the secret of a form in what is remembered; nobody outside can know or write it.
_SECRET = secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class SessionState:
    """What the database says of a session: its row, the token of accounts, the content."""

    data: str
    accounts: str
    content: version.ContentState


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks: the kind of reader, and the words about the account without a form's secret."""

    reader: Reader
    html: str

    def words(self, token: str) -> str:
        """Return the words about the account, with a form's secret for one request."""
        return self.html.replace(_SECRET, token)


def session_key(request: HttpRequest) -> str:
    """Return the key of the session that the request says it has, "" for none."""
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")


def session_state(connection: BaseDatabaseWrapper, key: str) -> SessionState | None:
    """Return the present state of a session, from one query; None where there is no such session.

    None, too, where settings keep sessions or rights elsewhere than in the database, or write a
    session with every request.
    """
    if not _is_in_database(tuple(settings.AUTHENTICATION_BACKENDS)):
        return None
    now = version.moments(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT s.session_data, accounts.token, content.token, {version.INCIDENTS}"
            " FROM django_session s"
            f" JOIN {version.VERSION} content ON content.id = {version.CONTENT}"
            f" JOIN {version.VERSION} accounts ON accounts.id = {version.ACCOUNT}"
            " WHERE s.session_key = %s AND s.expire_date > %s",
            [*now, key, now[0]],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    data, accounts, *content = row
    return SessionState(data, accounts, version.ContentState(*content))


def _is_in_database(backends: tuple[str, ...]) -> bool:
    own_sessions = settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
    return own_sessions and not settings.SESSION_SAVE_EVERY_REQUEST and _own_permissions(backends)


@lru_cache
def _own_permissions(backends: tuple[str, ...]) -> bool:
    """Return whether ``backends`` take permissions from Django's tables, or give none."""
    asked = ("has_perm", "get_all_permissions", "get_user_permissions", "get_group_permissions")
    return all(
        any(
            all(getattr(backend, name, None) is getattr(base, name) for name in asked)
            for base in (ModelBackend, BaseBackend)
        )
        for backend in map(import_string, backends)
    )


def account_of(request: HttpRequest, reader: Reader) -> Account:
    """Return the account of who asks, as ``request.user`` says."""
    html = render_to_string(ACCOUNT_TEMPLATE, {"csrf_token": _SECRET}, request=request)
    return Account(reader, html)


def form_token(request: HttpRequest) -> str:
    """Return a secret for a form of who asks; "" where they have no cookie for it yet."""
    CsrfViewMiddleware(lambda _request: None).process_request(request)  # type: ignore[arg-type]  # it answers nothing
    is_known = "CSRF_COOKIE" in request.META and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
    return get_token(request) if is_known else ""


def remember(request: HttpRequest, state: SessionState, account: Account) -> None:
    """Remember the account of the session, whose ``state`` was read before ``request.user``."""
    user = SessionStore().decode(state.data).get(SESSION_KEY)
    if request.user.is_authenticated and user == str(request.user.pk):
        cache.set(_place(request), (state.data, state.accounts, account), SECONDS)


def remembered(request: HttpRequest, state: SessionState) -> Account | None:
    """Return the account of the session, if nothing that says who asks has changed."""
    found = cache.get(_place(request))
    if found is None:
        return None
    data, accounts, account = found
    is_same = (data, accounts) == (state.data, state.accounts)
    return account if is_same else None


def _place(request: HttpRequest) -> str:
    """Return where the account is kept: a hash, as the key of a session is a secret."""
    language = translation.get_language_from_path(request.path_info)
    mounted = request.META.get("SCRIPT_NAME", "")
    parts = ("account", session_key(request), language, mounted, _SECRET)
    return hashlib.sha256(repr(parts).encode()).hexdigest()
