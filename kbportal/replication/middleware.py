"""Chooses where a request reads, and asks the primary where a replica failed it.

Who has written with a session carries in a cookie how far the primary's log was by then: replicas
that have not come so far are no choice for them. The administration reads the primary alone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from kbportal.cookies import cookie_name
from kbportal.replication.router import reading_from
from kbportal.replication.watch import WRITE_POSITION, watch

COOKIE = "portal_position"
#: Seconds that somebody is remembered to have written: replicas further behind are left out anyway.
_REMEMBERED = 60
_ADMINISTRATION = re.compile(r"/[a-z-]+/admin(/|$)")
#: Forms that only ask: a pasted text, a log.
_ASKING = frozenset(("troubleshooting:search", "troubleshooting:logs"))
_POSITION = re.compile(r"[0-9a-f]{1,16}")


class ReplicaMiddleware:
    """Outside of all that asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.REPLICAS:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.watch = watch()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.watch.begin()
        alias = self._choose(request)
        if alias == DEFAULT_DB_ALIAS:
            response = self.get_response(request)
            return self._remember(request, response)
        environ = dict(request.META)
        with reading_from(alias):
            response = self.get_response(request)
        if response.status_code < 500:
            return response
        if response.status_code == 503:
            self.watch.standing.doubt(alias)
        if request.method not in ("GET", "HEAD"):
            return response
        return self._again(type(request)(environ))  # type: ignore[call-arg]  # a WSGIRequest

    def _choose(self, request: HttpRequest) -> str:
        if not _only_reads(request):
            return DEFAULT_DB_ALIAS
        cookie = request.COOKIES.get(cookie_name(COOKIE), "")
        written = int(cookie, 16) if _POSITION.fullmatch(cookie) else 0
        usable = self.watch.standing.usable(written)
        return random.choice(usable) if usable else DEFAULT_DB_ALIAS

    def _again(self, request: HttpRequest) -> HttpResponse:
        """Answer from another replica, or the primary; what only reads may be asked twice."""
        standing = self.watch.standing
        others = [] if standing.primary_answers() else standing.usable()
        with reading_from(random.choice(others) if others else DEFAULT_DB_ALIAS):
            return self.get_response(request)

    def _remember(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        name = settings.SESSION_COOKIE_NAME
        has_session = name in request.COOKIES or name in response.cookies
        if has_session and request.method not in ("GET", "HEAD", "OPTIONS"):
            position = _written()
            if position is not None:
                response.set_cookie(
                    cookie_name(COOKIE),
                    f"{position:x}",
                    max_age=_REMEMBERED,
                    secure=settings.SESSION_COOKIE_SECURE,
                    httponly=True,
                    samesite="Lax",
                )
        return response


def _only_reads(request: HttpRequest) -> bool:
    path = request.path_info
    if request.method in ("GET", "HEAD"):
        return not _ADMINISTRATION.match(path)
    if request.method != "POST":
        return False
    try:
        return resolve(path).view_name in _ASKING
    except Resolver404:
        return False


def _written() -> int | None:
    """Return how far the primary's log goes now; None where it cannot be asked."""
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(WRITE_POSITION)
            return int(cursor.fetchone()[0])
    except DatabaseError:
        return None
