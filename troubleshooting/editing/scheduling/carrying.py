"""The worker's part: whatever is due is done, each in a transaction of its own.

A worker that was away does what it missed. What was to go live and has ended meanwhile stays away
from readers.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from ...jobs import QUICK, Backoff, JobRun, task
from ...models import Article, ScheduledChange
from ...texts.remarks import remark
from ..conflicts import EditConflict
from ..pending import publish_pending, versions_of_pending
from ..refusals import remark_of
from ..talking.events import tell_of_missed
from ..workflow import change_status, expire, versions_of

Act = ScheduledChange.Act
#: The database may be away for a while; a moment that has come does not go again.
BACKOFF = Backoff(attempts=50)


@task(queue=QUICK, backoff=BACKOFF)
def carry_out(run: JobRun) -> dict[str, Any]:
    """Do all that is due, whichever row asked for this call."""
    return {"done": carry_out_due(timezone.now())}


def carry_out_due(now: datetime) -> int:
    """Make the changes whose moment is over at ``now``; return how many were made."""
    due = ScheduledChange.objects.filter(at__lte=now, refused="").order_by("at", "pk")
    return sum(_carry_out(row, now) for row in due.select_related("pending", "article", "user"))


def _carry_out(row: ScheduledChange, now: datetime) -> bool:
    """Make one change; where it cannot be made, write why and return False."""
    try:
        if row.act == Act.EXPIRE:
            return _end(row)
        if _has_ended(row, now):
            raise ValidationError(_("The article was to end before it could go live."))
        if row.pending_id:
            _publish_pending(row)
            return True
        return _publish(row)
    except EditConflict:
        reason = remark(
            gettext_noop("The live text was changed in the same place meanwhile: merge the two.")
        )
    except ValidationError as error:
        reason = remark_of(error)
    except PermissionDenied:
        reason = remark(gettext_noop("The person who approved it may no longer publish it."))
    # Scheduled anew in this very moment, it is another row's matter.
    if ScheduledChange.objects.filter(pk=row.pk, at=row.at).update(refused=reason):
        tell_of_missed(row, reason)
    return False


def _locked(row: ScheduledChange) -> ScheduledChange | None:
    """Return the row if it still says what was read; another worker may have been faster."""
    rows = ScheduledChange.objects.select_for_update().filter(pk=row.pk, at=row.at, refused="")
    return rows.first()


@transaction.atomic
def _end(row: ScheduledChange) -> bool:
    if _locked(row) is None:
        return False
    row.delete()
    return expire(row.article, row.user)


def _has_ended(row: ScheduledChange, now: datetime) -> bool:
    ends = ScheduledChange.objects.filter(article=row.article_id, act=Act.EXPIRE, at__lte=now)
    return ends.exists() or row.article.status == Article.Status.ARCHIVED


@transaction.atomic
def _publish(row: ScheduledChange) -> bool:
    if _locked(row) is None:
        return False
    if row.user is None:
        raise PermissionDenied
    _check_approved(row, versions_of(row.article))
    change_status(row.article, "publish", user=row.user, accept_missing=True)
    row.delete()
    return True


def _publish_pending(row: ScheduledChange) -> None:
    """Put a pending revision in the place of what is live; the row goes with it."""
    assert row.pending is not None
    if row.user is None:
        raise PermissionDenied
    _check_approved(row, versions_of_pending(row.pending))
    live = row.seen.get(row.pending.language, 0)
    publish_pending(row.pending, user=row.user, number=row.seen["number"], live=live)


def _check_approved(row: ScheduledChange, now: dict[str, int]) -> None:
    if now != row.seen:
        raise ValidationError(_("The text was changed after it had been approved: read it again."))
