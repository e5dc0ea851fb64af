"""Who has the form of a text open, so that two people do not write the same text unawares."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from ..models import Article, EditingPresence

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

#: A form that did not report for so long is taken as closed.
FORGOTTEN = timedelta(seconds=60)


def note_presence(article: Article, language: str, user: User) -> None:
    """Note that ``user`` has the form open now."""
    now = timezone.now()
    open_forms = EditingPresence.objects
    open_forms.filter(seen__lt=now - FORGOTTEN).delete()
    open_forms.update_or_create(
        article=article, language=language, user=user, defaults={"seen": now}
    )


def end_presence(article: Article, language: str, user: User) -> None:
    """Note that ``user`` closed the form."""
    EditingPresence.objects.filter(article=article, language=language, user=user).delete()


def others_present(article: Article, language: str, user: User) -> QuerySet[EditingPresence]:
    """Return the forms of that text that others than ``user`` have open, with their users."""
    return (
        EditingPresence.objects.filter(article=article, language=language)
        .filter(seen__gte=timezone.now() - FORGOTTEN)
        .exclude(user=user)
        .select_related("user")
        .order_by("since")
    )
