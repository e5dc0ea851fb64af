"""A whole import taken back: what nobody touched since is as it was, the rest stays and is told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core import serializers
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from ...access import Reader
from ...editing import ReadTexts, changed_in_bulk, pending_of, read_texts, save_translation
from ...editing.whole.trash import CONTENTS
from ...models import (
    Article,
    ArticleTranslation,
    AuditEntry,
    ImportedDocument,
    ImportRun,
    PendingRevision,
    Revision,
    SourceDocument,
    SourceEntry,
)
from ...texts.remarks import remark
from ..report import ImportOutcome as Result
from ..report import TextChange
from .noting import note_undoing

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Remainder = dict[str, str]
#: What imports make; revisions and pending ones, which they make too, say who wrote them.
_OF_IMPORTS = (Article, ArticleTranslation, SourceEntry)


def undo(run: ImportRun, user: User | None, progress: Callable[[int, int], None]) -> None:
    """Take back what ``run`` did, the last file first, and note in it what was left.

    Each file is one transaction; interrupted, it goes on with the next.
    """
    waiting = run.documents.filter(undone=None).order_by("-pk")
    total = run.documents.count()
    for number, key in enumerate(waiting.values_list("pk", flat=True), total - waiting.count() + 1):
        _undo_document(ImportedDocument.objects.get(pk=key), user)
        progress(number, total)
    run.refresh_from_db(fields=["left"])
    run.undone = timezone.now()
    with transaction.atomic():
        run.save(update_fields=["undone"])
        note_undoing(run, user)


def _undo_document(row: ImportedDocument, user: User | None) -> None:
    changes = [TextChange(**change) for change in reversed(row.changes)]
    # Texts are read before the transaction, which nobody shall wait for.
    ready = [_former(change) if change.before != change.after else None for change in changes]
    left: list[Remainder] = []
    with transaction.atomic():
        later = _later_run(row)
        kept = set()
        for change, former in zip(changes, ready, strict=True):
            reason = later or _undo_text(change, former, user, row.run.created)
            if reason:
                kept.add(change.article)
                left.append(_told(change, row, reason))
        if not later:
            _restore_document(row, kept)
        row.undone = timezone.now()
        row.save(update_fields=["undone"])
        run = ImportRun.objects.select_for_update().get(pk=row.run_id)
        run.left = [*run.left, *left]
        run.save(update_fields=["left"])


def _later_run(row: ImportedDocument) -> str:
    """Return why a document is left (a text for a remark): a later import changed it too."""
    later = ImportedDocument.objects.filter(
        document=row.document, pk__gt=row.pk, undone=None, run__is_rehearsal=False
    ).exclude(before="", changes=[])
    if row.document is None or not later.exists():
        return ""
    return gettext_noop("A later import changed the document: undo that one first.")


def _told(change: TextChange, row: ImportedDocument, reason: str) -> Remainder:
    text = ArticleTranslation.objects.filter(article=change.article, language=change.language)
    title = text.values_list("title", flat=True).first() or row.path
    return {
        "article": str(change.article),
        "language": change.language,
        "title": title,
        "reason": remark(reason),
    }


def _former(change: TextChange) -> ReadTexts | None:
    """Return what the text said before, ready to be saved; None where there was none."""
    revision = Revision.objects.filter(
        translation__article=change.article,
        translation__language=change.language,
        number=change.before,
    ).first()
    if revision is None:
        return None
    article = Article.objects.get(pk=change.article)
    return read_texts(article, change.language, revision.texts())


def _undo_text(
    change: TextChange, former: ReadTexts | None, user: User | None, begun: datetime
) -> str:
    """Make a text what it was before the import that began at ``begun``.

    Return why that was not done, "" if it was: a text for a remark.
    """
    article = Article.objects.select_for_update().filter(pk=change.article).first()
    if article is None:
        return ""
    text = article.translations.filter(language=change.language).first()
    if text is not None and text.revision_number != change.after:
        return gettext_noop("Somebody edited the text since.")
    if change.before == change.after:
        _restore_waiting(article, change)
        return ""
    if change.before and former:
        _restore_waiting(article, change)
        save_translation(
            article=article,
            language=change.language,
            texts=former,
            author=user,
            origin=Revision.Origin.IMPORT,
            comment=remark(gettext_noop("Import undone")),
            base_revision=change.after,
        )
        return ""
    return _undo_new(article, text, change, begun)


def _undo_new(
    article: Article, text: ArticleTranslation | None, change: TextChange, begun: datetime
) -> str:
    """Delete a text that the import made, and its article with it if that was new too."""
    if is_worked_on(article, begun):
        return gettext_noop(
            "Somebody has worked on the article since; archive it if nobody needs it."
        )
    if change.is_new_article and not article.translations.exclude(language=change.language):
        article.delete()
    elif text is not None:
        text.delete()
    return ""


def is_worked_on(article: Article, begun: datetime) -> bool:
    """Return whether people left anything at ``article`` that would go with it.

    That is all that belongs to an article (``CONTENTS``) but what the import wrote, a form that is
    open, and a change of what the article is (audience, platforms), of it alone or of many since
    the import ``begun``.
    """
    changes = AuditEntry.objects.filter(
        kind="article", key=str(article.pk), act=AuditEntry.Act.CHANGED
    )
    return (
        article.presences.exists()
        or changes.exists()
        or article.pk in changed_in_bulk(begun)
        or any(_left_by_people(model, path, article).exists() for model, path in CONTENTS)
    )


def _left_by_people(model: type[Model], path: str, article: Article) -> QuerySet[Model]:
    """Return the rows of ``model`` that belong to ``article`` and are no import's."""
    rows = model._base_manager.filter(**{path: article.pk})
    if model in _OF_IMPORTS:
        return rows.none()
    if model in (Revision, PendingRevision):
        return rows.filter(origin=Revision.Origin.EDITOR)
    return rows


def _restore_waiting(article: Article, change: TextChange) -> None:
    """Make what waits of the import what it was, unless somebody decided about it."""
    now = pending_of(article, change.language, Revision.Origin.IMPORT)
    if now is None or now.number != change.waits:
        return
    if change.waiting is None:
        now.delete()
        return
    now.texts, now.base_revision = change.waiting["texts"], change.waiting["base"]
    now.ancestor = change.waiting.get("ancestor", {})
    now.number, now.modified = now.number + 1, timezone.now()
    now.save()


def _restore_document(row: ImportedDocument, article_ids: set[int]) -> None:
    """Restore a document and its entries, but for the entries of the articles ``article_ids``."""
    key = row.document
    document = None if key is None else SourceDocument.objects.filter(pk=key).first()
    is_new = row.outcome == Result.CREATED
    if document is None or not (row.before or is_new):
        return
    rows = serializers.deserialize("json", row.before or "[]")
    former: list[Any] = [each.object for each in rows]
    entries = [
        one for one in former if isinstance(one, SourceEntry) and one.article_id not in article_ids
    ]
    document.entries.exclude(article__in=article_ids).delete()
    _restore_entries(document, entries)
    if is_new and not document.entries.exists():
        _forget(document)
    for one in former:
        if isinstance(one, SourceDocument):
            one.save()


def _forget(document: SourceDocument) -> None:
    """Delete a document that was not there before.

    Where editors deleted articles of it, an empty row that readers do not see remembers which.
    """
    if not document.dropped.exists():
        document.delete()
        return
    document.raw, document.sha256 = b"", hashlib.sha256(b"").hexdigest()
    document.preamble = document.preamble_html = ""
    document.front_matter, document.outline = {}, []
    document.shown_to = Reader.EDITOR
    document.save()


def _restore_entries(document: SourceDocument, entries: list[SourceEntry]) -> None:
    """Write the entries whose articles are still there, each at its place or the next free one."""
    articles = Article.objects.filter(pk__in=[entry.article_id for entry in entries])
    remaining = set(articles.values_list("pk", flat=True))
    SourceEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    taken = set(document.entries.values_list("position", flat=True))
    for entry in entries:
        if entry.article_id in remaining:
            while entry.position in taken:
                entry.position += 1
            taken.add(entry.position)
            entry.save(force_insert=True)
