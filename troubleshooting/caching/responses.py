"""Pages that need not be made anew: answered 304 by a cheap ETag, or from memory.

The ETag is made of all that a page depends on: the state of the content (``version``), the
program with its texts and files, the address, the day (a review falls due) and who reads. So an
edit shows at once, in every process, and nothing has to be thrown away by hand. Only what everyone
may see is kept in memory (``pages``).
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views import View

from ..querysets import is_editor
from . import version

if TYPE_CHECKING:  # what this module notes on requests and responses

    class _Request(HttpRequest):
        page_state: str

    class _Response(HttpResponse):
        kept_state: str


class KeptMixin(View):
    """A page of the content alone. What depends on the query as well is not kept in memory."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_read = request.method in ("GET", "HEAD")
        state = page_state(request) if is_read and not settings.DEBUG else ""
        if not state:
            return super().dispatch(request, *args, **kwargs)
        etag = _etag(request, state)
        anonymous = not request.user.is_authenticated
        response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
        if response is None:
            response = super().dispatch(request, *args, **kwargs)
        if response.status_code == 200 and isinstance(response, SimpleTemplateResponse):
            response.render()
            if anonymous and not request.META.get("QUERY_STRING"):
                cast("_Response", response).kept_state = state
        response.headers["Cache-Control"] = "no-cache" if anonymous else "private, no-cache"
        response.headers.setdefault("ETag", etag)
        patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
        return response


def page_state(request: HttpRequest) -> str:
    """Return what all pages depend on, read once per request; "" where nothing may be kept."""
    noted = cast("_Request", request)
    if not hasattr(noted, "page_state"):
        token = version.token(connection)
        noted.page_state = f"{token} {timezone.localdate()}" if token else ""
    return noted.page_state


def _etag(request: HttpRequest, state: str) -> str:
    """A weak one: compressed or not, the page is the same."""
    user = request.user
    reader = f"{user.pk} {user.is_staff} {is_editor(user)}" if user.is_authenticated else ""
    parts = (state, program(), request.build_absolute_uri(), reader)
    return f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


@cache
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
