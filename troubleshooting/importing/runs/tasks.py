"""Imports that the worker does: uploads, sources, and the way back from either."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from ...jobs import LONG, Backoff, Cancelled, GiveUp, JobRun, RetryLater, enqueue, task
from ...models import ImportRun, Job
from ...texts.docfx import DocumentError
from ...webhooks.events import IMPORT, announce
from ..report import DocumentReport, RunReport
from ..run import import_paths, import_source
from . import staging
from .noting import note_import, note_undoing
from .recording import Recorder, changing, error_of
from .undoing import undo

if TYPE_CHECKING:
    from django.contrib.auth.models import User


#: Until documents are tried again that others held all the time.
_AGAIN = timedelta(minutes=1)


def _note_given_up(job: Job) -> None:
    """Note that ``job`` will not go on with its import."""
    row = ImportRun.objects.filter(pk=job.arguments["record"], is_rehearsal=False).first()
    if row and not row.finished:
        note_import(row, job.error)


@task(queue=LONG, backoff=Backoff(attempts=5, first=_AGAIN), given_up=_note_given_up)
def import_documents(run: JobRun, record: int) -> None:
    """Do the import, or the rehearsal, of the row ``record``; what is done already stays.

    It is not finished before every document was had, or said why it cannot be.

    Raise ``RetryLater``: texts of some documents were being changed by others.
    """
    row = ImportRun.objects.select_related("source", "user").get(pk=record)
    if row.is_rehearsal:
        # Nothing of it was kept, so the parts of an interrupted one do not know of each other.
        row.documents.all().delete()

    def progress(number: int, total: int, report: DocumentReport) -> None:
        run.progress(number, total, report.path)

    common: dict[str, Any] = {
        "dry_run": row.is_rehearsal,
        "author": row.user,
        "progress": progress,
        "recorder": Recorder(row),
    }
    try:
        report = _import_upload(row, common) if row.is_upload else _import_source(row, common)
        if report.busy:
            raise RetryLater(report.busy[0].messages[0], wait=_AGAIN)
    except DocumentError as error:
        row.error = error_of(row, error)
    except Cancelled:
        if not row.is_rehearsal and changing(row).exists():
            note_import(row)
        raise
    row.finished = timezone.now()
    with transaction.atomic():
        row.save(update_fields=["error", "finished"])
        if not row.is_rehearsal:
            announce(IMPORT, id=row.pk, is_complete=not row.error)
            note_import(row)
    if row.is_upload and not row.is_rehearsal:
        staging.drop(row.token)


def _import_source(row: ImportRun, common: dict[str, Any]) -> RunReport:
    return import_source(row.source, **common) if row.source else RunReport()


def _import_upload(row: ImportRun, common: dict[str, Any]) -> RunReport:
    folder = staging.folder_of(row.token)
    if folder is None:
        raise DocumentError("missing")
    names = sorted(file.name for file in folder.iterdir())
    language = row.language or None
    return import_paths(names, folder=folder, language=language, source=row.source, **common)


def _note_undoing_given_up(job: Job) -> None:
    """Note that ``job`` will not go on with taking its import back."""
    row = ImportRun.objects.filter(pk=job.arguments["record"], undone=None).first()
    if row:
        note_undoing(row, job.user, job.error)


@task(queue=LONG, given_up=_note_undoing_given_up)
def undo_import(run: JobRun, record: int) -> None:
    """Take back the import of the row ``record``.

    Raise ``GiveUp``: it was taken back before.
    """
    row = ImportRun.objects.get(pk=record)
    if row.undone:
        raise GiveUp("undone already")
    try:
        undo(row, run.job.user, lambda number, total: run.progress(number, total))
    except Cancelled:
        row.refresh_from_db()
        note_undoing(row, run.job.user)
        raise


@transaction.atomic
def start(row: ImportRun) -> ImportRun:
    """Store ``row`` and have it imported."""
    row.save()
    row.job = enqueue(import_documents, user=row.user, record=row.pk)
    row.save(update_fields=["job"])
    return row


@transaction.atomic
def start_undoing(row: ImportRun, user: User) -> None:
    """Queue the job by which ``user`` takes the import ``row`` back, and note it there."""
    row.undoing = enqueue(undo_import, user=user, record=row.pk)
    row.save(update_fields=["undoing"])
