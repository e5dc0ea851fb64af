"""One platform: its own articles, and those that apply to every platform."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from ...access import reader_of
from ...models import Article, Platform
from ...querysets import platforms_with_counts
from ..articles.cards import cards
from ..base import CachedView

#: More than a page of links helps nobody; the list with its filters takes over.
SHOWN = 100


class PlatformView(CachedView):
    template_name = "troubleshooting/platform.html"

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
            own=own,
            general=cards(general, self.language),
            is_cut=max(platform.own_count, platform.general_count) > SHOWN,
        )
