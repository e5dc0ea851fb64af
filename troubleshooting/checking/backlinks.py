"""Which texts link to an article: what would lead nowhere if it were hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q

from ..addresses import target_of
from ..models import Article, ArticleTranslation, FormerAddress
from ..texts.sections import MARKDOWN_TEXTS
from .base_links import hrefs_in


def linking_articles(articles: Iterable[Article]) -> dict[int, list[ArticleTranslation]]:
    """Return by key of one of ``articles`` the texts of others, not archived, that link to it."""
    slugs = {article.slug: article.pk for article in articles}
    former = FormerAddress.objects.filter(article__in=slugs.values())
    slugs |= dict(former.values_list("slug", "article_id"))
    keys = set(slugs.values())
    linked = Q()
    for name in MARKDOWN_TEXTS:
        linked |= Q(**{f"rendered__{name}__contains": "/articles/"})
    texts = ArticleTranslation.objects.filter(linked).exclude(article__in=keys)
    texts = texts.exclude(article__status=Article.Status.ARCHIVED).select_related(
        "article", "rendered"
    )
    found: dict[int, list[ArticleTranslation]] = {}
    for text in texts.order_by("title").iterator(chunk_size=500):
        for key in _linked_keys(text, slugs):
            found.setdefault(key, []).append(text)
    return found


def _linked_keys(text: ArticleTranslation, slugs: dict[str, int]) -> Collection[int]:
    sections = [getattr(text.rendered, name) for name in MARKDOWN_TEXTS]
    targets = (target_of(href) for html in sections for href in hrefs_in(html))
    return {
        slugs[target.arguments["slug"]]
        for target in targets
        if target and target.view == "article" and target.arguments["slug"] in slugs
    }
