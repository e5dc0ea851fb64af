"""How much waits behind an entry of the menu, for who looks at it. One query for all of them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from ...access import CHANGE_ARTICLE, REVIEW_ARTICLE
from ...models import Article, ErrorReport, GapReport, PendingRevision
from ..exchange.removed import waiting

REVIEW = REVIEW_ARTICLE
EDIT = CHANGE_ARTICLE


def waiting_counts(user: User | AnonymousUser) -> dict[str, int]:
    """Return by the name of a model or page how many rows wait for ``user``; {} for a reader."""
    counted = _counted(user)
    if not counted or user.pk is None:
        return {}
    numbers = {name.lower(): _number(rows) for name, rows in counted.items()}
    row: Any = User.objects.filter(pk=user.pk).values(**numbers).first() or {}
    found = {name: int(row.get(name.lower(), 0)) for name in counted}
    found["reports"] = found.pop("GapReport", 0) + found.pop("ErrorReport", 0)
    return found


def _counted(user: User | AnonymousUser) -> dict[str, QuerySet[Any]]:
    rows: dict[str, QuerySet[Any]] = {}
    if user.has_perm(REVIEW):
        rows["Article"] = Article.objects.filter(status=Article.Status.IN_REVIEW)
        rows["PendingRevision"] = PendingRevision.objects.filter(
            state=PendingRevision.State.SUBMITTED
        )
        rows["sourceentry_changelist"] = waiting()
        for model in (GapReport, ErrorReport):
            if user.has_perm(f"troubleshooting.view_{model.__name__.lower()}"):
                rows[model.__name__] = model._default_manager.filter(status="open")
    elif user.has_perm(EDIT):
        rows["PendingRevision"] = PendingRevision.objects.filter(
            state=PendingRevision.State.REJECTED, writers=OuterRef("pk")
        )
    if user.has_perm(EDIT):
        today = timezone.localdate()
        rows["due"] = Article.objects.filter(
            owner=OuterRef("pk"), status=Article.Status.PUBLISHED, review_due__lt=today
        )
        rows["drafts"] = Article.objects.filter(owner=OuterRef("pk"), status=Article.Status.DRAFT)
    return rows


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    number = Subquery(counted.values("n"), output_field=IntegerField())
    return Coalesce(number, 0)
