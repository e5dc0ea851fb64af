"""What every page shares."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.generic import TemplateView

from ..caching.responses import CachedResponseMixin
from . import errors


class PortalView(TemplateView):
    """A page that can only be read; any other method gets the portal's own page 405."""

    http_method_names = ["get", "head", "options"]

    @property
    def language(self) -> str:
        """Return the reader's language, as the address says."""
        return get_language()

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        allowed = [name.upper() for name in self.http_method_names if hasattr(self, name)]
        return errors.method_not_allowed(request, allowed)


class CachedView(CachedResponseMixin, PortalView):
    """A page of the content alone, which need not be made anew."""


def from_elsewhere(request: HttpRequest) -> bool:
    """Return whether a page of another site sent the request (Fetch Metadata, else ``Origin``).

    For forms that ask nobody who they are: no cookie and no secret goes with these, so that pages
    stay the same for everyone.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()
