"""Articles in an order, of which a page reads only its own, however many there are.

To sort a hundred thousand articles for the twenty that a page shows takes most of a second. What
decides on the order stands in an index already: the parts of documents by their documents, texts by
their last change. These are walked in their order, and each is asked whether its article belongs to
the list, until the page is full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from .models import Article, ArticleTranslation, SourceDocument, SourceEntry
from .querysets import ArticleQuerySet

#: So few articles are sorted sooner than they are met on a walk past all others.
FEW = 2000

Keys = QuerySet[Any, int]
"""A query for keys of articles, in their order."""


class ArticleWalk(Sequence[Article]):
    """Articles in an order, read by slices. ``Paginator`` takes them for a list."""

    def __init__(self, articles: ArticleQuerySet, parts: Sequence[Keys], total: int) -> None:
        """Keep what slices are read of: ``parts`` one after the other are keys of ``articles``.

        ``total`` is how many articles these are.
        """
        self._articles, self._parts, self._total = articles, parts, total

    def __len__(self) -> int:
        return self._total

    @overload
    def __getitem__(self, place: int) -> Article: ...
    @overload
    def __getitem__(self, place: slice) -> list[Article]: ...
    def __getitem__(self, place: int | slice) -> Article | list[Article]:
        if not isinstance(place, slice):
            return self[place : place + 1][0]
        keys = self._keys(place.start or 0, len(self) if place.stop is None else place.stop)
        found = self._articles.in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def _keys(self, start: int, stop: int) -> list[int]:
        """Return the keys in these places, met from the end that is nearer."""
        if start + stop <= len(self):
            return list(_met(self._parts, start, stop))
        turned = [part.reverse() for part in reversed(self._parts)]
        stop = min(stop, len(self))
        return list(_met(turned, len(self) - stop, len(self) - start))[::-1]


def _met(parts: Iterable[Keys], start: int, stop: int) -> Iterator[int]:
    """Yield the keys in these places; a part is counted only where it ends before them."""
    for part in parts:
        if stop <= start:
            return
        keys = list(part[start:stop])
        yield from keys
        before = start + len(keys) if keys or not start else part.count()
        start, stop = max(start - before, 0), stop - before


def in_document_order(
    articles: ArticleQuerySet, total: int, rows: ArticleQuerySet | None = None
) -> Sequence[Article] | ArticleQuerySet:
    """Return ``articles`` by the documents they come from; those written here come last.

    ``total`` is how many they are. ``rows`` holds them, and is simpler to ask.
    """
    if total <= FEW:
        return articles.in_document_order()
    entries = SourceEntry.objects.filter(article=OuterRef("pk"))
    written_here = articles.filter(~Exists(entries)).order_by("slug").values_list("pk", flat=True)
    return ArticleWalk(
        articles if rows is None else rows, [_by_document(articles), written_here], total
    )


def recently_changed(
    articles: ArticleQuerySet, total: int, rows: ArticleQuerySet | None = None
) -> Sequence[Article] | ArticleQuerySet:
    """Return ``articles`` by the last change of a text, the latest first.

    ``total`` and ``rows`` as for ``in_document_order``; each article has a text.
    """
    if total <= FEW:
        return articles.recently_changed()
    return ArticleWalk(articles if rows is None else rows, [_by_change(articles)], total)


def own_language_first(
    articles: ArticleQuerySet, total: int, language: str
) -> Sequence[Article] | ArticleQuerySet:
    """Return ``articles`` as ``recently_changed`` does, but texts in ``language`` come first."""
    if total <= FEW:
        return articles.recently_changed().own_language_first(language)
    texts = ArticleTranslation.objects.filter(article=OuterRef("pk"), language=language)
    parts = (articles.filter(Exists(texts)), articles.filter(~Exists(texts)))
    return ArticleWalk(articles, [_by_change(part) for part in parts], total)


def _by_document(articles: ArticleQuerySet) -> Keys:
    """Return the keys of the ``articles`` that come from documents.

    The articles of a walk are asked for by conditions that a planner cannot turn round: it would
    begin with the articles, and sort them all.
    """
    earlier = SourceEntry.objects.filter(article=OuterRef("article")).filter(
        Q(document__key__lt=OuterRef("key"))
        | Q(document__key=OuterRef("key"), position__lt=OuterRef("position"))
        | Q(document__key=OuterRef("key"), position=OuterRef("position"), pk__lt=OuterRef("entry"))
    )
    return (
        SourceDocument.objects.annotate(
            entry=F("entries"),
            position=F("entries__position"),
            article=F("entries__article"),
            slug=F("entries__article__slug"),
        )
        .filter(_is_one_of(articles), ~Exists(earlier))
        .order_by("key", "position", "slug")
        .values_list("article", flat=True)
    )


def _by_change(articles: ArticleQuerySet) -> Keys:
    """Return the keys of ``articles``, each at the place of the text that changed last."""
    later = ArticleTranslation.objects.filter(article=OuterRef("article")).filter(
        Q(modified__gt=OuterRef("modified"))
        | Q(modified=OuterRef("modified"), pk__gt=OuterRef("pk"))
    )
    slug = Article.objects.filter(pk=OuterRef("article")).values("slug")
    return (
        ArticleTranslation.objects.filter(_is_one_of(articles), ~Exists(later))
        .order_by("-modified", Subquery(slug))
        .values_list("article", flat=True)
    )


def _is_one_of(articles: ArticleQuerySet) -> Exists:
    """Return the condition that the row's ``article`` is one of ``articles``."""
    return Exists(articles.order_by().filter(pk=OuterRef("article")))
