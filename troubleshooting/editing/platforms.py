"""Platforms that turned out to be one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Article, Platform

if TYPE_CHECKING:
    from django.contrib.auth.models import User

DELETE = "troubleshooting.delete_platform"


@transaction.atomic
def merge_platforms(kept: Platform, others: Iterable[Platform], *, user: User) -> int:
    """Makes articles about one of ``others`` articles about ``kept`` and deletes ``others``.

    Returns how many articles were not about ``kept`` before. Raise ``PermissionDenied`` where
    ``user`` may not delete platforms, ``ValidationError`` where there is no other than ``kept``.
    """
    if not user.has_perm(DELETE):
        raise PermissionDenied
    gone = [platform.pk for platform in others if platform.pk != kept.pk]
    if not gone:
        raise ValidationError(_("Choose at least two platforms to merge."))
    new = articles_to_move(kept, gone)
    about = Article.platforms.through
    about.objects.bulk_create([about(article_id=key, platform_id=kept.pk) for key in new])
    Platform.objects.filter(pk__in=gone).delete()
    return len(new)


def articles_to_move(kept: Platform, others: Iterable[int]) -> list[int]:
    """Keys of the articles about a platform with one of the keys ``others``, but not ``kept``."""
    about = Article.objects.filter(platforms__in=list(others)).exclude(platforms=kept)
    return list(about.order_by("pk").values_list("pk", flat=True).distinct())
