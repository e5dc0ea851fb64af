"""One platform: its own articles, and those that apply to every platform."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from ...access import reader_of
from ...models import Article, Platform, SearchFacets
from ...querysets import platforms_with_counts
from ...search import browse
from ...walking import in_document_order
from ..articles.cards import cards
from ..base import CachedView
from ..incidents import notices_for

#: Articles of the platform on a page, and of all platforms below; the list takes over from there.
PAGE_SIZE = 20
GENERAL_SIZE = 10


class PlatformView(CachedView):
    template_name = "troubleshooting/indexes/platform.html"

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
        counted = browse(SearchFacets.objects.visible_to(reader), {})
        platform = get_object_or_404(
            platforms_with_counts(Platform.objects.all(), counted), slug=slug
        )
        visible = Article.objects.visible_to(reader).with_text().for_list(self.language)
        own = in_document_order(visible.filter(platforms=platform), platform.own_count)
        paginator = Paginator(own, PAGE_SIZE)
        paginator.count = platform.own_count  # known already
        page = paginator.get_page(self.request.GET.get("page"))
        for_all = visible.filter(platforms__isnull=True)
        general = in_document_order(for_all, platform.general_count)[:GENERAL_SIZE]
        return super().get_context_data(
            **kwargs,
            platform=platform,
            notices=notices_for(self.request, self.language, platforms=[platform.slug]),
            page=page,
            pages=page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            own=cards(page, self.language),
            general=cards(general, self.language) if page.number == 1 else [],
            is_cut=platform.general_count > GENERAL_SIZE,
        )
