"""The trash: an article is taken out of every table that anybody reads, and can be brought back.

What is in the trash is one row of text each. No query of readers, editors, search, export, feed or
import meets it, since there is nothing left of it where they look.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core import serializers
from django.core.exceptions import PermissionDenied
from django.core.serializers.base import DeserializedObject
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from ...deriving import derive
from ...models import (
    Article,
    ArticleTranslation,
    ArticleUse,
    Comment,
    DroppedPart,
    ErrorReport,
    FormerAddress,
    GapReport,
    KeptDraft,
    LearnedChoice,
    Outcome,
    PendingRevision,
    Platform,
    Revision,
    ScheduledChange,
    SourceEntry,
    StatusChange,
    TemplateUse,
    TrashedArticle,
    UnfinishedTranslation,
    VocabularyEntry,
)
from ...rights import DELETE, may
from ...texts.remarks import remark
from ..articles import free_slug, taken_slugs

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: What belongs to an article, each model with the path from it to the article; owners come before
#: what they own. What is derived is made anew, and who has a form open is asked again.
CONTENTS: tuple[tuple[type[models.Model], str], ...] = (
    (Article, "pk"),
    (FormerAddress, "article"),
    (ArticleTranslation, "article"),
    (Revision, "translation__article"),
    (PendingRevision, "article"),
    (ScheduledChange, "article"),
    (UnfinishedTranslation, "article"),
    (StatusChange, "article"),
    (Comment, "article"),
    (SourceEntry, "article"),
    (Outcome, "article"),
    (ErrorReport, "article"),
    (ArticleUse, "article"),
    (VocabularyEntry, "article"),
    (LearnedChoice, "article"),
    (KeptDraft, "article"),
    (TemplateUse, "article"),
)
#: Where a restored row stands, by what it was: its model and its former key.
NewPlaces = dict[tuple[type[models.Model], Any], Any]


def trash_articles(articles: Iterable[Article], *, user: User) -> list[TrashedArticle]:
    """Move ``articles`` into the trash with all that belongs to them.

    Raise ``PermissionDenied`` for anyone but an administrator; none is moved then.
    """
    articles = list(articles)
    if not (may(user, DELETE, None) and all(may(user, DELETE, one) for one in articles)):
        raise PermissionDenied
    return put_into_trash(articles, user)


@transaction.atomic
def put_into_trash(articles: Iterable[Article], user: User) -> list[TrashedArticle]:
    """Move ``articles`` into the trash, whoever asks; return their rows in it.

    What was merged into another article goes the same way as what ``trash_articles`` was asked for.
    """
    keys = [article.pk for article in articles]
    locked = Article.objects.select_for_update().filter(pk__in=keys)
    trashed = [_put_away(article, user) for article in locked]
    Article.objects.filter(pk__in=keys).delete()
    return trashed


def heir_of(trashed: TrashedArticle) -> Article | None:
    """Return the article that ``trashed`` was merged into: its address leads there."""
    former = FormerAddress.objects.filter(slug=trashed.slug).select_related("article").first()
    return former.article if former else None


def _put_away(article: Article, user: User) -> TrashedArticle:
    rows = [
        row
        for model, path in CONTENTS
        for row in model._base_manager.filter(**{path: article.pk}).order_by("pk")
    ]
    texts = list(article.translations.order_by("language"))
    trashed = TrashedArticle.objects.create(
        slug=article.slug,
        status=article.status,
        titles={text.language: text.title for text in texts},
        rows=_written(rows),
        gaps=list(GapReport.objects.filter(article=article).values_list("pk", flat=True)),
        deleted_by=user,
        deleted=timezone.now(),
    )
    _drop(trashed, [row for row in rows if isinstance(row, SourceEntry)])
    return trashed


def _drop(trashed: TrashedArticle, entries: list[SourceEntry]) -> None:
    """Note which parts of documents no import makes an article of any more."""
    DroppedPart.objects.bulk_create(
        DroppedPart(
            document_id=row.document_id,
            trashed=trashed,
            anchor=row.anchor,
            aliases=row.aliases,
            codes=row.codes,
            base=row.base,
        )
        for row in entries
    )


def _written(rows: list[models.Model]) -> str:
    """Return ``rows`` as JSON; Django's own would leave out what is less than a millisecond."""
    return json.dumps(serializers.serialize("python", rows), default=str, ensure_ascii=False)


@transaction.atomic
def restore_article(trashed: TrashedArticle, *, user: User) -> Article:
    """Bring an article back in the status that it had, and return it.

    It is a draft where all of its platforms are gone: without any it is about all of them, which
    nobody has decided. Its address is another where a new article has taken it meanwhile; what
    belongs to something that is gone (a document) stays away. Raise ``PermissionDenied`` as
    ``trash_articles`` does.
    """
    if not may(user, DELETE, None):
        raise PermissionDenied
    trashed = TrashedArticle.objects.select_for_update().get(pk=trashed.pk)  # restored once alone
    known: NewPlaces = {}
    article: Article | None = None
    is_widened = False
    for found in serializers.deserialize(
        "python", json.loads(trashed.rows), ignorenonexistent=True
    ):
        restored = _put_back(found.object, known)
        if isinstance(restored, Article):
            article = restored
            platforms = _keys(found, "platforms")
            article.platforms.set(Platform.objects.filter(pk__in=platforms))
            is_widened = bool(platforms) and not article.platforms.exists()
        elif isinstance(restored, PendingRevision):
            restored.writers.set(get_user_model().objects.filter(pk__in=_keys(found, "writers")))
    assert article is not None  # the first row
    if not may(user, DELETE, article):
        raise PermissionDenied
    if is_widened:
        _make_draft(article, user)
    for text in article.translations.all():
        derive(text)
    # What was missed in the trash does not happen behind the back of who brings it back.
    ScheduledChange.objects.filter(article=article, at__lte=timezone.now()).delete()
    GapReport.objects.filter(pk__in=trashed.gaps, article=None).update(article=article)
    DroppedPart.objects.filter(trashed=trashed).delete()
    trashed.delete()
    return article


def _keys(found: DeserializedObject, relation: str) -> list[Any]:
    """Return the keys that a row in the trash had in ``relation``, of what may be gone by now."""
    return [getattr(one, "pk", one) for one in (found.m2m_data or {}).get(relation, [])]


def _make_draft(article: Article, user: User) -> None:
    """Keep ``article`` from readers until somebody has said which platforms it is about."""
    ScheduledChange.objects.filter(article=article).delete()
    if article.status == Article.Status.DRAFT:
        return
    StatusChange.objects.create(
        article=article,
        before=article.status,
        after=Article.Status.DRAFT,
        author=user,
        comment=remark(gettext_noop("Its platforms are gone: choose new ones.")),
    )
    article.status = Article.Status.DRAFT
    article.save(update_fields=["status"])


def _put_back(row: models.Model, places: NewPlaces) -> models.Model | None:
    """Store ``row`` under a key that is free; None where it can stand nowhere any more."""
    before = (type(row), row.pk)
    if not all(_lead_on(row, field, places) for field in row._meta.concrete_fields):
        return None
    if isinstance(row, Article):
        row.slug = free_slug(row.slug) if row.slug in taken_slugs(row.slug) else row.slug
        row.pk = None if Article.objects.filter(pk=row.pk).exists() else row.pk
    elif isinstance(row, FormerAddress) and row.slug in taken_slugs(row.slug):
        return None
    else:
        row.pk = None
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None  # its place was taken: a part of a document that was imported again
    places[before] = row.pk
    return row


def _lead_on(row: models.Model, field: models.Field[Any, Any], places: NewPlaces) -> bool:
    """Let a relation of ``row`` lead to what is there now; False where nothing is, and one must."""
    if not isinstance(field, models.ForeignKey) or getattr(row, field.attname) is None:
        return True
    target: Any = field.related_model
    key = getattr(row, field.attname)
    if any(target is model for model, _path in CONTENTS):
        key = places.get((target, key))
    elif not target._base_manager.filter(pk=key).exists():
        key = None
    setattr(row, field.attname, key)
    return key is not None or field.null
