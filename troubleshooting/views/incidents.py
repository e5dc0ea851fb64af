"""The incidents of the day beside what they are pinned to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpRequest

from ..access import Reader, reader_of
from ..caching.responses import current_incidents, page_state
from ..models import Article, Incident

_KEPT = 3600


class Notice(NamedTuple):
    """An incident as pages show it, and what it is pinned to."""

    text: str
    language: str
    ends: datetime
    platforms: frozenset[str]
    codes: frozenset[str]
    articles: frozenset[int]

    @property
    def is_pinned(self) -> bool:
        return bool(self.platforms or self.codes or self.articles)


def all_notices(request: HttpRequest, language: str) -> list[Notice]:
    """Return the incidents of this moment that a reader may see, in their language or in any.

    One that is pinned to nothing but articles is seen by who may see one of them.
    """
    reader, state = reader_of(request), page_state(request)
    if state and not current_incidents(request):
        return []
    key = f"incidents.{reader}.{state.replace(' ', '.')}"
    found: list[Notice] | None = cache.get(key) if state else None
    if found is None:
        found = list(_read(reader))
        cache.set(key, found, _KEPT)
    return [one for one in found if one.language in ("", language)]


def notices_for(
    request: HttpRequest,
    language: str,
    platforms: Collection[str] = (),
    codes: Collection[str] = (),
    article: int | None = None,
) -> list[Notice]:
    """Return those that are pinned to any of these."""
    return [
        one
        for one in all_notices(request, language)
        if not one.platforms.isdisjoint(platforms)
        or not one.codes.isdisjoint(codes)
        or article in one.articles
    ]


def _read(reader: Reader) -> list[Notice]:
    current = list(Incident.objects.current().prefetch_related("platforms", "codes", "articles"))
    if not current:
        return []
    named = {article.pk for one in current for article in one.articles.all()}
    visible = set(
        Article.objects.visible_to(reader).filter(pk__in=named).values_list("pk", flat=True)
    )
    found = []
    for one in current:
        articles = {article.pk for article in one.articles.all()}
        notice = Notice(
            one.text,
            one.language,
            one.ends,
            frozenset(platform.slug for platform in one.platforms.all()),
            frozenset(code.canonical for code in one.codes.all()),
            frozenset(articles & visible),
        )
        if notice.is_pinned or not articles:
            found.append(notice)
    return found
