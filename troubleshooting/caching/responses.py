"""Pages of the content alone, which need not be made anew: answered 304, or from memory.

The ETag is made of all that a page depends on: the state of the content (``version``), the program
with its texts and files, the address, the day (a review falls due) and who reads. So an edit shows
at once, in every process, and nothing has to be thrown away by hand.

A page is the same for every reader of a kind (``access.Reader``) but for the words about the
account in its foot. For those who have signed in it is kept with a mark in their place, and they
are put in for each request. What everyone may see is kept whole, by the middleware of ``pages``.
"""

from __future__ import annotations

import hashlib
import secrets
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views import View
from django.views.decorators.http import condition

from ..access import reader_of
from . import version

if TYPE_CHECKING:  # what this module notes on requests and responses

    class _Request(HttpRequest):
        page_state: str
        account_mark: str

    class _Response(HttpResponse):
        content_state: str


#: What of a page is about who has signed in.
ACCOUNT_TEMPLATE = "troubleshooting/parts/account.html"
#: Longest time in memory, in seconds; what is outdated is never answered with.
SECONDS = 3600
#: Stands for the words about the account in what is kept; nobody outside can know or write it.
_ACCOUNT = f"<!--account {secrets.token_hex(16)}-->"


class CachedResponseMixin(View):
    """For views of the content alone. What depends on the query as well is not kept in memory."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 304 to who has the page, and from memory where one of the kind had it."""
        state = page_state(request) if _is_read(request) and not settings.DEBUG else ""
        if not state:
            return super().dispatch(request, *args, **kwargs)
        answer = condition(etag_func=_etag)(partial(self._page, state))
        response = answer(request, *args, **kwargs)
        if response.status_code == 200 and _asks_for_any(request):
            response = HttpResponseNotModified()
        is_public = not request.user.is_authenticated
        response.headers["Cache-Control"] = "no-cache" if is_public else "private, no-cache"
        patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
        return response

    def _page(
        self, state: str, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Return the page, kept or made."""
        if request.META.get("QUERY_STRING"):
            return super().dispatch(request, *args, **kwargs)
        if not request.user.is_authenticated:
            response = super().dispatch(request, *args, **kwargs)
            if response.status_code == 200:
                _rendered(response)
                cast("_Response", response).content_state = state
            return response
        return self._page_with_account(state, request, *args, **kwargs)

    def _page_with_account(
        self, state: str, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        key = _shared_key(request, state)
        body: str | None = cache.get(key)
        if body is None:
            cast("_Request", request).account_mark = _ACCOUNT
            response = super().dispatch(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            body = _rendered(response).content.decode()
            cache.set(key, body, SECONDS)
        account = render_to_string(ACCOUNT_TEMPLATE, request=request)
        return HttpResponse(body.replace(_ACCOUNT, account))


def _rendered(response: HttpResponseBase) -> HttpResponse:
    """Return a whole response, its template rendered."""
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    return cast(HttpResponse, response)


def _is_read(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD")


def _shared_key(request: HttpRequest, state: str) -> str:
    """Return the key of a page as everyone of the reader's kind has it who has signed in."""
    address = request.build_absolute_uri()
    parts = ("with account", reader_of(request), state, program(), address, _ACCOUNT)
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def page_state(request: HttpRequest) -> str:
    """What all pages depend on, read once per request; "" where nothing may be kept."""
    noted = cast("_Request", request)
    if not hasattr(noted, "page_state"):
        token = version.token(connection)
        noted.page_state = f"{token} {timezone.localdate()}" if token else ""
    return noted.page_state


def _asks_for_any(request: HttpRequest) -> bool:
    """Tell whether the reader has some page at the address, whichever (RFC 9110 13.1.2)."""
    return request.headers.get("If-None-Match", "").strip() == "*"


def _etag(request: HttpRequest, *args: Any, **kwargs: Any) -> str | None:
    """Return a weak ETag: compressed or not, the page is the same.

    None where the reader asks whether there is any page at all (``*``): only the view can tell.
    """
    if _asks_for_any(request):
        return None
    user = request.user
    reader = f"{user.pk} {reader_of(request)}" if user.is_authenticated else ""
    parts = (page_state(request), program(), request.build_absolute_uri(), reader)
    return f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


@lru_cache
def program() -> str:
    """A hash of what makes pages of the content: code, templates, catalogues and static files."""
    digest = hashlib.sha256()
    base = Path(settings.BASE_DIR)
    folders = [(base / "troubleshooting", ("*.py", "*.mo")), (base / "templates", ("*.*",))]
    paths = [path for folder, names in folders for name in names for path in folder.rglob(name)]
    static = finders.find("portal")
    paths += Path(static).iterdir() if static else []
    for path in sorted(paths):
        digest.update(path.read_bytes())
    digest.update(getattr(staticfiles_storage, "manifest_hash", "").encode())
    return digest.hexdigest()
