"""Texts that are being written: kept until they are saved; forms that made an article."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from ..models import Article, FormReceipt, KeptDraft

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

#: Whoever did not come back in this time does not miss the text.
FORGOTTEN = timedelta(days=30)
#: Forms of one person that are kept; the oldest goes first.
MOST = 40
#: Characters of one form, names and values: three articles of the longest kind.
LONGEST = 1_000_000


@transaction.atomic
def keep_draft(
    *,
    user: User,
    token: str,
    page: str,
    article: Article | None,
    language: str,
    fields: Mapping[str, Sequence[str]],
    restored: tuple[str, datetime | None] | None = None,
) -> KeptDraft:
    """Keep ``fields`` (lists of values by name) of the open page ``token`` as they are now.

    Every page that is opened has a token of its own, so no page overwrites what another one kept.
    ``restored`` names the draft that this one goes on with, as ``end_draft`` takes it: it ends.

    Raise ``ValueError`` for a form longer than ``LONGEST``.
    """
    if sum(len(name) + sum(map(len, values)) for name, values in fields.items()) > LONGEST:
        raise ValueError("the form is too long to be kept")
    now = timezone.now()
    KeptDraft.objects.filter(modified__lt=now - FORGOTTEN).delete()
    draft, is_new = KeptDraft.objects.update_or_create(
        user=user,
        token=token,
        defaults={
            "page": page,
            "article": article,
            "language": language,
            "fields": {name: list(values) for name, values in fields.items()},
            "modified": now,
        },
    )
    if restored:
        end_draft(user, *restored)
    if is_new:
        own = KeptDraft.objects.filter(user=user).order_by("-modified", "-pk")
        KeptDraft.objects.filter(pk__in=list(own.values_list("pk", flat=True)[MOST:])).delete()
    return draft


def drafts_of(
    user: User, *, pages: Collection[str], article: Article | None, language: str
) -> QuerySet[KeptDraft]:
    """Return what ``user`` did not save of the form on those ``pages``, the newest first."""
    own = KeptDraft.objects.filter(user=user, page__in=pages, article=article, language=language)
    return own.filter(modified__gte=timezone.now() - FORGOTTEN).order_by("-modified", "-pk")


def unsaved_of(user: User) -> QuerySet[KeptDraft]:
    """Return what ``user`` did not save of any form, the newest first, with its article."""
    own = KeptDraft.objects.filter(user=user).select_related("article")
    return own.filter(modified__gte=timezone.now() - FORGOTTEN).order_by("-modified", "-pk")


def end_draft(user: User, token: str, seen: datetime | None = None) -> None:
    """Forget what was kept of the page ``token``: it was saved, or is not wanted.

    Who was shown it as it was at ``seen`` knows nothing of what came since: that stays.
    """
    if not token:
        return
    drafts = KeptDraft.objects.filter(user=user, token=token)
    (drafts.filter(modified=seen) if seen else drafts).delete()


def article_of_form(user: User, token: str) -> Article | None:
    """Return the article that ``user`` made by sending the form ``token``; None: none yet."""
    receipt = FormReceipt.objects.filter(user=user, token=token).select_related("article").first()
    return receipt.article if token and receipt else None


def note_form(user: User, token: str, article: Article) -> None:
    """Note that the form ``token`` made ``article``.

    Raise ``IntegrityError`` where it has made one already.
    """
    if token:
        FormReceipt.objects.create(user=user, token=token, article=article)
