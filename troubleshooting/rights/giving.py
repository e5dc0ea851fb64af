"""Giving fields of responsibility and taking them back: who is responsible for what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count

from ..auditing import Act, note
from ..models import Article, Platform, Responsibility, Source
from .fields import ASSIGN

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Role, Scope = Responsibility.Role, Responsibility.Scope


@dataclass(slots=True)
class FieldRow:
    """A field of responsibility with its authors and reviewers, and its number of ``articles``."""

    scope: str
    target: Platform | Source | None
    articles: int
    authors: list[Responsibility] = field(default_factory=list)
    reviewers: list[Responsibility] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return what the field is called."""
        return str(self.target or Scope(self.scope).label)

    @property
    def key(self) -> str:
        """Return what a form calls it."""
        return f"{self.scope}:{self.target.pk if self.target else 0}"

    @property
    def is_orphan(self) -> bool:
        """Return whether there are articles in it that no reviewer is responsible for.

        That somebody reviews all articles is no answer: the page says who that is.
        """
        return bool(self.articles and not self.reviewers and self.scope != Scope.EVERYTHING)


def field_rows() -> list[FieldRow]:
    """Return every field, all articles first, then platforms and sources. Five queries."""
    platforms = Platform.objects.annotate(n=Count("articles"))
    sources = Source.objects.annotate(n=Count("documents__entries__article", distinct=True))
    total, general = Article.objects.count(), Article.objects.filter(platforms=None).count()
    rows = [
        FieldRow(Scope.EVERYTHING, None, total),
        FieldRow(Scope.GENERAL, None, general),
        *(FieldRow(Scope.PLATFORM, one, one.n) for one in platforms),
        *(FieldRow(Scope.SOURCE, one, one.n) for one in sources),
    ]
    by_key = {(row.scope, row.target.pk if row.target else None): row for row in rows}
    held = Responsibility.objects.select_related("user", "group", "platform", "source")
    for one in held:
        row = by_key[one.scope, one.platform_id or one.source_id]
        (row.reviewers if one.role == Role.REVIEWER else row.authors).append(one)
    return rows


@transaction.atomic
def give(
    holder: User | Group, role: str, scope: str, target: Platform | Source | None, *, by: User
) -> bool:
    """Make ``holder`` responsible for a field; return False where they were already.

    ``target`` is the platform or source of such a scope. Raise ``PermissionDenied``.
    """
    if not by.has_perm(ASSIGN):
        raise PermissionDenied
    # Of two that come at the same moment, the second waits here and finds the first.
    type(holder)._default_manager.select_for_update().only("pk").get(pk=holder.pk)
    values = {
        "group" if isinstance(holder, Group) else "user": holder,
        "role": role,
        "scope": scope,
        "platform": target if isinstance(target, Platform) else None,
        "source": target if isinstance(target, Source) else None,
    }
    if Responsibility.objects.filter(**values).exists():
        return False
    made = Responsibility.objects.create(**values)
    note(by, Act.ADDED, made, after=_in_words(made))
    return True


@transaction.atomic
def take_back(responsibility: Responsibility, *, by: User) -> None:
    """End a responsibility. Raise ``PermissionDenied``."""
    if not by.has_perm(ASSIGN):
        raise PermissionDenied
    note(by, Act.DELETED, responsibility, before=_in_words(responsibility))
    responsibility.delete()


def _in_words(one: Responsibility) -> dict[str, str]:
    return {"role": str(one.get_role_display()), "field": one.field, "holder": one.holder}
