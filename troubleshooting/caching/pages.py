"""Middleware: pages of the content answered from memory before anything else runs.

What ``CachedView`` marks is kept as it leaves the server, headers included, together with the state
of the content it was made of. One query says whether the state is still the same. A reader without
a session gets the page whole and compressed. Somebody with a session gets the one for their kind of
reader, with their own words about the account put in, as long as the same query says that they are
still who they were (``sessions``).
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import get_conditional_response

from kbportal.environment.databases import is_away, open_anew
from kbportal.replication.router import connection_for_reading

from ..access import Reader
from . import sessions
from .program import program
from .responses import note_account, note_state, page_state

if TYPE_CHECKING:
    from .responses import MarkedResponse

logger = logging.getLogger(__name__)
#: Longest time in memory, in seconds; what is outdated is never answered with.
SECONDS = 3600
#: A form that articles have at the address of their page as well; of that only the page is kept.
_OTHER_FORM = "text/markdown"
_ADMINISTRATION = re.compile(r"/[a-z-]+/admin/")


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it leaves the server; ``parts`` are those around the words about the account."""

    state: str
    headers: dict[str, str]
    parts: tuple[bytes, ...]


class CachedPagesMiddleware:
    """Answers with what is kept before the session is read or a page compressed.

    Before it stand only those that log a request, answer probes, choose a replica and tell
    browsers what to store.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _may_be_kept(request):
            return self.get_response(request)
        if sessions.session_key(request):
            return self._with_session(request)
        key = _key(request)
        kept: KeptPage | None = cache.get(key)
        if kept and _is_as_it_was(kept, request):
            response = HttpResponse(*kept.parts, headers=kept.headers)
            etag = kept.headers["ETag"]
            return get_conditional_response(request, etag=etag, response=response) or response
        response = self.get_response(request)
        state = getattr(response, "content_state", "")
        if state and not _account(response) and _may_keep(request, response):
            cache.set(key, KeptPage(state, dict(response.items()), (response.content,)), SECONDS)
        return response

    def _with_session(self, request: HttpRequest) -> HttpResponse:
        """Answer somebody who says that they have a session."""
        connection = connection_for_reading()
        state = sessions.session_state(connection, sessions.session_key(request))
        if state is None:
            return self.get_response(request)
        note_state(request, state.content)
        account = sessions.remembered(request, state)
        if account and (response := _answer(request, account)):
            return response
        note_account(request, account)
        response = self.get_response(request)
        made_for = _account(response)
        if made_for and _may_keep(request, response):
            if account is None:
                sessions.remember(request, state, made_for)
            _keep(request, response, made_for.reader)
        return response


def _is_as_it_was(page: KeptPage, request: HttpRequest) -> bool:
    """Return whether the content is what the page was made of, or nobody can say.

    While the database is away, the page that was last right is better than none.
    """
    try:
        return page.state == page_state(request)
    except DatabaseError as error:
        if not is_away(error):
            raise
        logger.warning("The database is away; a kept page is shown")
        open_anew()
        return True


def _may_be_kept(request: HttpRequest) -> bool:
    """Return whether the request reads a page, and says nothing but its address and who asks.

    Nothing is asked ahead of pages of the administration, of which none is kept.
    """
    is_read = request.method in ("GET", "HEAD") and not request.META.get("QUERY_STRING")
    if _OTHER_FORM in request.META.get("HTTP_ACCEPT", ""):
        return False
    return is_read and not _ADMINISTRATION.match(request.path_info)


def _may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether a page is the same for others; of cookies nothing is kept.

    The one that goes with the secret of a form comes with pages for those who have signed in.
    """
    own = {settings.CSRF_COOKIE_NAME} if _account(response) else set()
    is_page = request.method == "GET" and response.status_code == 200
    return is_page and response.cookies.keys() <= own


def _account(response: HttpResponse) -> sessions.Account | None:
    """Return whom the page was made for, if it was made for somebody who has signed in."""
    return getattr(response, "account", None)


def _answer(request: HttpRequest, account: sessions.Account) -> HttpResponse | None:
    """Return the page kept for the reader's kind, with their account; None where there is none."""
    kept: KeptPage | None = cache.get(_key(request, account.reader))
    if kept is None or kept.state != page_state(request):
        return None
    token = sessions.form_token(request)
    if not token:
        return None
    before, after = kept.parts
    body = b"".join((before, account.words(token).encode(), after))
    return HttpResponse(body, headers=kept.headers)


def _keep(request: HttpRequest, response: HttpResponse, reader: Reader) -> None:
    """Keep the page for the readers of that kind, without the words about the account."""
    marked = cast("MarkedResponse", response)
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    page = KeptPage(marked.content_state, headers, marked.parts)
    cache.set(_key(request, reader), page, SECONDS)


def _key(request: HttpRequest, reader: Reader | None = None) -> str:
    """Return the key of a page: all by which it states its own address, each by itself.

    Where the portal is mounted is one of them: a path that begins like it is another address.
    ``reader`` is the kind of somebody who has signed in, None stands for anybody.
    """
    meta = request.META
    compressed = not reader and re_accepts_gzip.search(meta.get("HTTP_ACCEPT_ENCODING", ""))
    address = request.scheme, meta.get("HTTP_HOST", ""), meta.get("SCRIPT_NAME", "")
    parts = (program(), settings.SIGN_IN_REQUIRED, reader, *address, request.path_info)
    return hashlib.sha256(repr((*parts, bool(compressed))).encode()).hexdigest()
