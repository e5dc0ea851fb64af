"""The people to whom a field was given: who is told of what waits in it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from ..models import Article, Responsibility
from .fields import ASSIGN

Scope = Responsibility.Scope
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def responsible_for(article: Article, role: str) -> QuerySet[User]:
    """Return the people who have ``role`` for ``article``, those nearest to it.

    Who has its platforms or source come before who has all articles; they may be nobody.
    """
    rows = Responsibility.objects.filter(role=role)
    platforms = list(article.platforms.values_list("pk", flat=True))
    sources = article.sources.values("document__source")
    near = Q(platform__in=platforms) | Q(source__in=sources)
    if not platforms:
        near |= Q(scope=Scope.GENERAL)
    nearest = _holders(rows.filter(near))
    return nearest if nearest.exists() else _holders(rows.filter(scope=Scope.EVERYTHING))


def _holders(rows: QuerySet[Responsibility]) -> QuerySet[User]:
    keys = rows.order_by()
    held = Q(pk__in=keys.exclude(user=None).values("user"))
    in_group = Q(groups__in=keys.exclude(group=None).values("group"))
    return User.objects.filter(held | in_group, is_active=True).distinct()


def unbound() -> QuerySet[User]:
    """Return the people whom no field binds."""
    return User.objects.with_perm(ASSIGN, backend=_BACKEND).filter(is_active=True)


def who_may(permission: str) -> QuerySet[User]:
    """Return the people who work in the administration and have ``permission``."""
    return User.objects.with_perm(permission, backend=_BACKEND).filter(is_staff=True)
