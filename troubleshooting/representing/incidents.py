"""The incidents of this moment, as a reader may see them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ..access import Reader
from ..models import Article, Incident


class IncidentNotice(NamedTuple):
    """An incident as readers see it, and what it is pinned to."""

    number: int
    text: str
    language: str
    starts: datetime
    ends: datetime
    platforms: frozenset[str]
    codes: frozenset[str]
    articles: frozenset[int]

    @property
    def is_pinned(self) -> bool:
        return bool(self.platforms or self.codes or self.articles)


def current_notices(reader: Reader) -> list[IncidentNotice]:
    """Return the incidents of this moment that a reader may see, in every language.

    One that is pinned to nothing but articles is seen by who may see one of them.
    """
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
        notice = IncidentNotice(
            one.pk,
            one.text,
            one.language,
            one.starts,
            one.ends,
            frozenset(platform.slug for platform in one.platforms.all()),
            frozenset(code.canonical for code in one.codes.all()),
            frozenset(articles & visible),
        )
        if notice.is_pinned or not articles:
            found.append(notice)
    return found
