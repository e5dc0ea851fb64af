"""Merge platforms that turn out to be the same, change their addresses, delete them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import (
    Article,
    ArticleTemplate,
    BulkChange,
    FormerPlatformAddress,
    Platform,
    Responsibility,
    TrashedArticle,
)
from ..rights import may_lead_platforms

if TYPE_CHECKING:
    from django.contrib.auth.models import User

DELETE = "troubleshooting.delete_platform"


@transaction.atomic
def merge_platforms(target: Platform, others: Iterable[Platform], *, user: User) -> int:
    """Make articles about one of ``others`` articles about ``target`` and delete ``others``.

    Return how many articles were not about ``target`` before. Raise ``PermissionDenied`` where
    ``user`` may not delete platforms, ``ValidationError`` where there is no other than ``target``.
    """
    others = list(others)
    if not (user.has_perm(DELETE) and may_lead_platforms(user, [target, *others])):
        raise PermissionDenied
    gone = [platform.pk for platform in others if platform.pk != target.pk]
    if not gone:
        raise ValidationError(_("Choose at least two platforms to merge."))
    new = articles_to_move(target, gone)
    about = Article.platforms.through
    about.objects.bulk_create([about(article_id=key, platform_id=target.pk) for key in new])
    for template in ArticleTemplate.objects.filter(platforms__in=gone).distinct():
        template.platforms.add(target)
    FormerPlatformAddress.objects.filter(platform__in=gone).update(platform=target)
    for slug in Platform.objects.filter(pk__in=gone).values_list("slug", flat=True):
        FormerPlatformAddress.objects.create(slug=slug, platform=target)
    # Whoever was responsible for one of them is for what it has become.
    Responsibility.objects.filter(platform__in=gone).update(platform=target)
    _lead_on(gone, target)
    Platform.objects.filter(pk__in=gone).delete()
    return len(new)


def _lead_on(gone: list[int], target: Platform) -> None:
    """Let what can come back (the trash, acts to be undone) be about what platforms have become."""
    for trashed in TrashedArticle.objects.select_for_update().order_by("pk").iterator():
        rows = json.loads(trashed.rows)
        named = [row["fields"] for row in rows if "platforms" in row["fields"]]
        if sum(_renamed(fields, gone, target.pk) for fields in named):
            trashed.rows = json.dumps(rows, ensure_ascii=False)
            trashed.save(update_fields=["rows"])
    acts = BulkChange.objects.select_for_update().filter(undone=None)
    for act in acts.order_by("pk").iterator():
        states = [row[when] for row in act.rows for when in ("before", "after") if when in row]
        named = [state for state in states if "platforms" in state]
        if sum(_renamed(state, gone, target.pk) for state in named):
            act.save(update_fields=["rows"])


def _renamed(values: dict[str, Any], gone: list[int], target: int) -> bool:
    """Put ``target`` in the place of ``gone`` in ``values["platforms"]``; return whether any was.

    ``values`` are changed in place.
    """
    keys = values["platforms"]
    if not set(keys) & set(gone):
        return False
    values["platforms"] = sorted({target if key in gone else key for key in keys})
    return True


def save_platform(platform: Platform) -> None:
    """Store ``platform``; links to an address that it leaves go on leading to it.

    Raise ``ValidationError`` for an address that leads to another platform.
    """
    with transaction.atomic():
        former = FormerPlatformAddress.objects.filter(slug=platform.slug)
        if other := former.exclude(platform=platform.pk).first():
            raise ValidationError(
                _("Links to the address “%(slug)s” lead to the platform “%(platform)s”.")
                % {"slug": other.slug, "platform": other.platform.name}
            )
        before = Platform.objects.filter(pk=platform.pk).values_list("slug", flat=True).first()
        former.delete()
        platform.save()
        if before and before != platform.slug:
            FormerPlatformAddress.objects.create(slug=before, platform=platform)


def check_unused(platform: Platform) -> None:
    """Raise ``ValidationError`` where articles, hidden ones too, or templates name ``platform``.

    Without it they would be about all platforms.
    """
    count = Article.objects.filter(platforms=platform).count()
    if count:
        raise ValidationError(
            ngettext(
                "%(count)d article is about %(platform)s: merge it with another instead.",
                "%(count)d articles are about %(platform)s: merge it with another instead.",
                count,
            )
            % {"count": count, "platform": platform.name}
        )
    if template := ArticleTemplate.objects.filter(platforms=platform).first():
        raise ValidationError(
            _("The template “%(template)s” is about %(platform)s: merge it with another instead.")
            % {"template": str(template), "platform": platform.name}
        )


@transaction.atomic
def delete_platforms(platforms: Iterable[Platform], *, user: User) -> None:
    """Delete ``platforms``, none of which an article names.

    Raise ``PermissionDenied`` and ``ValidationError`` (see ``check_unused``); none is deleted then.
    """
    if not user.has_perm(DELETE):
        raise PermissionDenied
    for platform in platforms:
        check_unused(platform)
        platform.delete()


def articles_to_move(target: Platform, others: Iterable[int]) -> list[int]:
    """Return keys of the articles about one of the platforms ``others``, but not ``target``."""
    about = Article.objects.filter(platforms__in=list(others)).exclude(platforms=target)
    return list(about.order_by("pk").values_list("pk", flat=True).distinct())
