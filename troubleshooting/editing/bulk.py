"""One act that changes many articles: what it changed is kept, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..auditing import Act, note
from ..models import Article, BulkChange, Platform
from ..rights import may_decide, may_edit, why_not
from ..texts.remarks import remark
from .articles import update_article
from .texts import restore_revision
from .workflow import restore_status, versions_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

UNDONE = remark(gettext_noop("Undone: a change of many articles."))
#: What an act on many articles may change.
_FIELDS = ("status", "kind", "audience", "owner_id", "review_due", "reviewed")


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What an act did: the record of it (None: nothing changed), what was skipped, by reason.

    ``gone``: articles that are not there any more.
    """

    change: BulkChange | None
    count: int
    skipped: dict[str, list[Article]] = field(default_factory=dict)
    gone: int = 0


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
        if reason := _refused(change, article, user):
            skipped.setdefault(reason, []).append(article)
            continue
        done += 1
        if row := _row(article, before):
            rows.append(row)
    if not rows:
        return BulkOutcome(None, done, skipped)
    kept = BulkChange.objects.create(user=user, action=action, rows=_with_names(rows))
    before, after = kept.changed()
    note(user, Act.MANY, kept, before=before, after=after)
    return BulkOutcome(kept, done, skipped)


def _refused(change: Callable[[Article], object], article: Article, user: User) -> str:
    """Call ``change``; return why it was refused, which leaves all as it was, "" if it was not."""
    try:
        with transaction.atomic():
            change(article)
    except ValidationError as error:
        return " ".join(error.messages)
    except PermissionDenied:
        return why_not(user, article)
    return ""


def _row(article: Article, before: dict[str, Any]) -> dict[str, Any] | None:
    """Return the record of what became of ``article``; None: it is as ``before``."""
    after = _state(article.pk)
    changed = [name for name in before if before[name] != after[name]]
    if not changed:
        return None
    row = {
        "article": article.pk,
        "before": {name: before[name] for name in changed},
        "after": {name: after[name] for name in changed},
    }
    return {**row, "texts": versions_of(article)} if "status" in changed else row


def _with_names(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return ``rows`` with what owners and platforms in them are called now (``named``)."""
    sides = [row[side] for row in rows for side in ("before", "after")]
    owners = get_user_model().objects.in_bulk({side.get("owner_id") for side in sides} - {None})
    platforms = dict(Platform.objects.values_list("pk", "name"))

    def names(side: dict[str, Any]) -> dict[str, str]:
        owner = owners.get(side.get("owner_id"))
        found = {}
        if "owner_id" in side:
            found["owner_id"] = (owner.get_full_name() or owner.get_username()) if owner else ""
        if "platforms" in side:
            found["platforms"] = ", ".join(sorted(platforms[key] for key in side["platforms"]))
        return found

    return [
        {**row, "named": {side: names(row[side]) for side in ("before", "after")}} for row in rows
    ]


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
def take_back(change: BulkChange, *, user: User) -> BulkOutcome:
    """Make what ``change`` changed as it was, as far as ``user`` may.

    What somebody changed since stays as it is now. What ``user`` may not take back stays in the
    record for somebody who may. Raise ``ValidationError`` where all was taken back before.
    """
    change = BulkChange.objects.select_for_update().get(pk=change.pk)
    if change.undone:
        raise ValidationError(_("This was already undone."))
    rows = [row for row in change.rows if not row.get("is_settled")]
    locked = Article.objects.select_for_update().order_by("pk")
    articles = locked.in_bulk([row["article"] for row in rows])
    done, gone = 0, 0
    skipped: dict[str, list[Article]] = {}
    for row in rows:
        article = articles.get(row["article"])
        if article is None:
            gone += 1
        elif reason := _overtaken(article, row):
            skipped.setdefault(reason, []).append(article)
        elif reason := _refused(partial(_restore, row=row, user=user), article, user):
            skipped.setdefault(reason, []).append(article)
            continue
        else:
            done += 1
        row["is_settled"] = True
    if all(row.get("is_settled") for row in change.rows):
        change.undone = timezone.now()
    change.save(update_fields=["rows", "undone"])
    return BulkOutcome(change, done, skipped, gone)


def _overtaken(article: Article, row: dict[str, Any]) -> str:
    """Return why nobody can take ``row`` back any more, "" where somebody can."""
    if "text" in row:
        text = {"language": row["text"]["language"], "revision_number": row["text"]["after"]}
        return "" if article.translations.filter(**text).exists() else _("It was changed since.")
    before, after = row["before"], row["after"]
    now = _state(article.pk)
    if any(now[name] != after[name] for name in after):
        return _("It was changed since.")
    if "status" in after and row.get("texts") != versions_of(article):
        known = _("Its text was changed since.")
        return known if "texts" in row else _("It is not recorded what its text said then.")
    keys = before.get("platforms", [])
    if Platform.objects.filter(pk__in=keys).count() < len(keys):
        return _("A platform that it had is gone.")
    owner = before.get("owner_id")
    if owner and not get_user_model().objects.filter(pk=owner).exists():
        return _("The owner that it had is gone.")
    return ""


def _restore(article: Article, *, row: dict[str, Any], user: User) -> None:
    """Make what ``row`` tells of ``article`` as it was. Raise what refuses it."""
    if "text" in row:
        _restore_text(article, row["text"], user)
        return
    before = dict(row["before"])
    if not may_decide(user, article):
        raise PermissionDenied
    status, platforms = before.pop("status", None), before.pop("platforms", None)
    for name in ("review_due", "reviewed"):
        if before.get(name):
            before[name] = date.fromisoformat(before[name])
    if platforms is not None:
        platforms = Platform.objects.filter(pk__in=platforms)
    update_article(article, platforms=platforms, by=user, **before)
    if status is not None:
        restore_status(article, status, user=user, comment=UNDONE)


def _restore_text(article: Article, row: dict[str, Any], user: User) -> None:
    """Let a text say again what it said."""
    if not may_edit(user, article):
        raise PermissionDenied
    text = article.translations.get(language=row["language"])
    restore_revision(
        text.revisions.get(number=row["before"]),
        author=user,
        comment=UNDONE,
        base_revision=row["after"],
    )


def changed_in_bulk(since: datetime) -> set[int]:
    """Return the keys of the articles that acts on many changed ``since`` and nobody took back."""
    changes = BulkChange.objects.filter(created__gte=since, undone=None)
    return {row["article"] for rows in changes.values_list("rows", flat=True) for row in rows}


def states_of(articles: Iterable[Article]) -> dict[str, int]:
    """Return how many of ``articles`` are in which status."""
    counts: dict[str, int] = {}
    for article in articles:
        counts[article.status] = counts.get(article.status, 0) + 1
    return counts
