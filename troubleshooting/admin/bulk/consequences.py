"""What an act on many articles would mean for readers, before it is done."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from ...checking.backlinks import linking_articles
from ...editing import states_of
from ...models import Article, ArticleTranslation

#: Articles and links that the page names.
_NAMES = 10
#: Of more chosen articles than this no link is looked for: the act is refused anyway.
_MOST = 500


class StateCount(NamedTuple):
    """How many of the chosen articles are in a status, by the name of the status."""

    label: str
    number: int


class Backlink(NamedTuple):
    """A text that links to one of the chosen articles."""

    text: ArticleTranslation
    target: str


def consequences(queryset: QuerySet[Any], *, hides: bool) -> dict[str, Any]:
    """Return the context of the page: counts and names, and for an act that ``hides`` the links."""
    articles = list(queryset.prefetch_related(None).prefetch_related(_texts())[: _MOST + 1])
    counts = states_of(articles)
    context: dict[str, Any] = {
        "count": queryset.count(),
        "states": [
            StateCount(str(status.label), counts[status])
            for status in Article.Status
            if status in counts
        ],
        "named": [_title(article) for article in articles[:_NAMES]],
        "hides": hides,
    }
    if hides and len(articles) <= _MOST:
        titles = {article.pk: _title(article) for article in articles}
        links = [
            Backlink(text, titles[key])
            for key, texts in linking_articles(articles).items()
            for text in texts
        ]
        context |= {"links": links[:_NAMES], "number_of_links": len(links)}
    return context


def _texts() -> Prefetch[Any]:
    """Return the texts of articles, that in the language of the page first."""
    return Prefetch("translations", ArticleTranslation.objects.best_first(get_language()))


def _title(article: Article) -> str:
    texts = article.translations.all()
    return texts[0].title if texts else article.slug
