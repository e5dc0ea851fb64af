"""What is to happen by itself, told beforehand on the first page; what could not happen, first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, Q, When
from django.utils import timezone

from ...access import REVIEW_ARTICLE
from ...figures.titles import Title, titles_of
from ...models import ArticleTranslation, PendingRevision, ScheduledChange
from ..texts.pending_list import own_pending

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Days ahead in which it is worth a line.
SOON = 30


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One scheduled change and what its article is called."""

    row: ScheduledChange
    title: Title


def upcoming(user: User, language: str, most: int) -> list[Upcoming]:
    """Return what happens soon, or could not: to every article for reviewers, else to one's own."""
    until = timezone.now() + timedelta(days=SOON)
    rows = ScheduledChange.objects.filter(Q(at__lte=until) | ~Q(refused=""))
    if not user.has_perm(REVIEW_ARTICLE):
        own = PendingRevision.objects.filter(own_pending(user))
        rows = rows.filter(Q(article__owner=user) | Q(user=user) | Q(pending__in=own))
    refused_first = Case(When(refused="", then=1), default=0)
    found = list(rows.select_related("article").order_by(refused_first, "at", "pk")[:most])
    keys = {row.article_id for row in found}
    titles = titles_of(keys, language, ArticleTranslation.objects.all()) if keys else {}
    return [
        Upcoming(
            row,
            titles.get(row.article_id)
            or Title(row.article_id, row.article.slug, row.article.slug, language),
        )
        for row in found
    ]
