"""What articles are called, for lists that know only their keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from ..querysets import ArticleTranslationQuerySet

#: Keys in one query; a database takes some thousands of values at most.
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Title:
    """The title of an article, in the wanted language where it has a text in that."""

    article: int
    slug: str
    text: str
    language: str


def titles_of(
    articles: Iterable[int], language: str, texts: ArticleTranslationQuerySet
) -> dict[int, Title]:
    """Return the titles of the articles with those keys, by key, as far as ``texts`` hold them."""
    rows = texts.best_first(language).values_list(
        "article_id", "article__slug", "title", "language"
    )
    keys = iter(dict.fromkeys(articles))
    found: dict[int, Title] = {}
    while some := list(islice(keys, _AT_ONCE)):
        for key, slug, text, of_text in rows.filter(article__in=some):
            found.setdefault(key, Title(key, slug, text, of_text))
    return found
