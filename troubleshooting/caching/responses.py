"""Pages of the content alone, which need not be made anew: answered 304, or kept by ``pages``.

The ETag is made of all that a page depends on: the state of the content (``version``), the program
with its texts and files, the address and the day (a review falls due). So an edit shows at once, in
every process, and nothing has to be thrown away by hand.

A page is the same for every reader of a kind (``access.Reader``) but for the words about the
account in its foot. For those who have signed in it is made with a mark in their place, so that the
middleware of ``pages`` can keep it for all of the kind. What everyone may see is kept whole.
"""

from __future__ import annotations

import hashlib
import secrets
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views import View
from django.views.decorators.http import condition

from kbportal.replication.router import connection_for_reading

from ..access import note_reader, reader_of
from . import sessions, version
from .program import program

if TYPE_CHECKING:  # what this module notes on requests and responses

    class _Request(HttpRequest):
        page_state: str
        current_incidents: int
        account_mark: str
        known_account: sessions.Account

    class MarkedResponse(HttpResponse):
        """What may be kept; the last two where it was made for somebody who has signed in."""

        content_state: str
        account: sessions.Account
        parts: tuple[bytes, ...]


#: Stands for the words about the account in what is kept; nobody outside can know or write it.
_ACCOUNT = f"<!--account {secrets.token_hex(16)}-->"


class CachedResponseMixin(View):
    """For views of the content alone. What depends on the query as well is not kept in memory."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 304 to who has the page, else make it and mark it as one that may be kept.

        What is answered to somebody who has signed in no browser keeps: there is no 304.
        """
        state = page_state(request) if _is_read(request) and not settings.DEBUG else ""
        if not state:
            return super().dispatch(request, *args, **kwargs)
        if known_account(request) or request.user.is_authenticated:
            response = self._page_with_account(state, request, *args, **kwargs)
        else:
            answer = condition(etag_func=_etag)(partial(self._page, state))
            response = answer(request, *args, **kwargs)
            if response.status_code == 200 and _asks_for_any(request):
                response = HttpResponseNotModified()
            response.headers["Cache-Control"] = "no-cache"
        patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
        return response

    def _page(
        self, state: str, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Return the page as everyone has it."""
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code == 200 and not request.META.get("QUERY_STRING"):
            cast("MarkedResponse", _rendered(response)).content_state = state
        return response

    def _page_with_account(
        self, state: str, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Return the page with the words about the account, and told apart from them."""
        if request.META.get("QUERY_STRING"):
            return super().dispatch(request, *args, **kwargs)
        cast("_Request", request).account_mark = _ACCOUNT
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        parts = tuple(_rendered(response).content.split(_ACCOUNT.encode()))
        account = known_account(request) or sessions.account_of(request, reader_of(request))
        words = account.words(get_token(request)).encode()
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        marked = cast("MarkedResponse", HttpResponse(words.join(parts), headers=headers))
        if len(parts) == 2:
            marked.content_state, marked.account, marked.parts = state, account, parts
        return marked


def _rendered(response: HttpResponseBase) -> HttpResponse:
    """Return a whole response, its template rendered."""
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    return cast(HttpResponse, response)


def _is_read(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD")


def page_state(request: HttpRequest) -> str:
    """Return what all pages depend on, read once per request; "" where nothing may be kept."""
    noted = cast("_Request", request)
    if not hasattr(noted, "page_state"):
        note_state(request, version.state(connection_for_reading()))
    return noted.page_state


def note_account(request: HttpRequest, account: sessions.Account | None) -> None:
    """Note whose session the request carries, so that Django need not find out."""
    if account:
        noted = cast("_Request", request)
        noted.known_account = account
        note_reader(request, account.reader)


def known_account(request: HttpRequest) -> sessions.Account | None:
    """Return whose session it is, where that was known before Django was asked."""
    return getattr(request, "known_account", None)


def note_state(request: HttpRequest, content: version.ContentState) -> None:
    """Note the state of the content that was read for a request; the day belongs to it."""
    noted = cast("_Request", request)
    noted.current_incidents = content.current
    noted.page_state = ""
    if content.token:
        noted.page_state = " ".join(map(str, (*content, timezone.localdate())))


def forget_account_mark(request: HttpRequest) -> None:
    """Let a page say itself who has signed in: it is made for one request, and not kept."""
    cast("_Request", request).account_mark = ""


def current_incidents(request: HttpRequest) -> int:
    """Return how many incidents hold by the state that was read for a request."""
    page_state(request)
    return cast("_Request", request).current_incidents


def _asks_for_any(request: HttpRequest) -> bool:
    """Return whether the reader has some page at the address, whichever (RFC 9110 13.1.2)."""
    return request.headers.get("If-None-Match", "").strip() == "*"


def _etag(request: HttpRequest, *args: Any, **kwargs: Any) -> str | None:
    """Return a weak ETag: compressed or not, the page is the same.

    None where the reader asks whether there is any page at all (``*``): only the view can tell.
    """
    if _asks_for_any(request):
        return None
    mounted = request.META.get("SCRIPT_NAME", "")
    parts = (page_state(request), program(), request.build_absolute_uri(), mounted)
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
