"""The operations that read, save and restore the texts of articles."""

from __future__ import annotations

from typing import Annotated, Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Status
from ninja.errors import HttpError

from ...auditing import Act, note
from ...editing import (
    EditConflict,
    PendingChangedError,
    pending_of,
    restore_revision,
    save_pending,
    unfinished,
)
from ...models import Article, ArticleTranslation, Revision
from ...rights import EDIT, may_edit, may_propose
from ..changes import RawText, RevisionOut, RevisionText, TextIn, Written, WrittenLanguage
from ..inputs import CHANGE_ERRORS, ONE_ERRORS, Number
from ..interface import api
from ..preconditions import (
    IfMatch,
    IfNoneMatch,
    at_revision,
    base_revision,
    name_place,
    name_revision,
    over_pending,
    pending_named,
)
from ..rights import WRITING, check, writer_of
from .saving import article_seen, named, save_payload, written

RevisionNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]
_PLACE = "/articles/{number}/texts/{language}/"


def _text(request: HttpRequest, number: int, language: str) -> ArticleTranslation:
    check(writer_of(request).has_perm(EDIT))
    text = article_seen(request, number).translations.filter(language=language).first()
    if text is None:
        raise Http404
    return text


@api.get(_PLACE, auth=WRITING, response={200: RawText, **ONE_ERRORS}, operation_id="readText")
def read_text(
    request: HttpRequest, response: HttpResponse, number: Number, language: WrittenLanguage
) -> dict[str, Any]:
    """Read a text as it was written; its ``ETag`` is what a change of it has to name."""
    text = _text(request, number, language)
    name_revision(response, text.revision_number)
    return {
        "number": number,
        "language": language,
        "revision": text.revision_number,
        "translated_from": text.source_language,
        "modified": text.modified,
        **text.texts(),
    }


@api.put(
    _PLACE,
    auth=WRITING,
    response={200: Written, 201: Written, 202: Written, **CHANGE_ERRORS},
    operation_id="saveText",
)
def save_text(
    request: HttpRequest,
    response: HttpResponse,
    number: Number,
    language: WrittenLanguage,
    payload: TextIn,
    if_match: IfMatch = None,
    if_none_match: IfNoneMatch = None,
) -> Status[Written]:
    """Store a text; ``If-Match`` names the one it began from, ``If-None-Match: *`` that none is.

    The answer has the ``ETag`` that the next change has to name, and is 201 for the first text of a
    language. It is 202 where the text waits for a review, since its author may not change what
    readers see; what they see keeps its ``ETag``. Where a text of somebody else waits already, it
    is 412 unless ``If-Match`` names that one too. A first text beside a translation that was begun
    is refused: 409.
    """
    article, user = article_seen(request, number), writer_of(request)
    text = article.translations.filter(language=language).first()
    base = base_revision(if_match, if_none_match, text.revision_number if text else 0)
    is_at_once = may_edit(user, article)
    check(is_at_once or may_propose(user, article))
    if text is None:
        _check_none_begun(article, language)
    if is_at_once:
        with transaction.atomic():
            outcome = save_payload(request, article, language, payload, base)
            note(user, Act.CHANGED, article, detail=named(outcome))
        name_revision(response, outcome.translation.revision_number)
        if text is None:
            name_place(response, "read_text", number=number, language=language)
        return Status(200 if text else 201, written(article, outcome))
    pending = _propose(request, article, language, payload, base, pending_named(if_match))
    note(user, Act.CHANGED, article, detail=f"{language}: 202")
    return Status(202, written(article, pending=pending))


def _check_none_begun(article: Article, language: str) -> None:
    """Refuse a first text beside a translation that was begun: no page would show that any more."""
    if unfinished(article, language):
        said = _("A translation into this language was begun: complete it in the administration.")
        raise HttpError(409, said)


def _propose(
    request: HttpRequest,
    article: Article,
    language: str,
    payload: TextIn,
    base: int,
    named: set[int],
) -> int:
    """Keep a text until its review; return its number, 0 where it says nothing new.

    Who wrote what waits goes on writing it; somebody else has to name it (RFC 9110, section
    13.1.1: no update is lost). Raise ``HttpError`` (412) where ``named`` are others than what
    waits.
    """
    user, waiting = writer_of(request), pending_of(article, language)
    number = waiting.number if waiting else 0
    is_own = waiting is None or waiting.author_id == user.pk
    if number not in named and (named or not is_own):
        raise HttpError(412, over_pending(number, base))
    try:
        pending = save_pending(
            article=article,
            language=language,
            texts=payload.texts(),
            author=user,
            comment=payload.comment,
            size=payload.size,
            base_revision=base,
            number=number,
        )
    except PendingChangedError:
        now = pending_of(article, language)
        raise HttpError(412, over_pending(now.number if now else 0, base)) from None
    return pending.number if pending else 0


@api.get(
    f"{_PLACE}revisions/",
    auth=WRITING,
    response={200: list[RevisionOut], **ONE_ERRORS},
    operation_id="listRevisions",
)
def list_revisions(request: HttpRequest, number: Number, language: WrittenLanguage) -> Any:
    """List what a text said after each save, the newest first; the last hundred."""
    text = _text(request, number, language)
    return list(Revision.objects.filter(translation=text).order_by("-number")[:100])


@api.get(
    f"{_PLACE}revisions/{{revision}}/",
    auth=WRITING,
    response={200: RevisionText, **ONE_ERRORS},
    operation_id="readRevision",
)
def read_revision(
    request: HttpRequest, number: Number, language: WrittenLanguage, revision: RevisionNumber
) -> Any:
    """Read what a text said after one save."""
    return _revision(_text(request, number, language), revision)


def _revision(text: ArticleTranslation, number: int) -> Revision:
    found = Revision.objects.filter(translation=text, number=number).first()
    if found is None:
        raise Http404
    return found


@api.post(
    f"{_PLACE}revisions/{{revision}}/restore/",
    auth=WRITING,
    response={200: Written, **CHANGE_ERRORS},
    operation_id="restoreRevision",
)
def restore(
    request: HttpRequest,
    response: HttpResponse,
    number: Number,
    language: WrittenLanguage,
    revision: RevisionNumber,
    if_match: IfMatch = None,
) -> Written:
    """Let a text say again what it said at a revision; ``If-Match`` as for a change."""
    text = _text(request, number, language)
    check(may_edit(writer_of(request), text.article))
    base = base_revision(if_match, None, text.revision_number)
    old = _revision(text, revision)
    try:
        outcome = restore_revision(
            old, author=writer_of(request), comment=f"r{revision}", base_revision=base
        )
    except EditConflict as conflict:
        raise HttpError(412, at_revision(conflict.revision)) from None
    note(writer_of(request), Act.RESTORED, text.article, detail=f"r{revision} → {named(outcome)}")
    name_revision(response, outcome.translation.revision_number)
    return written(text.article, outcome)
