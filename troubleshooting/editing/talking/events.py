"""Who is told of what editors decide about a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from ...models import Article, Notice, PendingRevision, ScheduledChange, StatusChange
from ...texts.remarks import remark
from .notices import concerned, settle, tell, who_reviews

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind, Status = Notice.Kind, Article.Status


def tell_of_change(change: StatusChange, *, language: str = "") -> None:
    """Tell whose turn it is after a change of status, and whose text it is about."""
    article = change.article
    if change.before == Status.IN_REVIEW:
        settle(Kind.SUBMITTED, article)
    if change.before == Status.PUBLISHED:
        settle(Kind.ENDING, article)
    if change.after == Status.IN_REVIEW:
        settle(Kind.REJECTED, article)
        people: Iterable[User | None] = who_reviews(article)
        kind = Kind.SUBMITTED
    elif change.after == Status.PUBLISHED:
        people, kind = _writers(article), Kind.PUBLISHED
    elif change.before == Status.IN_REVIEW and change.after == Status.DRAFT:
        people, kind = _writers(article), Kind.REJECTED
    else:
        return
    tell(kind, people, article, key=change.pk, actor=change.author, text=change.comment)


def _writers(article: Article) -> list[User | None]:
    """Return the owner, and who sent the article to review last."""
    sent = article.status_changes.filter(after=Status.IN_REVIEW).select_related("author").first()
    return [article.owner, sent.author if sent else None]


def tell_of_pending(pending: PendingRevision, kind: str, *, actor: User) -> None:
    """Tell of a pending revision that was sent, rejected or published."""
    settle_pending(pending, Kind.REJECTED if kind == Kind.SUBMITTED else Kind.SUBMITTED)
    people = who_reviews(pending.article) if kind == Kind.SUBMITTED else pending.writers.all()
    tell(
        kind,
        people,
        pending.article,
        key=f"{_of(pending)}{pending.modified.isoformat(timespec='microseconds')}",
        actor=actor,
        text=pending.answer if kind == Kind.REJECTED else pending.comment,
        language=pending.language,
        of=_of(pending),
    )


def settle_pending(pending: PendingRevision, kind: str) -> None:
    """Call what was told of a pending revision read: it was answered, or is gone."""
    settle(kind, pending.article, of=_of(pending))


def _of(pending: PendingRevision) -> str:
    """Return how the keys of what is told of a pending revision begin."""
    return f"p{pending.pk}:"


def tell_of_end(change: StatusChange) -> None:
    """Tell whose text it is that an article came to its end: readers do not see it any more."""
    settle(Kind.ENDING, change.article)
    people = concerned(change.article)
    tell(Kind.ENDED, people, change.article, key=change.pk, text=change.comment)


def tell_of_missed(row: ScheduledChange, reason: str) -> None:
    """Tell who allowed it, and whose text it is, why something did not happen by itself."""
    key = f"{row.pk}:{row.at.isoformat(timespec='seconds')}"
    tell(Kind.MISSED, [row.user, row.article.owner], row.article, key=key, text=reason)


def tell_of_merged(pending: PendingRevision, target: Article, *, actor: User) -> None:
    """Tell whose pending revision goes into the trash since its article is part of ``target``."""
    said = gettext_noop(
        "“%(title)s” is part of this article now: your pending revision is in the trash."
    )
    tell(
        Kind.REJECTED,
        pending.writers.all(),
        target,
        key=f"m{pending.pk}:{pending.number}",
        actor=actor,
        text=remark(said, title=pending.texts.get("title", "")),
        language=pending.language,
    )
