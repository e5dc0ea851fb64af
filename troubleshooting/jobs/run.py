"""What a task is told of its call, and how it says how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from django.db.models import Case, F, PositiveIntegerField, QuerySet, Value, When
from django.db.models.functions import Greatest

from ..models import Job

#: Seconds between two notes of progress: a task may report as often as it likes.
_APART = 0.5


class Interrupted(BaseException):
    """The call ends here, and the job is taken up again later.

    It is no ``Exception``, so that a task which forgives errors does not go on.
    """


class Cancelled(BaseException):
    """Somebody cancelled the job."""


class GiveUp(Exception):  # noqa: N818 (an instruction)
    """Trying again would not help: the job has failed, for the reason given."""


class RetryLater(Exception):  # noqa: N818 (an instruction)
    """Try again after ``wait``, as long as the task has attempts left."""

    def __init__(self, reason: str, wait: timedelta) -> None:
        super().__init__(reason)
        self.wait = wait


class JobRun:
    """One call of a task by one worker."""

    def __init__(self, job: Job, is_stopping: Callable[[], bool] = lambda: False) -> None:
        self.job = job
        self.attempt = job.attempts + 1
        self._is_stopping = is_stopping
        self._noted = 0.0

    def progress(self, count: int, total: int, note: str = "") -> None:
        """Say that ``count`` of ``total`` are done, outside any transaction of the task.

        Raise ``Cancelled`` where somebody wants the job no more, and ``Interrupted`` where the
        worker stops or the job has been given to another: call it where both do no harm.
        """
        now = time.monotonic()
        if now - self._noted < _APART and count < total:
            return self._heed_stop()
        self._noted = now
        further, number = When(furthest__lt=count, then=Value(0)), PositiveIntegerField()
        mine = own(self.job)
        written = mine.update(
            done=count,
            total=total,
            note=note[:300],
            crashes=Case(further, default=F("crashes"), output_field=number),
            furthest=Greatest("furthest", Value(count, output_field=number)),
        )
        if not written:
            raise Interrupted
        if mine.filter(is_unwanted=True).exists():
            raise Cancelled
        return self._heed_stop()

    def _heed_stop(self) -> None:
        if self._is_stopping():
            raise Interrupted


def own(job: Job) -> QuerySet[Job]:
    """Return the row of ``job`` as long as the worker that took it has it."""
    return Job.objects.filter(pk=job.pk, worker=job.worker, state=Job.State.RUNNING)
