"""Allowing beforehand: when something goes live and when it ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...auditing import Act as AuditAct
from ...auditing import note
from ...jobs import enqueue
from ...models import Article, Notice, PendingRevision, ScheduledChange
from ...rights import REVIEW, may, may_publish
from ..pending import check_live, check_writers, versions_of_pending
from ..talking.notices import forget
from ..translations import check_first
from ..workflow import check_publication, check_seen, versions_of
from .carrying import carry_out

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Act = ScheduledChange.Act
#: Whoever types a year too many digits means another.
FARTHEST = timedelta(days=3660)


def scheduled_of(article: Article) -> QuerySet[ScheduledChange]:
    """Return what is to happen to ``article``, the next first."""
    return article.scheduled.select_related("pending", "user")


@transaction.atomic
def schedule_publication(
    article: Article, at: datetime, *, user: User, seen: Mapping[str, int] | None = None
) -> ScheduledChange:
    """Let a draft or an article in review go live at ``at``, as it is now.

    A new moment takes the place of an earlier one. Raise ``PermissionDenied`` and
    ``ValidationError`` as ``change_status`` does, and for a moment that is over or not before the
    article's end. ``seen``: revision numbers by language of what was looked at; other texts are not
    scheduled.
    """
    Article.objects.select_for_update().only("pk").get(pk=article.pk)
    if seen is not None:
        check_seen(article, seen)
    check_publication(article, user)
    _check_moment(article, Act.PUBLISH, at)
    return _store(article, Act.PUBLISH, at, user, seen=versions_of(article))


@transaction.atomic
def schedule_pending(
    pending: PendingRevision, at: datetime, *, user: User, number: int, live: int
) -> ScheduledChange:
    """Let revision ``number`` of ``pending`` go live at ``at``, in the place of revision ``live``.

    Raise ``PermissionDenied``: ``user`` may not publish it. Raise ``ValidationError``: it has
    another number by now, another revision is live (``live`` is 0 where none was), its article is
    not published, the moment is over, years ahead, or not before the article's end, or with
    ``FOUR_EYES`` ``user`` wrote a snippet in it, or it is a first translation that leaves out
    something of its source: somebody who publishes it at once is asked.
    """
    Article.objects.select_for_update().only("pk").get(pk=pending.article_id)
    now = PendingRevision.objects.filter(pk=pending.pk).first()
    if now is None or now.number != number:
        raise ValidationError(_("The text was changed meanwhile: read it again."))
    if not may_publish(user, now):
        raise PermissionDenied
    if now.article.status != Article.Status.PUBLISHED:
        raise ValidationError(_("The article is not published by now: its text is open to edits."))
    check_live(now, live)
    check_writers(now, user)
    check_first(now, now.texts)
    _check_moment(now.article, Act.PUBLISH, at)
    return _store(now.article, Act.PUBLISH, at, user, seen=versions_of_pending(now), pending=now)


@transaction.atomic
def schedule_end(article: Article, at: datetime, *, user: User) -> ScheduledChange:
    """Let ``article`` be archived at ``at``.

    Raise ``PermissionDenied``: ``user`` is no reviewer of it. Raise ``ValidationError``: it is
    archived already, or the moment is over, years ahead, or not after that of its publication.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if not may(user, REVIEW, locked):
        raise PermissionDenied
    if locked.status == Article.Status.ARCHIVED:
        raise ValidationError(_("The article is archived already."))
    _check_moment(article, Act.EXPIRE, at)
    return _store(article, Act.EXPIRE, at, user)


@transaction.atomic
def cancel_schedule(row: ScheduledChange, *, user: User) -> None:
    """Forget what was to happen. Raise ``PermissionDenied``."""
    if not may(user, REVIEW, row.article):
        raise PermissionDenied
    if ScheduledChange.objects.filter(pk=row.pk).delete()[0]:
        if row.act == Act.EXPIRE:
            forget(Notice.Kind.ENDING, row.article)
        note(user, AuditAct.CHANGED, row.article, before=_noted(row))


def _check_moment(article: Article, act: str, at: datetime) -> None:
    now = timezone.now()
    if at <= now:
        raise ValidationError(_("This date is past: choose a later one, or do it now."))
    if at > now + FARTHEST:
        raise ValidationError(_("This date is more than ten years ahead."))
    others = ScheduledChange.objects.filter(article=article).exclude(act=act)
    starts, ends = Act.PUBLISH, Act.EXPIRE
    if act == ends and others.filter(act=starts, at__gte=at).exists():
        raise ValidationError(_("It would end before it goes live."))
    if act == starts and others.filter(act=ends, at__lte=at).exists():
        raise ValidationError(_("It would go live after its end."))


def _store(article: Article, act: str, at: datetime, user: User, **values: Any) -> ScheduledChange:
    pending = values.get("pending")
    row = ScheduledChange.objects.filter(article=article, act=act, pending=pending).first()
    before = _noted(row) if row else {}
    if row and act == Act.EXPIRE and timezone.localdate(row.at) != timezone.localdate(at):
        forget(Notice.Kind.ENDING, article)
    row = row or ScheduledChange(article=article, act=act)
    for name, value in {"at": at, "user": user, "refused": "", **values}.items():
        setattr(row, name, value)
    row.save()
    enqueue(carry_out, user=user, delay=at - timezone.now())
    note(user, AuditAct.CHANGED, article, before=before, after=_noted(row))
    return row


def _noted(row: ScheduledChange) -> dict[str, str]:
    """Return what the audit keeps of ``row``, to be read in any language: the act, and when."""
    return {row.act: row.at.isoformat()}
