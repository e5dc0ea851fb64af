"""One platform: its own articles, and those that apply to every platform."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from ...access import reader_of
from ...models import Article, Platform
from ...querysets import platforms_with_counts
from ..articles.cards import cards
from ..base import CachedView
from ..incidents import notices_for

#: More than a page of links helps nobody; the list with its filters takes over.
SHOWN = 100


class PlatformView(CachedView):
    template_name = "troubleshooting/platform.html"

    def get(self, request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> HttpResponse:
        """Show the page; an address that the platform had before leads to today's."""
        try:
            return super().get(request, *args, slug=slug, **kwargs)
        except Http404:
            platform = Platform.objects.filter(former_addresses__slug=slug).first()
            if platform is None:
                raise
        return redirect("troubleshooting:platform", slug=platform.slug, permanent=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slug: str = kwargs.pop("slug")
        reader = reader_of(self.request)
        platform = get_object_or_404(
            platforms_with_counts(Platform.objects.all(), reader), slug=slug
        )
        visible = Article.objects.visible_to(reader).with_text().in_document_order()
        own = cards(
            visible.filter(platforms=platform).for_list(self.language)[:SHOWN], self.language
        )
        general = visible.filter(platforms__isnull=True).for_list(self.language)[:SHOWN]
        return super().get_context_data(
            **kwargs,
            platform=platform,
            notices=notices_for(self.request, self.language, platforms=[platform.slug]),
            own=own,
            general=cards(general, self.language),
            is_cut=max(platform.own_count, platform.general_count) > SHOWN,
        )
