"""The list of articles with its filters."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from ...access import reader_of
from ...filters import ArticleFilter
from ...filters.facets import chosen_options
from ...models import Article, SearchFacets
from ...querysets import ArticleQuerySet
from ...walking import in_document_order, recently_changed
from ..base import PortalView
from ..indexes.listing import SortOrder
from .cards import cards

PAGE_SIZE = 20


class ArticleListView(PortalView):
    template_name = "troubleshooting/articles/article_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reader = reader_of(self.request)
        articles = Article.objects.visible_to(reader).with_text()
        visible = SearchFacets.objects.visible_to(reader)
        wanted = ArticleFilter(self.request.GET, articles, visible)
        matching = cast("ArticleQuerySet", wanted.qs)  # of the articles that it was given
        is_recent = self.request.GET.get("sort") == "recent"
        ordered = recently_changed if is_recent else in_document_order
        shown = matching.for_list(self.language), wanted.total, articles.for_list(self.language)
        paginator = Paginator(ordered(*shown), PAGE_SIZE)
        paginator.count = wanted.total  # known already
        page = paginator.get_page(self.request.GET.get("page"))
        facets = wanted.facets()
        return super().get_context_data(
            **kwargs,
            filter=wanted,
            facets=facets,
            chosen=chosen_options(facets),
            page=page,
            pages=page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            sorts=[
                SortOrder("", _("Document"), not is_recent),
                SortOrder("recent", _("Recently changed"), is_recent),
            ],
            cards=cards(page, self.language, shows_platforms=True),
        )
