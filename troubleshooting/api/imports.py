"""The operations that import documents: started, watched, reported, taken back."""

from __future__ import annotations

import base64
from collections import Counter
from datetime import datetime
from typing import Annotated, Any, Literal

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query, Schema, Status
from ninja.errors import HttpError
from pydantic import Discriminator, Field, Tag

from ..auditing import Act, note
from ..importing import DocumentReport
from ..importing.runs import acts, staging
from ..importing.runs.tasks import start
from ..models import AccessToken, ImportRun, Job, Source
from ..rights import may_import
from ..texts.remarks import in_words
from .changes import ChangeInput
from .inputs import (
    CHANGE_ERRORS,
    ONE_ERRORS,
    READ_ERRORS,
    Cursor,
    Language,
    Number,
    Slug,
    Text,
    place_of,
)
from .interface import api
from .rights import Token, check, writer_of

_IMPORTING = Token(AccessToken.Scope.IMPORT)
#: Uploads of one account that may wait for the worker at once.
MOST_WAITING = 200
_MOST_FILES = 50
#: A name that is no path, and with its accents no longer than file systems take (255 bytes).
_NAME = r"^[A-Za-z0-9À-ÿ_][-A-Za-z0-9À-ÿ_.() ]{0,100}\.%s$"
_BASE64 = r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
Rehearsal = Annotated[bool, Field(strict=True)]
StateName = Literal["waiting", "running", "done", "failed", "cancelled", "interrupted", "undone"]
OutcomeName = Literal[
    "created", "updated", "unchanged", "kept", "merged", "conflict", "waiting", "removed", "failed"
]


class DocumentIn(ChangeInput):
    """A document in Markdown."""

    name: Annotated[str, Field(pattern=_NAME % r"([mM][dD]|markdown)")]
    text: Text


class ArchiveIn(ChangeInput):
    """A zip archive of documents with their images, in Base64 (RFC 4648, section 4)."""

    name: Annotated[str, Field(pattern=_NAME % "[zZ][iI][pP]")]
    base64: Annotated[str, Field(pattern=_BASE64)]


def _kind_of_file(value: object) -> str:
    """Return which object a file is held against, so that errors are about that one alone."""
    if isinstance(value, dict):
        is_zip = str(value.get("name", "")).lower().endswith(".zip")
        return "ArchiveIn" if is_zip or "base64" in value else "DocumentIn"
    return "ArchiveIn" if isinstance(value, ArchiveIn) else "DocumentIn"


FileIn = Annotated[
    Annotated[DocumentIn, Tag("DocumentIn")] | Annotated[ArchiveIn, Tag("ArchiveIn")],
    Discriminator(_kind_of_file),
]


class UploadIn(ChangeInput):
    """What to import; ``rehearsal`` reports what would be done, and changes nothing."""

    files: Annotated[list[FileIn], Field(min_length=1, max_length=_MOST_FILES)]
    language: Language = ""
    rehearsal: Rehearsal = False


class SourceStartIn(ChangeInput):
    """How to import a source; ``rehearsal`` as for an upload."""

    rehearsal: Rehearsal = False


class ActIn(ChangeInput):
    """Import what was rehearsed, stop what waits or runs, or take an import back."""

    act: Literal["confirm", "cancel", "undo"]


class SourceOut(Schema):
    """A tree of documents that is imported again and again."""

    slug: str
    name: str
    kind: str
    is_active: bool
    imported: datetime | None
    imported_revision: str


class ImportOut(Schema):
    """How far an import is. ``counts`` are its articles by outcome, once it has ended."""

    number: int
    state: StateName
    is_rehearsal: bool
    source: str
    files: list[str]
    language: str
    done: int
    total: int
    error: str
    created: datetime
    finished: datetime | None
    undone: datetime | None
    failed: int
    counts: dict[str, int]


class ImportPage(Schema):
    """Imports, the newest first; ``next`` is the cursor of the rest, empty at the end."""

    items: list[ImportOut]
    next: str


class ImportedArticle(Schema):
    """What became of an article of a document; ``lines`` are its first and last line there."""

    slug: str
    anchor: str
    title: str
    outcome: OutcomeName
    platforms: list[str]
    codes: list[str]
    messages: list[str]
    resolutions: int
    steps: int
    images: int
    lines: tuple[int, int]


class ImportedDocument(Schema):
    """What became of a file; ``messages`` say why it failed, or what wants a look."""

    path: str
    outcome: OutcomeName
    language: str
    title: str
    key: str
    messages: list[str]
    articles: list[ImportedArticle]


class ReportPage(Schema):
    """The report of an import; ``next`` is the cursor of the rest, empty at the end."""

    items: list[ImportedDocument]
    next: str


def _check(request: HttpRequest) -> None:
    """Raise ``HttpError`` where the owner of the token may not import any more."""
    user = writer_of(request)
    check(user.is_staff and may_import(user))


def _run(request: HttpRequest, number: int) -> ImportRun:
    _check(request)
    runs = ImportRun.objects.select_related("source", "job", "undoing")
    found = runs.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _state(run: ImportRun) -> str:
    job = acts.job_of(run)
    if run.undone:
        return "undone"
    if run.error or (job and job.state == Job.State.FAILED):
        return "failed"
    if job and job.state != Job.State.DONE:
        return job.state
    return "done" if run.finished else "interrupted"


def _said(run: ImportRun) -> dict[str, Any]:
    job = acts.job_of(run)
    counts: Counter[str] = Counter()
    failed = 0
    rows = run.documents.values_list("outcome", "report__articles")
    for outcome, articles in rows.iterator(chunk_size=200) if run.finished else ():
        failed += outcome == "failed"
        counts.update(article["outcome"] for article in articles or ())
    return {
        "number": run.pk,
        "state": _state(run),
        "is_rehearsal": run.is_rehearsal,
        "source": run.source.slug if run.source else "",
        # Where a source lies on the server is nobody's business but the server's.
        "files": run.files if run.is_upload else [],
        "language": run.language,
        "done": job.done if job else 0,
        "total": job.total if job else 0,
        "error": in_words(run.error),
        "created": run.created,
        "finished": run.finished,
        "undone": run.undone,
        "failed": failed,
        "counts": dict(counts),
    }


@api.get(
    "/sources/",
    auth=_IMPORTING,
    response={200: list[SourceOut], **READ_ERRORS},
    operation_id="listSources",
)
def list_sources(request: HttpRequest) -> Any:
    """List the sources that may be imported."""
    _check(request)
    return list(Source.objects.order_by("slug"))


@api.post(
    "/sources/{slug}/imports/",
    auth=_IMPORTING,
    response={202: ImportOut, **CHANGE_ERRORS},
    operation_id="importSource",
)
def import_source(
    request: HttpRequest, response: HttpResponse, slug: Slug, payload: SourceStartIn
) -> Status[dict[str, Any]]:
    """Have the worker import a source; 409 while it does already."""
    _check(request)
    source = Source.objects.filter(slug=slug).first()
    if source is None:
        raise Http404
    if running := acts.running_import(source):
        raise HttpError(
            409, _("The source is being imported already: %(number)d.") % {"number": running.pk}
        )
    run = acts.start_source(source, writer_of(request), is_rehearsal=payload.rehearsal)
    note(writer_of(request), Act.ADDED, run)
    return _watched(response, run)


@api.post(
    "/imports/",
    auth=_IMPORTING,
    response={202: ImportOut, **CHANGE_ERRORS},
    operation_id="importFiles",
)
def import_files(
    request: HttpRequest, response: HttpResponse, payload: UploadIn
) -> Status[dict[str, Any]]:
    """Have the worker import documents that are sent along, or rehearse it."""
    _check(request)
    user = writer_of(request)
    names = [one.name for one in payload.files]
    if twice := [name for name, count in Counter(map(str.lower, names)).items() if count > 1]:
        raise HttpError(409, _("Two files are called %(name)s.") % {"name": twice[0]})
    waiting = ImportRun.objects.filter(user=user, is_upload=True, job__state=Job.State.WAITING)
    if waiting.count() >= MOST_WAITING:
        raise HttpError(429, _("Too many uploads wait to be imported."))
    run = ImportRun(
        user=user,
        files=names,
        token=staging.keep(map(_file, payload.files)),
        is_upload=True,
        language=payload.language,
        is_rehearsal=payload.rehearsal,
    )
    start(run)
    note(user, Act.ADDED, run)
    return _watched(response, run)


def _watched(response: HttpResponse, run: ImportRun) -> Status[dict[str, Any]]:
    """Return how far an import is, and in ``Location`` where to watch it."""
    response.headers["Location"] = reverse("api:watch_import", kwargs={"number": run.pk})
    return Status(202, _said(run))


def _file(document: DocumentIn | ArchiveIn) -> UploadedFile[Any]:
    raw = (
        document.text.encode()
        if isinstance(document, DocumentIn)
        else base64.b64decode(document.base64)
    )
    return UploadedFile(ContentFile(raw), name=document.name)


@api.get(
    "/imports/",
    auth=_IMPORTING,
    response={200: ImportPage, **READ_ERRORS},
    operation_id="listImports",
)
def list_imports(
    request: HttpRequest, cursor: Cursor = "", limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> dict[str, Any]:
    """List imports and rehearsals, of programs and of people."""
    _check(request)
    runs = ImportRun.objects.select_related("source", "job", "undoing").order_by("-pk")
    if cursor:
        runs = runs.filter(pk__lt=place_of(cursor))
    rows = list(runs[: limit + 1])
    more = len(rows) > limit
    return {
        "items": [_said(run) for run in rows[:limit]],
        "next": str(rows[limit - 1].pk) if more else "",
    }


@api.get(
    "/imports/{number}/",
    auth=_IMPORTING,
    response={200: ImportOut, **ONE_ERRORS},
    operation_id="watchImport",
)
def watch_import(request: HttpRequest, number: Number) -> dict[str, Any]:
    """Say how far an import is."""
    return _said(_run(request, number))


@api.get(
    "/imports/{number}/documents/",
    auth=_IMPORTING,
    response={200: ReportPage, **ONE_ERRORS},
    operation_id="readImportReport",
)
def read_report(
    request: HttpRequest,
    number: Number,
    cursor: Cursor = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> dict[str, Any]:
    """Report what became of each file, in the order in which they were done."""
    documents = _run(request, number).documents.filter(pk__gt=place_of(cursor)).order_by("pk")
    rows = list(documents[: limit + 1])
    more = len(rows) > limit
    return {
        "items": [DocumentReport.from_json(row.report) for row in rows[:limit]],
        "next": str(rows[limit - 1].pk) if more else "",
    }


@api.post(
    "/imports/{number}/act/",
    auth=_IMPORTING,
    response={202: ImportOut, **CHANGE_ERRORS},
    operation_id="changeImport",
)
def act_on_import(
    request: HttpRequest, response: HttpResponse, number: Number, payload: ActIn
) -> Status[dict[str, Any]]:
    """Confirm a rehearsal (the answer is the import), cancel, or take back; 409 if impossible."""
    run, user = _run(request, number), writer_of(request)
    changed: ImportRun | None = run
    if payload.act == "confirm":
        try:
            changed = acts.confirm(run, user)
        except acts.FilesGoneError:
            raise HttpError(409, _("It is not a rehearsal, or its files are gone.")) from None
    elif not (acts.stop(run) if payload.act == "cancel" else acts.take_back(run, user)):
        changed = None
    if changed is None:
        raise HttpError(409, _("That is done already, or cannot be done."))
    note(user, Act.CHANGED, run, detail=payload.act)
    return _watched(response, _run(request, changed.pk))
