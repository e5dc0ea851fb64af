"""The operations by which editors' programs write, as their editors do in the administration."""

from __future__ import annotations

from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Status
from ninja.errors import HttpError

from ...access import reader_for
from ...auditing import Act, note
from ...editing import (
    EditConflict,
    PendingChangedError,
    SaveOutcome,
    change_status,
    create_article,
    pending_of,
    restore_revision,
    save_pending,
    save_platform,
    save_translation,
    unfinished,
    update_article,
)
from ...models import AccessToken, Article, ArticleTranslation, Platform, Revision
from ...rights import EDIT, may_decide, may_edit, may_lead_platforms, may_propose
from ..changes import (
    ArticleIn,
    DetailsIn,
    PlatformIn,
    RawText,
    RevisionOut,
    RevisionText,
    TextIn,
    TransitionIn,
    Written,
    WrittenLanguage,
)
from ..inputs import CHANGE_ERRORS, LARGEST_NUMBER, ONE_ERRORS, Slug
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
from ..reasons import WrongValueError, of_one_address, unknown_value
from ..rights import Token, check, writer_of

_WRITING = Token(AccessToken.Scope.WRITE)
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
RevisionNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]
_PLACE = "/articles/{number}/texts/{language}/"


def _article(request: HttpRequest, number: int) -> Article:
    """Return an article that the owner of the token sees."""
    reader = reader_for(writer_of(request))
    found = Article.objects.visible_to(reader).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _text(request: HttpRequest, number: int, language: str) -> ArticleTranslation:
    check(writer_of(request).has_perm(EDIT))
    text = _article(request, number).translations.filter(language=language).first()
    if text is None:
        raise Http404
    return text


def _written(article: Article, outcome: SaveOutcome | None = None, pending: int = 0) -> Written:
    text = outcome.translation if outcome else None
    return Written(
        number=article.pk,
        slug=article.slug,
        status=article.status,
        language=text.language if text else "",
        revision=text.revision_number if text else 0,
        pending=pending,
    )


def _platforms(slugs: list[str] | None, place: str) -> list[Platform] | None:
    """Return the platforms; raise ``WrongValueError``: one that ``place`` names is none."""
    if slugs is None:
        return None
    found = list(Platform.objects.filter(slug__in=slugs))
    if strange := set(slugs) - {one.slug for one in found}:
        known = Platform.objects.values_list("slug", flat=True)
        raise WrongValueError(unknown_value(place, one, known) for one in sorted(strange))
    return found


def _values(details: DetailsIn) -> dict[str, Any]:
    """Return the fields that are named; none but the day of the review can be empty."""
    values = details.model_dump(exclude_unset=True, exclude={"platforms"})
    return {n: v for n, v in values.items() if v is not None or n == "review_due"}


def _decided(article: Article) -> dict[str, str]:
    """Return what is decided about an article, in words."""
    names = [name for name in DetailsIn.model_fields if name != "platforms"]
    values = {name: str(getattr(article, name) or "") for name in names}
    return {**values, "platforms": ", ".join(sorted(map(str, article.platforms.all())))}


def _note_changes(
    request: HttpRequest, target: Model, before: dict[str, str], after: dict[str, str]
) -> None:
    """Note in the audit what differs, if anything does."""
    differing = [name for name in after if before[name] != after[name]]
    if differing:
        note(
            writer_of(request),
            Act.CHANGED,
            target,
            before={name: before[name] for name in differing},
            after={name: after[name] for name in differing},
        )


@api.post(
    "/articles/",
    auth=_WRITING,
    response={201: Written, **CHANGE_ERRORS},
    operation_id="createArticle",
)
def create(request: HttpRequest, response: HttpResponse, payload: ArticleIn) -> Status[Written]:
    """Make a draft with its first text; the next change of the text has to name the ``ETag``."""
    user = writer_of(request)
    check(may_edit(user, None) and user.has_perm("troubleshooting.add_article"))
    values = _values(payload.details)
    with of_one_address(), transaction.atomic():
        article = create_article(
            title=payload.title,
            owner=user,
            platforms=_platforms(payload.details.platforms, "body.details.platforms") or (),
            by=user,
            **values,
        )
        outcome = _save(request, article, payload.language, payload, 0)
        note(user, Act.ADDED, article)
    name_revision(response, outcome.translation.revision_number)
    name_place(response, "read_article", number=article.pk)
    return Status(201, _written(article, outcome))


@api.patch(
    "/articles/{number}/",
    auth=_WRITING,
    response={200: Written, **CHANGE_ERRORS},
    operation_id="changeArticle",
)
def change(request: HttpRequest, number: Number, payload: DetailsIn) -> Written:
    """Change what is decided about an article beside its texts."""
    article = _article(request, number)
    check(may_decide(writer_of(request), article))
    with of_one_address(), transaction.atomic():
        before = _decided(article)
        update_article(
            article,
            platforms=_platforms(payload.platforms, "body.platforms"),
            by=writer_of(request),
            **_values(payload),
        )
        _note_changes(request, article, before, _decided(article))
    return _written(article)


@api.get(_PLACE, auth=_WRITING, response={200: RawText, **ONE_ERRORS}, operation_id="readText")
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
    auth=_WRITING,
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
    article, user = _article(request, number), writer_of(request)
    text = article.translations.filter(language=language).first()
    base = base_revision(if_match, if_none_match, text.revision_number if text else 0)
    is_at_once = may_edit(user, article)
    check(is_at_once or may_propose(user, article))
    if text is None:
        _check_none_begun(article, language)
    if is_at_once:
        with transaction.atomic():
            outcome = _save(request, article, language, payload, base)
            note(user, Act.CHANGED, article, detail=_named(outcome))
        name_revision(response, outcome.translation.revision_number)
        if text is None:
            name_place(response, "read_text", number=number, language=language)
        return Status(200 if text else 201, _written(article, outcome))
    pending = _propose(request, article, language, payload, base, pending_named(if_match))
    note(user, Act.CHANGED, article, detail=f"{language}: 202")
    return Status(202, _written(article, pending=pending))


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


def _named(outcome: SaveOutcome) -> str:
    return f"{outcome.translation.language} r{outcome.translation.revision_number}"


def _save(
    request: HttpRequest, article: Article, language: str, payload: TextIn, base: int
) -> SaveOutcome:
    """Save a text; the first beside another is its translation."""
    others = article.translations.exclude(language=language).order_by("source_language", "pk")
    try:
        return save_translation(
            article=article,
            language=language,
            texts=payload.texts(),
            author=writer_of(request),
            origin=Revision.Origin.EDITOR,
            comment=payload.comment,
            size=payload.size,
            base_revision=base,
            translated_from=None if base else others.first(),
        )
    except EditConflict as conflict:
        raise HttpError(412, at_revision(conflict.revision)) from None


@api.get(
    f"{_PLACE}revisions/",
    auth=_WRITING,
    response={200: list[RevisionOut], **ONE_ERRORS},
    operation_id="listRevisions",
)
def list_revisions(request: HttpRequest, number: Number, language: WrittenLanguage) -> Any:
    """List what a text said after each save, the newest first; the last hundred."""
    text = _text(request, number, language)
    return list(Revision.objects.filter(translation=text).order_by("-number")[:100])


@api.get(
    f"{_PLACE}revisions/{{revision}}/",
    auth=_WRITING,
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
    auth=_WRITING,
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
    note(writer_of(request), Act.RESTORED, text.article, detail=f"r{revision} → {_named(outcome)}")
    name_revision(response, outcome.translation.revision_number)
    return _written(text.article, outcome)


@api.post(
    "/articles/{number}/status/",
    auth=_WRITING,
    response={200: Written, **CHANGE_ERRORS},
    operation_id="changeStatus",
)
def lead_on(request: HttpRequest, number: Number, payload: TransitionIn) -> Written:
    """Lead an article from one state to another.

    To ``publish`` names the ``revisions`` of all texts, as they were read. Without them the answer
    is 428, and 409 where somebody saved another meanwhile.
    """
    article = _article(request, number)
    if payload.transition == "publish" and payload.revisions is None:
        raise HttpError(428, _("Say by “revisions” which texts you publish."))
    change_status(
        article,
        payload.transition,
        user=writer_of(request),
        comment=payload.comment,
        accept_missing=payload.accept_missing,
        seen=payload.revisions,
    )
    return _written(article)


@api.post(
    "/platforms/",
    auth=_WRITING,
    response={201: PlatformIn, **CHANGE_ERRORS},
    operation_id="addPlatform",
)
def add_platform(
    request: HttpRequest, response: HttpResponse, payload: PlatformIn
) -> Status[Platform]:
    """Make a platform."""
    check(writer_of(request).has_perm("troubleshooting.add_platform"))
    platform = _store(Platform(), payload)
    note(writer_of(request), Act.ADDED, platform)
    name_place(response, "read_platform", slug=platform.slug)
    return Status(201, platform)


@api.put(
    "/platforms/{slug}/",
    auth=_WRITING,
    response={200: PlatformIn, **CHANGE_ERRORS},
    operation_id="changePlatform",
)
def change_platform(request: HttpRequest, slug: Slug, payload: PlatformIn) -> Platform:
    """Change a platform; links to the address that it leaves go on leading to it."""
    check(writer_of(request).has_perm("troubleshooting.change_platform"))
    platform = Platform.objects.filter(slug=slug).first()
    if platform is None:
        raise Http404
    check(may_lead_platforms(writer_of(request), [platform]))
    before = _as_words(platform)
    _store(platform, payload)
    _note_changes(request, platform, before, _as_words(platform))
    return platform


def _as_words(platform: Platform) -> dict[str, str]:
    return {name: str(getattr(platform, name)) for name in PlatformIn.model_fields}


def _store(platform: Platform, payload: PlatformIn) -> Platform:
    for name, value in payload.model_dump().items():
        setattr(platform, name, value)
    try:
        with transaction.atomic():
            save_platform(platform)
    except IntegrityError:
        raise HttpError(409, _("Another platform has this address or name.")) from None
    except ValidationError as error:
        raise HttpError(409, " ".join(error.messages)) from None
    return platform
