"""The guide for editors, which stands in ``docs``, as a page of the administration."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ...texts.rendering.html import sanitise, to_html

NAME, PICTURE = "troubleshooting_guide", "troubleshooting_guide_picture"
_PICTURE = re.compile(r'(<img[^>]*\bsrc=")screenshots/([\w-]+\.png)"')
#: The line that leads to the guide in the other language: here the head of the page does.
_OTHER = re.compile(r"[^.\n]*\.[^.]*\[editing[\w.]*\]\(editing[\w.]*\)\.\s*")


def urls(site: AdminSite) -> list[URLPattern]:
    """Return the page and its pictures, for whoever may enter the administration."""

    def guide(request: HttpRequest) -> HttpResponse:
        title, html = _read(_file(), reverse(f"admin:{NAME}"))
        context = {**site.each_context(request), "title": title or _("Guide"), "guide": html}
        return TemplateResponse(request, "admin/troubleshooting/guide.html", context)

    return [
        path("guide/", site.admin_view(guide), name=NAME),
        path("guide/<str:name>.png", site.admin_view(_picture), name=PICTURE),
    ]


def _docs() -> Path:
    return Path(settings.BASE_DIR) / "docs"


def _file() -> Path:
    """Return the guide in the language of the page, else the English one."""
    own = _docs() / f"editing.{(get_language() or 'en')[:2]}.md"
    found = own if own.is_file() else _docs() / "editing.md"
    if not found.is_file():
        raise Http404
    return found


@lru_cache(maxsize=4)
def _read(file: Path, address: str) -> tuple[str, SafeString]:
    """Return the heading of the guide and the rest as HTML."""
    heading, _line, text = file.read_text("utf-8").partition("\n")
    html = sanitise(to_html(_OTHER.sub("", text, count=1)))
    html = _PICTURE.sub(rf'\1{address}\2"', html)
    return heading.lstrip("# "), SafeString(html)


def _picture(request: HttpRequest, name: str) -> FileResponse:
    """Answer with a picture of the guide."""
    file = _docs() / "screenshots" / f"{name}.png"
    if not re.fullmatch(r"[\w-]+", name) or not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type="image/png")
