"""Which published articles are to be read again, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone

from ..models import Article, ArticleTranslation
from .titles import Title, titles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class DueReview:
    """An article and the day by which it ought to be read again."""

    title: Title
    due: date
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Share:
    """The reviews that are due of one owner (None: articles without one), the oldest first."""

    owner: User | None
    reviews: list[DueReview]


def due_within(days: int) -> QuerySet[Article]:
    """Return published articles to be reviewed within ``days``, overdue ones too, by date."""
    until = timezone.localdate() + timedelta(days=days)
    due = Article.objects.filter(status=Article.Status.PUBLISHED, review_due__lte=until)
    return due.order_by("review_due", "slug")


def reviews_of(articles: QuerySet[Article], language: str) -> list[DueReview]:
    """Return ``articles`` that are due, in their order, with titles in ``language``."""
    rows = [(key, due) for key, due in articles.values_list("pk", "review_due") if due]
    return _reviews(rows, language)


def _reviews(rows: list[tuple[int, date]], language: str) -> list[DueReview]:
    titles = titles_of((key for key, _due in rows), language, ArticleTranslation.objects.all())
    today = timezone.localdate()
    return [DueReview(titles[key], due, due < today) for key, due in rows if key in titles]


def shares(days: int, language: str, owner: str | None = None) -> list[Share]:
    """Return what is due by owner in the order of their names, what has none last.

    ``owner`` is the name of an account, to which the list is then narrowed.
    """
    due = due_within(days)
    if owner is not None:
        due = due.filter(owner__username=owner)
    rows: dict[int | None, list[tuple[int, date]]] = {}
    for key, day, of_owner in due.values_list("pk", "review_due", "owner"):
        if day:
            rows.setdefault(of_owner, []).append((key, day))
    people = get_user_model().objects.filter(pk__in=[key for key in rows if key])
    found = [
        Share(person, _reviews(rows[person.pk], language)) for person in people.order_by("username")
    ]
    return found + ([Share(None, _reviews(rows[None], language))] if None in rows else [])
