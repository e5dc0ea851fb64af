"""An article as Markdown: at its address with ``.md``, or where ``Accept`` prefers it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from ...access import reader_of
from ...caching.responses import CachedResponseMixin
from ...models import Article
from ...representing.articles import article_text
from ...representing.files import as_markdown
from ..base import PortalView

MARKDOWN = "text/markdown"


def prefers_markdown(request: HttpRequest) -> bool:
    """Return whether the reader would rather have Markdown than the page (RFC 9110 12.5.1)."""
    if MARKDOWN not in request.headers.get("Accept", ""):
        return False
    return request.get_preferred_type(["text/html", MARKDOWN]) == MARKDOWN


class ArticleMarkdownView(CachedResponseMixin, PortalView):
    """The article in the language of the address, else in another that it has."""

    def get(self, request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> HttpResponse:
        """Return the text; an address that the article had before leads to the one that it has.

        Raise ``Http404``: this reader sees no such article.
        """
        reader = reader_of(request)
        text = article_text(reader, get_language(), slug=slug)
        if text is None:
            known = Article.objects.visible_to(reader).with_text().at_address(slug).first()
            if known is None:
                raise Http404
            return redirect("troubleshooting:article_markdown", slug=known.slug, permanent=True)
        site = request.build_absolute_uri("/").rstrip("/")
        response = HttpResponse(as_markdown(text, site), content_type=f"{MARKDOWN}; charset=utf-8")
        response.headers["Link"] = f'<{site}{text.address}>; rel="canonical"'
        response.headers["Content-Language"] = text.language
        return response
