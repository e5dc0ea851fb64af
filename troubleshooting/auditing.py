"""Notes who did what. Whoever lets people act calls ``note``; what is noted outlives all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import Model
from django.utils.translation import get_language

from .models import Article, AuditEntry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

Act = AuditEntry.Act
_LONGEST = 500


def note(
    user: User | AnonymousUser | None,
    act: str,
    target: Model | None = None,
    *,
    name: str = "",
    before: Mapping[str, str] | None = None,
    after: Mapping[str, str] | None = None,
    detail: str = "",
) -> None:
    """Note that ``user`` did ``act`` to ``target``; nothing for who is not signed in.

    ``before`` and ``after`` are values in words by the name of the field.
    """
    if user is None or user.pk is None:
        return
    AuditEntry.objects.create(
        user_id=user.pk,
        who=(user.get_full_name() or user.get_username())[:200],
        act=act,
        kind=target._meta.model_name or "" if target else "",
        key=str(target.pk or "") if target else "",
        name=(name or (_name(target) if target else ""))[:300],
        before=_cut(before),
        after=_cut(after),
        detail=detail[:1000],
    )


def _name(target: Model) -> str:
    """Return what people call it: of an article its title."""
    if isinstance(target, Article) and not target.called and target.pk:
        texts = target.translations.best_first(get_language() or "")
        return texts.values_list("title", flat=True).first() or target.slug
    return str(target)


def _cut(values: Mapping[str, str] | None) -> dict[str, str]:
    return {name: str(value)[:_LONGEST] for name, value in (values or {}).items()}
