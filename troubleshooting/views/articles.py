"""The list of articles with its filters, and one article."""

from django.core.paginator import Paginator
from django.http import Http404

from ..filters import ArticleFilter
from ..models import Article, ArticleTranslation, SourceEntry
from ..querysets import entries_with_neighbours
from .base import PortalView
from .cards import cards, distinct_codes

PAGE_SIZE = 20


class ArticleListView(PortalView):
    template_name = "troubleshooting/article_list.html"

    def get_context_data(self, **kwargs) -> dict:
        articles = Article.objects.visible_to(self.request.user).with_text()
        wanted = ArticleFilter(self.request.GET, articles)
        found = wanted.qs.in_document_order().for_list(self.language)
        page = Paginator(found, PAGE_SIZE).get_page(self.request.GET.get("page"))
        facets = wanted.facets()
        return super().get_context_data(
            **kwargs,
            filter=wanted,
            facets=facets,
            chosen=[
                (facet, option) for facet in facets for option in facet.options if option.selected
            ],
            page=page,
            pages=page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            cards=cards(page, self.language),
        )


class ArticleView(PortalView):
    template_name = "troubleshooting/article.html"

    def get_context_data(self, slug: str, **kwargs) -> dict:
        article = self._article(slug)
        translations = article.translations.all()
        translation = translations[0]
        sources = self._sources(article, translation.language)
        return super().get_context_data(
            **kwargs,
            article=article,
            translation=translation,
            rendered=getattr(translation, "rendered", None),
            languages=[other.language for other in translations],
            foreign=translation.language != self.language,
            codes=distinct_codes(translation),
            sources=sources,
            **self._neighbours(sources),
        )

    def _article(self, slug: str) -> Article:
        visible = Article.objects.visible_to(self.request.user)
        article = visible.filter(slug=slug).in_language(self.language).with_citations().first()
        if article is None or not article.translations.all():
            raise Http404
        return article

    def _sources(self, article: Article, language: str) -> list[SourceEntry]:
        """Where the article comes from: one part per document, in the article's language."""
        entries = entries_with_neighbours(SourceEntry.objects, self.request.user)
        rows = (
            entries.filter(article=article)
            .select_related("document")
            .defer("base", "document__raw", "document__preamble", "document__preamble_html")
            .defer("document__outline", "document__front_matter")
        )
        best = {}
        for row in sorted(rows, key=lambda row: (row.document.language != language, row.pk)):
            best.setdefault(row.document.key, row)
        return list(best.values())

    def _neighbours(self, sources: list[SourceEntry]) -> dict[str, ArticleTranslation | None]:
        """The articles before and after this one in the first document it comes from."""
        if not sources:
            return {"previous": None, "next": None}
        wanted = (sources[0].previous_article, sources[0].next_article)
        texts = ArticleTranslation.objects.best_first(self.language).select_related("article")
        best = {}
        for text in texts.filter(article__in=[pk for pk in wanted if pk]).only(
            "language", "title", "article__slug"
        ):
            best.setdefault(text.article_id, text)
        return {"previous": best.get(wanted[0]), "next": best.get(wanted[1])}
