"""Whose turn it is: drafts to finish, and articles that wait for a review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window

from ..models import Article, ArticleTranslation, StatusChange
from .titles import Title, titles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Status = Article.Status
#: Who has more drafts at a time sees the newest of them here.
_MOST_DRAFTS = 200


#: Articles by their keys and addresses.
ArticleRows = list[tuple[int, str]]


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


def draft_rows(user: User) -> ArticleRows:
    """Return the drafts that ``user`` owns, the newest first."""
    articles = Article.objects.filter(owner=user, status=Status.DRAFT).order_by("-pk")
    return list(articles.values_list("pk", "slug")[:_MOST_DRAFTS])


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


def sent_by(user: User) -> QuerySet[Article]:
    """Return the articles in review that ``user`` sent there, or owns."""
    changes = StatusChange.objects.filter(article=OuterRef("pk"), after=Status.IN_REVIEW)
    sender = Subquery(changes.order_by("-created", "-pk").values("author")[:1])
    articles = in_review().annotate(sender=sender)
    return articles.filter(Q(owner=user) | Q(sender=user.pk))


def review_rows(articles: QuerySet[Article], most: int) -> tuple[ArticleRows, int]:
    """Return the first ``most`` of ``articles``, some of ``in_review``, and how many there are."""
    counted = articles.annotate(total=Window(Count("pk")))
    found = list(counted.values_list("pk", "slug", "total")[:most])
    return [(key, slug) for key, slug, _total in found], found[0][2] if found else 0


class NamedArticles:
    """What articles of several lists are called, and what last became of each: asked once."""

    def __init__(self, rows: ArticleRows, language: str) -> None:
        found = titles_of((key for key, _ in rows), language, ArticleTranslation.objects.all())
        #: An article without any text is called by its address.
        self._titles = {key: found.get(key) or Title(key, slug, slug, language)
                        for key, slug in rows}  # fmt: skip
        self._changes = _last_changes([key for key, _slug in rows])

    def drafts(self, rows: ArticleRows, user: User) -> list[DraftRow]:
        """Return drafts of ``user``, those that were sent back first."""
        found = [
            DraftRow(self._titles[key], _rejection(self._changes.get(key), user))
            for key, _slug in rows
        ]
        return sorted(found, key=lambda draft: draft.rejection is None)

    def waiting(self, rows: ArticleRows) -> list[Waiting]:
        """Return articles in review, in their order."""
        return [Waiting(self._titles[key], self._changes.get(key)) for key, _slug in rows]


def _last_changes(articles: list[int]) -> dict[int, StatusChange]:
    """Return the last change of status of each article, with its author."""
    changes = StatusChange.objects.filter(article__in=articles).select_related("author")
    found: dict[int, StatusChange] = {}
    for change in changes.order_by("-created", "-pk"):
        found.setdefault(change.article_id, change)
    return found
