"""The guide for editors, which stands in ``docs``, as a page of the administration."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ...texts.rendering.html import sanitise, to_html

NAME, PICTURE = "troubleshooting_guide", "troubleshooting_guide_picture"
_CHAPTER = re.compile("<h2>(.*?)</h2>", re.DOTALL)
_PICTURE = re.compile(r'(<img[^>]*\bsrc=")screenshots/([\w-]+\.png)"')
#: The line that leads to the guide in the other language: here the head of the page does.
_OTHER = re.compile(r"[^.\n]*\.[^.]*\[editing[\w.]*\]\(editing[\w.]*\)\.\s*")


class Chapter(NamedTuple):
    """A heading of the guide, and the name of its place on the page."""

    anchor: str
    heading: str


class Guide(NamedTuple):
    """What the guide is called, its chapters, and its HTML without the title."""

    title: str
    chapters: list[Chapter]
    html: SafeString


def chapters() -> list[Chapter]:
    """Return the chapters of the guide in the language of the page; none where it is missing."""
    file = _file()
    return _read(file, reverse(f"admin:{NAME}")).chapters if file else []


def urls(site: AdminSite) -> list[URLPattern]:
    """Return the page and its pictures, for whoever may enter the administration."""

    def guide(request: HttpRequest) -> HttpResponse:
        if (file := _file()) is None:
            raise Http404
        read = _read(file, reverse(f"admin:{NAME}"))
        context = {**site.each_context(request), "title": read.title or _("Guide"), "guide": read}
        return TemplateResponse(request, "admin/troubleshooting/guide.html", context)

    return [
        path("guide/", site.admin_view(guide), name=NAME),
        path("guide/<str:name>.png", site.admin_view(_picture), name=PICTURE),
    ]


def _docs() -> Path:
    return Path(settings.BASE_DIR) / "docs"


def _file() -> Path | None:
    """Return the guide in the language of the page, else the English one; None without any."""
    names = (f"editing.{(get_language() or 'en')[:2]}.md", "editing.md")
    return next((file for name in names if (file := _docs() / name).is_file()), None)


@lru_cache(maxsize=4)
def _read(file: Path, address: str) -> Guide:
    heading, _line, text = file.read_text("utf-8").partition("\n")
    html = sanitise(to_html(_OTHER.sub("", text, count=1)))
    html = _PICTURE.sub(rf'\1{address}\2"', html)
    found: list[Chapter] = []

    def named(match: re.Match[str]) -> str:
        words = unescape(strip_tags(match[1]))
        found.append(Chapter(slugify(words), words))
        return f'<h2 id="{found[-1].anchor}">{match[1]}</h2>'

    html = _CHAPTER.sub(named, html)
    return Guide(heading.lstrip("# "), found, SafeString(html))


def _picture(request: HttpRequest, name: str) -> FileResponse:
    """Answer with a picture of the guide."""
    file = _docs() / "screenshots" / f"{name}.png"
    if not re.fullmatch(r"[\w-]+", name) or not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type="image/png")
