"""Whose turn it is: drafts to finish, and articles that wait for a review."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Window

from ..models import Article, ArticleTranslation, StatusChange
from .titles import Title, titles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Status = Article.Status
#: Who has more drafts at a time sees the newest of them here.
_MOST_DRAFTS = 200


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft; ``rejection`` is what a reviewer said who sent it back, None where nobody did."""

    title: Title
    rejection: StatusChange | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article in review; ``submission`` tells since when and by whom, None: nothing does."""

    title: Title
    submission: StatusChange | None


def drafts_of(user: User, language: str) -> list[DraftRow]:
    """Return the drafts that ``user`` owns, those that were sent back first, then the newest."""
    articles = Article.objects.filter(owner=user, status=Status.DRAFT).order_by("-pk")
    rows = articles.values_list("pk", "slug")[:_MOST_DRAFTS]
    titles, changes = _titles(rows, language), _last_changes([key for key, _slug in rows])
    found = [DraftRow(titles[key], _rejection(changes.get(key), user)) for key, _slug in rows]
    return sorted(found, key=lambda draft: draft.rejection is None)


def _rejection(change: StatusChange | None, user: User) -> StatusChange | None:
    # Who takes their own article back was not rejected.
    if change is None or change.author_id == user.pk:
        return None
    return change if change.is_rejection else None


def in_review() -> QuerySet[Article]:
    """Return all articles in review, the one that waits longest first.

    What came into review without a trace has been there since before there were traces.
    """
    changes = StatusChange.objects.filter(article=OuterRef("pk"), after=Status.IN_REVIEW)
    last = Subquery(changes.order_by("-created").values("created")[:1])
    articles = Article.objects.filter(status=Status.IN_REVIEW)
    longest_first = (F("since").asc(nulls_first=True), "pk")
    waiting: QuerySet[Article] = articles.annotate(since=last).order_by(*longest_first)
    return waiting


def waiting(articles: QuerySet[Article], language: str, most: int) -> tuple[list[Waiting], int]:
    """Return the first ``most`` of ``articles``, some of ``in_review``, and how many there are.

    They are in their order, with titles in ``language``.
    """
    counted = articles.annotate(total=Window(Count("pk")))
    found = list(counted.values_list("pk", "slug", "total")[:most])
    rows = [(key, slug) for key, slug, _total in found]
    titles, changes = _titles(rows, language), _last_changes([key for key, _slug in rows])
    lines = [Waiting(titles[key], changes.get(key)) for key, _slug in rows]
    return lines, found[0][2] if found else 0


def _titles(rows: Iterable[tuple[int, str]], language: str) -> dict[int, Title]:
    """Return a title for each (key, slug); an article without any text is called by its address."""
    found = titles_of((key for key, _slug in rows), language, ArticleTranslation.objects.all())
    return {key: found.get(key) or Title(key, slug, slug, language) for key, slug in rows}


def _last_changes(articles: list[int]) -> dict[int, StatusChange]:
    """Return the last change of status of each article, with its author."""
    changes = StatusChange.objects.filter(article__in=articles).select_related("author")
    found: dict[int, StatusChange] = {}
    for change in changes.order_by("-created", "-pk"):
        found.setdefault(change.article_id, change)
    return found
