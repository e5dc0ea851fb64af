"""What may be done with a run: stopped, imported after its rehearsal, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from ...jobs import cancel
from ...models import ImportRun, Job, Source
from . import staging
from .tasks import start, start_undoing

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_BUSY = (Job.State.WAITING, Job.State.RUNNING)


class FilesGoneError(Exception):
    """The uploaded files of a rehearsal are no longer there, or there was none."""


def job_of(run: ImportRun) -> Job | None:
    """Return the job that works on ``run``, or did last."""
    return run.undoing or run.job


def is_busy(job: Job | None) -> bool:
    """Return whether a job waits or runs."""
    return job is not None and job.state in _BUSY


def runs_of(source: Source) -> QuerySet[ImportRun]:
    """Return the imports of a source, the newest first."""
    return ImportRun.objects.filter(source=source, is_upload=False).select_related("user", "job")


def running_import(source: Source) -> ImportRun | None:
    """Return the import of ``source`` that waits or runs."""
    return runs_of(source).filter(job__state__in=_BUSY).first()


def start_source(source: Source, user: User, *, is_rehearsal: bool) -> ImportRun:
    """Have a source imported, or the import rehearsed."""
    files = [source.location]
    return start(ImportRun(source=source, user=user, files=files, is_rehearsal=is_rehearsal))


def stop(run: ImportRun) -> bool:
    """Cancel what works on ``run``; return False where nothing does. What is done stays."""
    job = job_of(run)
    return job is not None and cancel(job)


def confirm(run: ImportRun, user: User) -> ImportRun | None:
    """Import what ``run`` rehearsed; return None where somebody did so already.

    Raise ``FilesGoneError``: there is nothing to import any more.
    """
    if not run.is_rehearsal or (run.is_upload and not staging.folder_of(run.token)):
        raise FilesGoneError
    made = ImportRun(
        source=run.source,
        user=user,
        files=run.files,
        token=run.token,
        is_upload=run.is_upload,
        language=run.language,
    )
    # Sent twice, it imports once: only the first finds the files of the rehearsal.
    if run.is_upload and not ImportRun.objects.filter(pk=run.pk, token=run.token).update(token=""):
        return None
    return start(made)


def can_go_on(run: ImportRun) -> bool:
    """Return whether ``run`` was given up before it was finished, and its files are still there."""
    job = run.job
    is_given_up = job is not None and job.state in (Job.State.FAILED, Job.State.CANCELLED)
    has_files = not run.is_upload or staging.folder_of(run.token) is not None
    return is_given_up and has_files and not (run.finished or run.undone or run.undoing)


def go_on(run: ImportRun) -> bool:
    """Have the rest of ``run`` imported; return False where there is none. What is done stays."""
    if not can_go_on(run):
        return False
    start(run)
    return True


def take_back(run: ImportRun, user: User) -> bool:
    """Have ``run`` undone; return False where it is, or cannot be."""
    if run.is_rehearsal or run.undone or is_busy(run.undoing) or is_busy(run.job):
        return False
    start_undoing(run, user)
    return True
