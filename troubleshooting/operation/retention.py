"""What is kept for a time only."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Model, QuerySet
from django.utils import timezone

from kbportal.limits import counters

from ..jobs import forget
from ..models import (
    AuditEntry,
    FormAddition,
    FormReceipt,
    Notice,
    SearchLog,
    SharedCall,
    TrashedArticle,
)

#: Rows of one transaction: no writer waits long.
_BATCH = 2000
#: How long it can be seen what the worker did.
_JOBS = timedelta(days=30)
#: Far longer than a look of the worker reaches back, so that nobody is told again.
_NOTICES = timedelta(days=90)
#: Far longer than a draft of a form is kept or a page stays open: nobody sends it once more.
_FORMS = timedelta(days=90)


def prune() -> dict[str, int]:
    """Delete what is past its time; return how many rows of each kind there were."""
    deleted = {"sessions": _delete(Session.objects.filter(expire_date__lt=timezone.now()))}
    deleted["calls"] = _delete(SharedCall.objects.filter(expires__lte=timezone.now()))
    if settings.SEARCH_LOG_DAYS:
        since = timezone.now() - timedelta(days=settings.SEARCH_LOG_DAYS)
        deleted["searches"] = _delete(SearchLog.objects.filter(created__lt=since))
    deleted["jobs"] = forget(_JOBS)
    deleted["notices"] = _delete(Notice.objects.filter(created__lt=timezone.now() - _NOTICES))
    sent = timezone.now() - _FORMS
    deleted["forms"] = sum(
        _delete(model._default_manager.filter(created__lt=sent))
        for model in (FormAddition, FormReceipt)
    )
    if settings.TRASH_DAYS:
        since = timezone.now() - timedelta(days=settings.TRASH_DAYS)
        deleted["trash"] = _delete(TrashedArticle.objects.filter(deleted__lt=since))
    if settings.AUDIT_DAYS:
        since = timezone.now() - timedelta(days=settings.AUDIT_DAYS)
        deleted["audit"] = _delete(AuditEntry.objects.filter(time__lt=since))
    deleted["counts"] = counters.sweep()
    return deleted


def _delete(rows: QuerySet[Model]) -> int:
    count = 0
    while keys := list(rows.values_list("pk", flat=True)[:_BATCH]):
        rows.model._base_manager.filter(pk__in=keys).delete()
        count += len(keys)
    return count
