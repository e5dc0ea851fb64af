"""The queue: what happens to a job, whatever its task, its worker or its cause does."""

from __future__ import annotations

import subprocess
from datetime import timedelta

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone, translation

from troubleshooting.jobs import (
    LONG,
    Backoff,
    GiveUp,
    RetryLater,
    Task,
    cancel,
    enqueue,
    forget,
    identity,
    is_waiting_in_vain,
    queue,
    tasks,
    work_off,
)
from troubleshooting.models import Job

pytestmark = pytest.mark.django_db

CALLS: list[dict[str, object]] = []
THREE = Backoff(attempts=3, first=timedelta(seconds=10), factor=3, jitter=0)


@pytest.fixture(autouse=True)
def _no_calls_yet():
    CALLS.clear()


def work(run, **arguments):
    CALLS.append(arguments | {"language": translation.get_language(), "attempt": run.attempt})
    return {"said": "done"}


def fail(run):
    raise ConnectionError("no route")


def fail_for_good(run):
    raise GiveUp("the address is gone")


def fail_politely(run):
    raise RetryLater("busy", wait=timedelta(hours=1))


def fail_busy(run):
    """Others kept it from the database, longer than the task itself would try."""
    raise OperationalError("database is locked")


def count(run, to):
    for number in range(to):
        CALLS.append({"number": number})
        run.progress(number + 1, to)


def cancel_itself(run):
    cancel(run.job)
    run.progress(1, 1)
    CALLS.append({"went": "on"})


FUNCTIONS = (work, fail, fail_for_good, fail_politely, fail_busy, count, cancel_itself)
BY_NAME = {function.__name__: function for function in FUNCTIONS}


@pytest.fixture
def ask(monkeypatch):
    """Return a function that enqueues a call of a function of this module."""
    monkeypatch.setattr(
        queue, "task_at", lambda path: Task(BY_NAME[path.partition(":")[2]], backoff=THREE)
    )
    return lambda function, **more: enqueue(Task(function, backoff=THREE), **more)


SAID = {
    fail: "ConnectionError: no route",
    fail_politely: "busy",
    fail_for_good: "the address is gone",
    fail_busy: "OperationalError: database is locked",
}


def again(job):
    job.refresh_from_db()
    return job


def make_due():
    Job.objects.update(due=timezone.now())


def test_a_job_runs_once_in_the_language_of_its_cause(ask):
    with translation.override("fr"):
        job = ask(work, number=7)
    assert work_off() == 1
    assert work_off() == 0
    assert CALLS == [{"number": 7, "language": "fr", "attempt": 1}]
    assert (again(job).state, job.result, job.worker) == (Job.State.DONE, {"said": "done"}, "")


def test_a_cause_that_is_taken_back_asks_for_nothing(ask):
    with transaction.atomic():
        ask(work)
        transaction.set_rollback(True)
    assert work_off() == 0


@pytest.mark.parametrize(
    ("function", "waits"),
    [
        (fail, [timedelta(seconds=10), timedelta(seconds=30), None]),
        (fail_politely, [timedelta(hours=1), timedelta(hours=1), None]),
        (fail_for_good, [None]),
        (fail_busy, [timedelta(seconds=s) for s in (10, 30, 45, 60, 60)] + [None]),
    ],
)
def test_what_fails_is_tried_again_later_and_later(ask, function, waits):
    job = ask(function)
    for attempt, wait in enumerate(waits, 1):
        make_due()
        before = timezone.now()
        assert work_off() == 1
        assert again(job).attempts == attempt
        if wait is None:
            assert (job.state, bool(job.error)) == (Job.State.FAILED, True)
        else:
            assert job.state == Job.State.WAITING
            assert wait <= job.due - before < wait * 1.1 + timedelta(seconds=5)
    assert job.error == SAID[function]


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 10), (2, 30), (3, 90), (9, 3600), (5000, 3600)]
)
def test_waits_grow_to_their_most(attempt, seconds):
    backoff = Backoff(10_000, timedelta(seconds=10), 3, most=timedelta(hours=1), jitter=0)
    assert backoff.wait(attempt) == timedelta(seconds=seconds)


def test_a_job_is_cancelled_before_while_and_not_after_it_runs(ask):
    waiting, running = ask(work), ask(cancel_itself)
    assert cancel(waiting)
    assert work_off() == 1
    assert CALLS == []
    assert {again(waiting).state, again(running).state} == {Job.State.CANCELLED}
    assert not cancel(waiting)


def test_two_workers_never_have_one_job(ask):
    job = ask(work)
    assert queue.claim("quick", "a:1:x") == job
    assert queue.claim("quick", "b:2:y") is None


def test_a_worker_that_lost_its_job_neither_goes_on_nor_ends_it(ask):
    job = ask(count, to=2)
    lost = queue.claim("quick", "a:1:x")
    Job.objects.update(state=Job.State.WAITING)
    other = queue.claim("quick", "b:2:y")
    queue.perform(lost)
    assert CALLS == [{"number": 0}]
    assert again(job).state == Job.State.RUNNING
    queue.perform(other)
    assert again(job).state == Job.State.DONE


def test_a_worker_that_stops_leaves_its_job_to_be_gone_on_with(ask):
    job = ask(count, to=3)
    queue.perform(queue.claim("quick", "a:1:x"), is_stopping=lambda: len(CALLS) == 2)
    assert len(CALLS) == 2
    assert (again(job).state, job.attempts, job.crashes) == (Job.State.WAITING, 0, 0)
    work_off()
    assert again(job).state == Job.State.DONE


def dead_name() -> str:
    """Return the name of a worker of this machine whose process is over."""
    process = subprocess.Popen(["true"])
    process.wait()
    place = identity.new_name().partition(":")[0]
    return f"{place}:{process.pid}:0"


@pytest.mark.parametrize(
    ("worker", "silent_for", "goes_on"),
    [
        (dead_name, 0, True),
        (identity.new_name, 0, True),
        (lambda: "elsewhere:1:0", 0, False),
        (lambda: "elsewhere:1:0", 30, False),
        (lambda: "elsewhere:1:0", 90, True),
        (lambda: "elsewhere:1:0", -90, True),
        (lambda: "written by hand", 90, True),
    ],
    ids=[
        "killed",
        "another time",
        "other host",
        "slow",
        "silent",
        "clock set back",
        "odd",
    ],
)
def test_what_a_dead_worker_left_is_gone_on_with(ask, worker, silent_for, goes_on):
    job, me = ask(work), identity.new_name()
    queue.claim("quick", worker())
    Job.objects.update(seen=timezone.now() - timedelta(seconds=silent_for))
    assert queue.reclaim(lambda name: identity.is_dead(name, me)) == goes_on
    assert (again(job).state == Job.State.WAITING) is goes_on


@pytest.mark.parametrize(("delay", "is_begun"), [(0, True), (3600, False)])
def test_what_was_asked_for_by_a_clock_that_ran_ahead_does_not_wait_for_that_day(
    ask, delay, is_begun
):
    job, ahead = ask(work), timezone.now() + timedelta(days=1)
    due = ahead + timedelta(seconds=delay)
    Job.objects.filter(pk=job.pk).update(created=ahead, due=due)
    queue.reclaim(lambda name: False)
    assert (queue.claim("quick", "a:1:x") is not None) is is_begun


def test_a_living_worker_keeps_its_job_however_long_it_takes(ask):
    job = ask(work)
    queue.claim("quick", "elsewhere:1:0")
    Job.objects.update(seen=timezone.now() - timedelta(hours=1))
    queue.beat("elsewhere:1:0", {job.pk})
    assert queue.reclaim(lambda name: False) == 0


@pytest.mark.parametrize(("further", "state"), [(0, Job.State.FAILED), (1, Job.State.WAITING)])
def test_what_kills_its_workers_fails_unless_it_gets_further(ask, further, state):
    job = ask(count, to=9)
    for death in range(queue.MOST_CRASHES):
        taken = queue.claim("quick", "a:1:x")
        assert taken
        queue.JobRun(taken).progress(1 + death * further, 9)
        queue.reclaim(lambda name: True)
    assert again(job).state == state


@pytest.mark.parametrize(
    "path", ["os:system", "troubleshooting.jobs.queue:forget", "troubleshooting.none:x", "x", ""]
)
def test_a_row_can_call_nothing_but_tasks(path):
    with pytest.raises(tasks.UnknownTaskError):
        tasks.task_at(path)
    job = Job.objects.create(task=path, queue=LONG, language="en")
    assert work_off() == 1
    assert again(job).state == Job.State.FAILED


def test_it_is_said_that_no_worker_is_there(ask):
    job = ask(work)
    assert not is_waiting_in_vain(job)
    Job.objects.update(due=timezone.now() - timedelta(minutes=1))
    assert is_waiting_in_vain(again(job))
    other = ask(work)
    Job.objects.filter(pk=other.pk).update(state=Job.State.RUNNING, seen=timezone.now())
    assert not is_waiting_in_vain(job)


def test_only_what_is_long_over_is_forgotten(ask):
    over, waiting = ask(work), ask(work)
    Job.objects.filter(pk=over.pk).update(
        state=Job.State.DONE, finished=timezone.now() - timedelta(days=31)
    )
    assert forget(timedelta(days=30)) == 1
    assert list(Job.objects.all()) == [waiting]
