"""Pages that need not be made anew: answered 304 by a cheap ETag, or from memory.

The ETag is made of all that a page depends on: the state of the content (``freshness``), the
program with its texts and files, the address, the day (a review falls due) and who reads. So an
edit shows at once, in every process, and nothing has to be thrown away by hand. Only what everyone
may see is kept in memory.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache as memory
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from .. import freshness
from .base import PortalView

#: Longest time in memory, in seconds; what is outdated is never asked for again.
SECONDS = 3600


class KeptView(PortalView):
    """A page of the content alone. What depends on the query as well is not kept in memory."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        etag = _etag(request) if request.method in ("GET", "HEAD") and not settings.DEBUG else ""
        if not etag:
            return super().dispatch(request, *args, **kwargs)
        anonymous = not request.user.is_authenticated
        is_kept = anonymous and not request.META.get("QUERY_STRING")
        body = None
        response = get_conditional_response(request, etag=etag)
        if response is None:
            body = memory.get(etag) if is_kept else None
            response = HttpResponse(body) if body else super().dispatch(request, *args, **kwargs)
        if response.status_code == 200 and body is None:
            response.render()
            if is_kept and not response.cookies:
                memory.set(etag, response.content, SECONDS)
        response.headers["Cache-Control"] = "no-cache" if anonymous else "private, no-cache"
        response.headers.setdefault("ETag", etag)
        return response


def _etag(request: HttpRequest) -> str:
    state = freshness.token(connection)
    if not state:
        return ""
    user = request.user
    reader = f"{user.pk} {user.is_staff}" if user.is_authenticated else ""
    parts = (state, program(), request.build_absolute_uri(), str(timezone.localdate()), reader)
    return f'"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


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
