"""Rows of the queue: written with their cause, taken by one worker each, ended by it alone.

Who changes a row names in the same statement the state that it saw, so no two of many workers and
pages ever do so at once, on SQLite as on PostgreSQL.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from kbportal.environment.databases import is_busy

from ..models import Job
from ..texts.languages import UNTRANSLATED
from ..texts.remarks import remark
from .identity import new_name
from .run import Cancelled, GiveUp, Interrupted, JobRun, RetryLater, own
from .tasks import QUEUES, Backoff, Task, UnknownTaskError, task_at

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)

#: A worker that has not said so long that it lives is taken for dead, wherever it ran.
LEASE = timedelta(seconds=60)
#: Workers that may die with a job that gets no further: it might be what kills them.
MOST_CRASHES = 3
_PATIENCE = timedelta(seconds=15)
#: When a call is made again that others kept from the database, whatever its task says.
_WHILE_BUSY = Backoff(attempts=6, first=timedelta(seconds=5), most=timedelta(minutes=1))
_LONGEST_ERROR = 2000
_OVER = (Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED)


def enqueue(
    task: Task, *, user: User | None = None, delay: timedelta = timedelta(), **arguments: Any
) -> Job:
    """Ask for a call of ``task`` with ``arguments`` (types of JSON), in the caller's transaction.

    It runs once that is committed and ``delay`` is over; its texts are in the language of now.
    """
    return Job.objects.create(
        task=task.path,
        queue=task.queue,
        arguments=arguments,
        language=translation.get_language() or UNTRANSLATED,
        user=user,
        due=timezone.now() + delay,
    )


def cancel(job: Job) -> bool:
    """Cancel ``job``: at once if it waits, else when its task asks; return False if it is over."""
    mine = Job.objects.filter(pk=job.pk)
    now = timezone.now()
    if mine.filter(state=Job.State.WAITING).update(state=Job.State.CANCELLED, finished=now):
        return True
    return bool(mine.filter(state=Job.State.RUNNING).update(is_unwanted=True))


def is_waiting_in_vain(job: Job) -> bool:
    """Return whether ``job`` could have begun long ago, and no worker seems to be there."""
    now = timezone.now()
    if job.state != Job.State.WAITING or job.due > now - _PATIENCE:
        return False
    return not Job.objects.filter(
        queue=job.queue, state=Job.State.RUNNING, seen__gt=now - LEASE
    ).exists()


def claim(queue: str, worker: str) -> Job | None:
    """Mark the job of ``queue`` that has been due longest as run by ``worker``, and return it.

    None where none is due. No two workers get the same job.
    """
    while True:
        now = timezone.now()
        due = Job.objects.filter(state=Job.State.WAITING, queue=queue, due__lte=now)
        job = due.order_by("due", "pk").first()
        if job is None:
            return None
        taken = Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(
            state=Job.State.RUNNING, worker=worker, seen=now, started=now, done=0, note=""
        )
        if taken:
            job.refresh_from_db()
            return job


def beat(worker: str, in_hand: set[int]) -> None:
    """Note that ``worker`` lives and works at the jobs ``in_hand``."""
    if in_hand:
        mine = Job.objects.filter(pk__in=in_hand, worker=worker, state=Job.State.RUNNING)
        mine.update(seen=timezone.now())


def reclaim(is_dead: Callable[[str], bool]) -> int:
    """Make jobs wait again whose worker is dead; return how many there were.

    A job with which workers keep dying has failed. One that was asked for in the future, by a clock
    that was set back since, need not wait for that.
    """
    now, count = timezone.now(), 0
    Job.objects.filter(
        state=Job.State.WAITING, created__gt=now + LEASE, due__lte=F("created") + LEASE
    ).update(created=now, due=now)
    for job in Job.objects.filter(state=Job.State.RUNNING):
        # Seen in the future: the clock was set back.
        is_seen = job.seen is not None and abs(now - job.seen) <= LEASE
        if is_dead(job.worker) or not is_seen:
            count += _orphan(job)
    return count


def _orphan(job: Job) -> int:
    if job.is_unwanted:
        return _end(job, Job.State.CANCELLED)
    if job.crashes + 1 >= MOST_CRASHES:
        stopped = gettext_noop("The background worker stopped each time it ran this.")
        return _give_up(job, remark(stopped))
    logger.warning("Job %s goes on: its worker %s is gone.", job, job.worker)
    return own(job).update(
        state=Job.State.WAITING, worker="", due=timezone.now(), crashes=F("crashes") + 1
    )


def perform(job: Job, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Call the task of ``job``, which the caller has claimed, and write how it ended."""
    try:
        with translation.override(job.language):
            task = task_at(job.task)
            result = task(JobRun(job, is_stopping), **job.arguments)
    except Cancelled:
        _end(job, Job.State.CANCELLED)
    except Interrupted:
        own(job).update(state=Job.State.WAITING, worker="", due=timezone.now())
    except UnknownTaskError as error:
        logger.error("Job %s: there is no such task.", job)
        _give_up(job, str(error))
    except Exception as error:  # whatever a task raises ends its job, not the worker
        _fail(job, task, error)
    else:
        _end(job, Job.State.DONE, result=result or {})


def _fail(job: Job, task: Task, error: Exception) -> None:
    """Write that a call failed; try again if its task wants so."""
    is_said = isinstance(error, (GiveUp, RetryLater))
    said = str(error) if is_said else f"{type(error).__name__}: {error}"
    attempts = job.attempts + 1
    wait = None if isinstance(error, GiveUp) else task.backoff.wait(attempts)
    if wait is None and is_busy(error):
        wait = _WHILE_BUSY.wait(attempts)
    if wait is not None and isinstance(error, RetryLater):
        wait = error.wait
    if wait is None:
        if not isinstance(error, GiveUp):
            logger.exception("Job %s failed.", job, exc_info=error)
        _give_up(job, said[:_LONGEST_ERROR], attempts=attempts)
        return
    logger.warning("Job %s is tried again in %s: %s", job, wait, type(error).__name__)
    own(job).update(
        state=Job.State.WAITING,
        worker="",
        attempts=attempts,
        due=timezone.now() + wait,
        error=said[:_LONGEST_ERROR],
    )


def _end(job: Job, state: Job.State, **values: Any) -> int:
    return own(job).update(state=state, worker="", finished=timezone.now(), **values)


def _give_up(job: Job, error: str, **values: Any) -> int:
    """Write that ``job`` has failed for good, and tell its task."""
    ended = _end(job, Job.State.FAILED, error=error, **values)
    if ended:
        job.error = error
        try:
            if told := task_at(job.task).given_up:
                told(job)
        except Exception:  # the job has failed, whatever becomes of what follows
            logger.exception("Job %s failed, and what follows of it too.", job)
    return ended


def work_off(*queues: str) -> int:
    """Do in this process all that is due; return how many calls that were."""
    worker, count = new_name(), 0
    for queue in queues or QUEUES:
        while job := claim(queue, worker):
            perform(job)
            count += 1
    return count


def forget(before: timedelta) -> int:
    """Delete jobs that were over ``before`` now; return how many there were."""
    old = Job.objects.filter(state__in=_OVER, finished__lt=timezone.now() - before)
    return old.delete()[0]
