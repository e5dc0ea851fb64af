"""Middleware: pages that everyone may see, answered from memory before anything else runs.

What ``CachedView`` marks is kept as it leaves the server, headers and compression included,
together with the state of the content it was made of. A reader without a session gets it as long as
one query says that the state is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import get_conditional_response

from .responses import page_state, program

#: Longest time in memory, in seconds; what is outdated is never answered with.
SECONDS = 3600


class CachedPagesMiddleware:
    """The outermost middleware, so that what is kept needs none of the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_everyones(request):
            return self.get_response(request)
        key = _key(request)
        if kept := cache.get(key):
            state, headers, body = kept
            if state == page_state(request):
                return _answer(request, headers, body)
        response = self.get_response(request)
        state = getattr(response, "content_state", "")
        if state and request.method == "GET" and not response.cookies:
            cache.set(key, (state, dict(response.items()), response.content), SECONDS)
        return response


def _is_everyones(request: HttpRequest) -> bool:
    """Whether the request says nothing of who asks, nor anything but the address of a page."""
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


def _key(request: HttpRequest) -> str:
    """Return the key of a page: all by which it states its own address, each by itself.

    Where the portal is mounted is one of them: a path that begins like it is another address.
    """
    compressed = bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    host = request.META.get("HTTP_HOST", "")
    mounted = request.META.get("SCRIPT_NAME", "")
    parts = (program(), request.scheme, host, mounted, request.path_info, compressed)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _answer(request: HttpRequest, headers: dict[str, str], body: bytes) -> HttpResponse:
    response = HttpResponse(body, headers=headers)
    return get_conditional_response(request, etag=headers["ETag"], response=response) or response
