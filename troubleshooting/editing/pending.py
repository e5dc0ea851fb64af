"""Work on a text that readers see, without touching it: written, sent, rejected, published.

An editor begins one on a published article; an import keeps here what it could not merge. Whoever
publishes one saves it as ``save_translation`` does, on top of what is live at that moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from ..auditing import Act, note
from ..models import Article, ArticleTranslation, Notice, PendingRevision, Revision
from ..rights import EDIT, REVIEW, may, may_propose, may_publish
from ..texts.comparing.merge import merge_texts
from ..texts.remarks import remark
from ..texts.sections import TEXTS
from .conflicts import EditConflict
from .refusals import as_validation_errors
from .reusing.holding import as_seen, check_snippet_writers, snippets_in
from .talking.events import settle_pending, tell_of_pending
from .texts import (
    ReadTexts,
    SaveOutcome,
    canonical_texts,
    check_title,
    read_texts,
    save_translation,
)
from .translations import (
    SourceRevision,
    check_first,
    rendered_by,
    texts_of,
    unfinished,
)
from .workflow import close_gaps

if TYPE_CHECKING:
    from django.contrib.auth.models import User

State = PendingRevision.State
EDITOR = Revision.Origin.EDITOR


class PendingChangedError(ValidationError):
    """What waits of a text is no longer what was seen: somebody saved or decided meanwhile."""


def pending_of(article: Article, language: str, origin: str = EDITOR) -> PendingRevision | None:
    """Return what waits of the text in ``language``; None: nothing does."""
    rows = PendingRevision.objects.filter(article=article, language=language, origin=origin)
    return rows.select_related("author", "reviewer").first()


def all_pending(
    articles: Iterable[int], language: str, origin: str = EDITOR
) -> dict[int, PendingRevision]:
    """Return what waits of the texts in ``language`` of ``articles`` (keys), by article."""
    rows = PendingRevision.objects.filter(article__in=articles, language=language, origin=origin)
    return {row.article_id: row for row in rows.select_related("author", "reviewer")}


def versions_of_pending(pending: PendingRevision) -> dict[str, int]:
    """Return what readers would see of ``pending`` now: its number, and those of its snippets.

    Snippets stand under the paragraph that names them, the live text, with which it is merged,
    under its language.
    """
    number = _live_number(pending)
    live = {pending.language: number} if number else {}
    held = as_seen(snippets_in(pending.texts, pending.language))
    return {"number": pending.number} | live | held


def check_live(pending: PendingRevision, number: int) -> None:
    """Raise ``ValidationError`` where another revision is live than ``number`` (0: none).

    What was looked at is a comparison with it. The caller holds the article's lock.
    """
    if _live_number(pending) != number:
        raise ValidationError(
            _(
                "The live text was changed since this page was opened: read again what the "
                "pending revision would change of it."
            )
        )


def _live_number(pending: PendingRevision) -> int:
    """Return the number of the revision that is live in its language, 0 where none is."""
    text = _live_text(pending.article, pending.language)
    return text.revision_number if text else 0


def check_writers(pending: PendingRevision, user: User) -> None:
    """Raise ``ValidationError`` where ``user`` wrote a snippet in it that nobody else has read.

    The caller holds the transaction.
    """
    Article.objects.select_for_update().only("pk").get(pk=pending.article_id)
    check_snippet_writers(snippets_in(pending.texts, pending.language), user)


def save_pending(
    *,
    article: Article,
    language: str,
    texts: Mapping[str, str] | ReadTexts,
    author: User | None,
    origin: str = EDITOR,
    comment: str = "",
    size: str = "",
    base_revision: int,
    number: int | None = None,
    translated_from: SourceRevision | None = None,
    ancestor: Mapping[str, str] | None = None,
) -> PendingRevision | None:
    """Keep ``texts`` as what the text in ``language`` is to say; None: they say nothing new.

    ``base_revision`` is the live revision that they began from. ``number`` is that of the pending
    revision that the author saw (0: there was none); None writes over whatever waits, as an import
    does with its own. ``translated_from`` is the source that they render (None: as it was said
    before). What was sent or rejected is being written again.

    Raise ``ValidationError`` as ``save_translation`` does, ``PendingChangedError`` where another
    waits than the author saw; nothing is stored then.
    """
    with as_validation_errors():
        stored = texts.texts if isinstance(texts, ReadTexts) else canonical_texts(texts)
    check_title(stored["title"])
    values = {"author": author, "comment": comment, "size": size, "base_revision": base_revision}
    known = {} if ancestor is None else {"ancestor": dict(ancestor)}
    with transaction.atomic():
        return _save(article, language, stored, origin, number, values | known, translated_from)


def _save(
    article: Article,
    language: str,
    sections: dict[str, str],
    origin: str,
    number: int | None,
    values: dict[str, Any],
    translated_from: SourceRevision | None = None,
) -> PendingRevision | None:
    Article.objects.select_for_update().only("pk").get(pk=article.pk)
    pending = pending_of(article, language, origin)
    if number is not None:
        check_number(pending, number)
    rendered = translated_from.as_rendered() if translated_from else {}
    if (pending.texts if pending else _live_texts(_live_text(article, language))) == sections:
        if pending and rendered:
            PendingRevision.objects.filter(pk=pending.pk).update(**rendered)
        return None
    place = {"article": article, "language": language, "origin": origin}
    pending = pending or PendingRevision(**place, number=0)
    pending.texts = sections
    for name, value in {**values, **rendered}.items():
        setattr(pending, name, value)
    pending.state = State.WRITING if origin == EDITOR else State.SUBMITTED
    pending.number += 1
    pending.modified = timezone.now()
    pending.save()
    if pending.author:
        pending.writers.add(pending.author)
    return pending


def _live_text(article: Article, language: str) -> ArticleTranslation | None:
    return ArticleTranslation.objects.filter(article=article, language=language).first()


def _live_texts(text: ArticleTranslation | None) -> dict[str, str]:
    return text.texts() if text else dict.fromkeys(TEXTS, "")


def check_number(pending: PendingRevision | None, number: int) -> None:
    """Raise ``PendingChangedError`` where another waits than ``number`` (0: none does)."""
    if (pending.number if pending else 0) != number:
        raise PendingChangedError(
            _(
                "Somebody else saved this pending revision meanwhile, or decided about it. Nothing "
                "was done: read it again as it is now, then decide."
            )
        )


def conflict_with_pending(
    article: Article, language: str, texts: Mapping[str, str], base_revision: int
) -> tuple[EditConflict, int]:
    """Return how ``texts`` meet what waits now, and its number: what is live where none does, 0.

    ``base_revision`` is what they began from.
    """
    base = texts_of(article, SourceRevision(language, base_revision))
    typed = canonical_texts(texts)
    if pending := pending_of(article, language):
        stored, begun, author = pending.texts, pending.base_revision, pending.author
        return EditConflict(base, typed, stored, begun, author, pending.modified), pending.number
    live = _live_text(article, language)
    if live is None:
        return EditConflict(base, typed, base, 0, None, timezone.now()), 0
    number = live.revision_number
    return EditConflict(base, typed, live.texts(), number, _author_of(live), live.modified), 0


def _locked(pending: PendingRevision, number: int | None) -> PendingRevision:
    """Return the row as it is now. Raise ``ValidationError`` where it is another than was seen."""
    now = PendingRevision.objects.select_for_update().filter(pk=pending.pk).first()
    check_number(now, pending.number if number is None else number)
    assert now is not None
    return now


@transaction.atomic
def submit_pending(pending: PendingRevision, *, user: User, number: int | None = None) -> None:
    """Send ``pending`` to review; what was sent already waits on, and nobody is told again.

    Raise ``PermissionDenied``: ``user`` may not propose. Raise ``ValidationError``: it is no
    longer at ``number`` (None: the number that the row has), the one that ``user`` has seen.
    """
    pending = _locked(pending, number)
    if not may_propose(user, pending.article):
        raise PermissionDenied
    if pending.state == State.SUBMITTED:
        return
    pending.state, pending.answer = State.SUBMITTED, ""
    pending.modified = timezone.now()
    pending.save(update_fields=["state", "answer", "modified"])
    _note(user, pending, gettext_noop("Pending revision (%(language)s): sent to review"))
    tell_of_pending(pending, Notice.Kind.SUBMITTED, actor=user)


@transaction.atomic
def reject_pending(
    pending: PendingRevision, *, user: User, comment: str, number: int | None = None
) -> None:
    """Give ``pending`` back to its author with ``comment``; what is live stays.

    Raise ``PermissionDenied``: ``user`` is no reviewer of the article. Raise ``ValidationError``:
    there is no comment, or it is no longer at ``number`` (None: the number that the row has).
    """
    if not may(user, REVIEW, pending.article):
        raise PermissionDenied
    if not comment.strip():
        raise ValidationError(_("Say why, so that the author knows what to change."))
    pending = _locked(pending, number)
    pending.state, pending.answer, pending.reviewer = State.REJECTED, comment.strip(), user
    pending.modified = timezone.now()
    pending.save(update_fields=["state", "answer", "reviewer", "modified"])
    _note(user, pending, gettext_noop("Pending revision (%(language)s): rejected"))
    tell_of_pending(pending, Notice.Kind.REJECTED, actor=user)


@transaction.atomic
def discard_pending(pending: PendingRevision, *, user: User, number: int | None = None) -> None:
    """Forget ``pending``, as its author and every reviewer of the article may.

    Raise ``PermissionDenied``: ``user`` is neither. Raise ``ValidationError``: it is no longer at
    ``number`` (None: the number that the row has).
    """
    pending = _locked(pending, number)
    is_own = pending.author_id == user.pk and user.has_perm(EDIT)
    if not (is_own or may(user, REVIEW, pending.article)):
        raise PermissionDenied
    settle_pending(pending, Notice.Kind.SUBMITTED)
    _note(user, pending, gettext_noop("Pending revision (%(language)s): discarded"))
    pending.delete()


def _note(user: User, pending: PendingRevision, done: str) -> None:
    note(user, Act.CHANGED, pending.article, detail=remark(done, language=pending.language))


def withdraw_pending(article: Article, language: str, origin: str) -> None:
    """Forget what waits of ``origin``: its text is what is live by now."""
    PendingRevision.objects.filter(article=article, language=language, origin=origin).delete()


def publish_pending(
    pending: PendingRevision,
    *,
    user: User,
    number: int | None = None,
    live: int | None = None,
    accepted: Collection[str] = (),
) -> SaveOutcome:
    """Put ``pending`` in the place of what is live, merged with what was saved since it was begun.

    The revision names its author and its origin. Raise ``PermissionDenied``: ``user`` may not
    publish it. Raise ``ValidationError``: it is no longer at ``number`` (None: the number that the
    row has), another revision is live than ``live`` (0: none was; None: whatever is), or with
    ``FOUR_EYES`` ``user`` wrote a snippet in it. Raise ``EditConflict``: it and what is live
    changed the same unit. Raise ``OmissionsError`` as ``check_first`` does.

    A translation that somebody has begun waits as a pending revision beside a first text.
    """
    if not may_publish(user, pending):
        raise PermissionDenied
    text = _live_text(pending.article, pending.language)
    # Read before the transaction: nobody waits for it.
    merged = merged_with_live(pending, text)
    read = read_texts(pending.article, pending.language, merged)
    check_first(pending, read.texts, accepted)
    return _publish(pending, number, live, text, read, user)


@transaction.atomic
def _publish(
    pending: PendingRevision,
    number: int | None,
    live: int | None,
    text: ArticleTranslation | None,
    texts: ReadTexts,
    user: User,
) -> SaveOutcome:
    pending = _locked(pending, number)
    if not may_publish(user, pending):
        raise PermissionDenied
    if pending.article.status != Article.Status.PUBLISHED:
        raise ValidationError(_("The article is not published by now: its text is open to edits."))
    check_writers(pending, user)
    if live is not None:
        check_live(pending, live)
    outcome = save_translation(
        article=pending.article,
        language=pending.language,
        texts=texts,
        author=pending.author,
        origin=pending.origin,
        comment=pending.comment,
        size=pending.size,
        base_revision=text.revision_number if text else 0,
        translated_from=rendered_by(pending, is_first=text is None),
    )
    close_gaps(pending.article)
    _note(user, pending, gettext_noop("Pending revision (%(language)s): published"))
    tell_of_pending(pending, Notice.Kind.PUBLISHED, actor=user)
    pending.delete()
    if text is None:
        _keep_begun(pending.article, pending.language)
    return outcome


def _keep_begun(article: Article, language: str) -> None:
    """Let a begun translation wait beside the first text, since no other page would show it.

    It was begun with no text there: publishing it merges the two. Raise ``ValidationError`` where
    another pending revision of an editor has that place.
    """
    begun = unfinished(article, language)
    if begun is None:
        return
    if pending_of(article, language):
        raise ValidationError(
            _(
                "A translation into this language is begun, and a pending revision waits besides: "
                "decide about that one first."
            )
        )
    values = {"author": begun.author, "comment": "", "size": "", "base_revision": 0}
    seen = begun.source_revision
    source = SourceRevision(begun.source_language, seen) if seen else None
    _save(article, language, begun.texts, EDITOR, 0, values, source)
    begun.delete()


def merged_with_live(pending: PendingRevision, text: ArticleTranslation | None) -> dict[str, str]:
    """Return what publishing ``pending`` would store; ``text`` is what is live (None: nothing).

    Raise ``EditConflict`` where both changed the same unit.
    """
    if text is None or text.revision_number == pending.base_revision:
        return dict(pending.texts)
    begun = SourceRevision(pending.language, pending.base_revision)
    base = texts_of(pending.article, begun)
    merged = merge_texts(base, pending.texts, text.texts())
    if not merged.conflicts:
        return merged.texts
    raise EditConflict(
        base=base,
        typed=dict(pending.texts),
        stored=text.texts(),
        revision=text.revision_number,
        author=_author_of(text),
        saved=text.modified,
    )


def _author_of(text: ArticleTranslation) -> User | None:
    newest = text.revisions.filter(number=text.revision_number).select_related("author").first()
    return newest.author if newest else None
