"""The fields of responsibility: which articles a role holds for, for one person.

An article of several platforms is in the field of who has any of them: a text that two teams share
is kept right by either. Who has no field has none: a forgotten row takes a right, and gives none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from ..models import Article, Responsibility, SourceEntry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

#: Who may give fields could give them to themselves: no field binds them.
ASSIGN = "troubleshooting.change_responsibility"
Role, Scope = Responsibility.Role, Responsibility.Scope
#: Where a person keeps their fields, as long as Django keeps their permissions there.
_ATTRIBUTE = "_fields_of_responsibility"


@dataclass(frozen=True, slots=True)
class OwnArticles:
    """Some of the articles; ``platforms`` and ``sources`` are keys."""

    is_everything: bool = False
    has_general: bool = False
    platforms: frozenset[int] = frozenset()
    sources: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Return whether no article can be in it."""
        return not (self.is_everything or self.has_general or self.platforms or self.sources)

    def condition(self, prefix: str = "") -> Q:
        """Return the condition under which an article is in it.

        ``prefix`` is the path from the queried model to the article, such as ``"article__"``.
        """
        if self.is_everything:
            return Q()
        about = Article.platforms.through.objects.filter(article=OuterRef(f"{prefix}pk"))
        found = Q(pk__in=[])
        if self.platforms:
            found |= Q(Exists(about.filter(platform__in=self.platforms)))
        if self.has_general:
            found |= ~Q(Exists(about))
        if self.sources:
            parts = SourceEntry.objects.filter(article=OuterRef(f"{prefix}pk"))
            found |= Q(Exists(parts.filter(document__source__in=self.sources)))
        return found

    def holds(self, article: Article) -> bool:
        """Return whether a stored article is in it. One query, or none."""
        if self.is_everything or self.is_empty:
            return self.is_everything
        return Article.objects.filter(self.condition(), pk=article.pk).exists()


EVERYTHING = OwnArticles(is_everything=True)


def is_on() -> bool:
    """Return whether roles hold within fields of responsibility."""
    return bool(settings.ROLES_BY_FIELD)


def is_bound(user: User | AnonymousUser) -> bool:
    """Return whether fields narrow what ``user`` may do."""
    return is_on() and not user.has_perm(ASSIGN)


def field_of(user: User | AnonymousUser, role: str) -> OwnArticles:
    """Return the articles for which ``user`` has ``role``; a reviewer is an author, too."""
    if not is_bound(user):
        return EVERYTHING
    if user.pk is None:
        return OwnArticles()
    kept: dict[str, OwnArticles] | None = getattr(user, _ATTRIBUTE, None)
    if kept is None:
        kept = _fields(user.pk)
        setattr(user, _ATTRIBUTE, kept)
    return kept[role]


def forget_fields(user: User | AnonymousUser) -> None:
    """Have the fields of ``user`` read again."""
    setattr(user, _ATTRIBUTE, None)


def _fields(key: int) -> dict[str, OwnArticles]:
    held = Q(user=key) | Q(group__user=key)
    rows = list(Responsibility.objects.filter(held).order_by())
    reviewed = [row for row in rows if row.role == Role.REVIEWER]
    return {Role.REVIEWER: _joined(reviewed), Role.AUTHOR: _joined(rows)}


def _joined(rows: Iterable[Responsibility]) -> OwnArticles:
    rows = list(rows)
    scopes = {row.scope for row in rows}
    return OwnArticles(
        Scope.EVERYTHING in scopes,
        Scope.GENERAL in scopes,
        frozenset(row.platform_id for row in rows if row.platform_id),
        frozenset(row.source_id for row in rows if row.source_id),
    )
