"""Work that nobody waits for: a queue on the database, and the worker that takes from it.

A function becomes a task by ``@task()``. ``enqueue`` writes a row in the transaction of its cause:
if that is rolled back the work was never asked for, and once it is committed the work is done even
if all processes die. A task that was interrupted is called again, so what it does twice must do no
harm.
"""

from .queue import cancel, enqueue, forget, is_waiting_in_vain, work_off
from .run import Cancelled, GiveUp, Interrupted, JobRun, RetryLater
from .tasks import LONG, QUICK, Backoff, Task, task

__all__ = [
    "LONG",
    "QUICK",
    "Backoff",
    "Cancelled",
    "GiveUp",
    "Interrupted",
    "JobRun",
    "RetryLater",
    "Task",
    "cancel",
    "enqueue",
    "forget",
    "is_waiting_in_vain",
    "task",
    "work_off",
]
