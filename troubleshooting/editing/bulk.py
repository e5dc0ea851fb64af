"""One act that changes many articles: what it changed is kept, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..auditing import Act, note
from ..models import Article, BulkChange, Platform, StatusChange
from ..rights import REVIEW, check_within, may, may_decide, may_edit, why_not
from .articles import update_article
from .texts import restore_revision

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: What an act on many articles may change.
_FIELDS = ("status", "kind", "audience", "owner_id", "review_due", "reviewed")


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What an act did: the record of it (None: nothing changed), what was skipped, by reason."""

    change: BulkChange | None
    count: int
    skipped: dict[str, list[Article]] = field(default_factory=dict)


@transaction.atomic
def change_many(
    articles: Iterable[Article], change: Callable[[Article], object], *, action: str, user: User
) -> BulkOutcome:
    """Call ``change`` for each of ``articles`` and record what it changed as ``action``.

    Whatever raises ``ValidationError`` or ``PermissionDenied`` is skipped and left as it is.
    """
    rows = []
    done = 0
    skipped: dict[str, list[Article]] = {}
    for article in articles:
        before = _state(article.pk)
        try:
            with transaction.atomic():
                change(article)
        except ValidationError as error:
            skipped.setdefault(" ".join(error.messages), []).append(article)
            continue
        except PermissionDenied:
            skipped.setdefault(why_not(user, article), []).append(article)
            continue
        done += 1
        after = _state(article.pk)
        changed = [name for name in before if before[name] != after[name]]
        if changed:
            rows.append(
                {
                    "article": article.pk,
                    "before": {name: before[name] for name in changed},
                    "after": {name: after[name] for name in changed},
                }
            )
    kept = BulkChange.objects.create(user=user, action=action, rows=rows) if rows else None
    if kept:
        note(user, Act.MANY, kept)
    return BulkOutcome(kept, done, skipped)


def _state(key: int) -> dict[str, Any]:
    """Return what an act may change of the article, in the form in which it is kept."""
    article = Article.objects.get(pk=key)
    values = {name: getattr(article, name) for name in _FIELDS}
    values = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }
    platforms = Article.platforms.through.objects.filter(article_id=key)
    return {**values, "platforms": sorted(platforms.values_list("platform_id", flat=True))}


@transaction.atomic
def take_back(change: BulkChange, *, user: User) -> tuple[int, int]:
    """Make what ``change`` changed as it was; return how many articles, and how many were left.

    What somebody changed since stays as it is now, and so do articles that are gone. Raise
    ``PermissionDenied``, and ``ValidationError`` where it was taken back before, or where some of
    the articles are outside the field of ``user``: half of it could not be taken back later.
    """
    change = BulkChange.objects.select_for_update().get(pk=change.pk)
    if change.undone:
        raise ValidationError(_("This was already undone."))
    done = 0
    keys = [row["article"] for row in change.rows]
    check_within(user, Article.objects.filter(pk__in=keys))
    articles = Article.objects.in_bulk(keys)
    for row in change.rows:
        article = articles.get(row["article"])
        if article is not None and _restore(article, row, user):
            done += 1
    change.undone = timezone.now()
    change.save(update_fields=["undone"])
    return done, len(change.rows) - done


def _restore_text(article: Article, row: dict[str, Any], user: User) -> bool:
    """Let a text say again what it said, where nobody has saved it since."""
    text = article.translations.filter(
        language=row["language"], revision_number=row["after"]
    ).first()
    if text is None:
        return False
    if not may_edit(user, article):
        raise PermissionDenied
    restore_revision(
        text.revisions.get(number=row["before"]),
        author=user,
        comment=_("Undone: a change of many articles."),
        base_revision=row["after"],
    )
    return True


def _restore(article: Article, row: dict[str, Any], user: User) -> bool:
    if "text" in row:
        return _restore_text(article, row["text"], user)
    now = _state(article.pk)
    before, after = row["before"], row["after"]
    if any(now[name] != after[name] for name in after):
        return False
    if "status" in before and not may(user, REVIEW, article):
        raise PermissionDenied
    if not may_decide(user, article):
        raise PermissionDenied
    values = {name: value for name, value in before.items() if name not in ("status", "platforms")}
    for name in ("review_due", "reviewed"):
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    platforms = before.get("platforms")
    if platforms is not None:
        platforms = Platform.objects.filter(pk__in=platforms)
    update_article(article, platforms=platforms, by=user, **values)
    if "status" in before:
        StatusChange.objects.create(
            article=article,
            before=article.status,
            after=before["status"],
            author=user,
            comment=_("Undone: a change of many articles."),
        )
        article.status = before["status"]
        article.save(update_fields=["status"])
    return True


def states_of(articles: Iterable[Article]) -> dict[str, int]:
    """Return how many of ``articles`` are in which status."""
    counts: dict[str, int] = {}
    for article in articles:
        counts[article.status] = counts.get(article.status, 0) + 1
    return counts
