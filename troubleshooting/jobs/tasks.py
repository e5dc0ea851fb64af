"""Functions that the worker may call, and how often it tries."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from typing import Any

from ..models import Job
from .run import JobRun

#: Seconds at most, such as a letter or a call of another program.
QUICK = "quick"
#: Minutes: an import. They never keep what is quick waiting.
LONG = "long"
QUEUES = (QUICK, LONG)

#: What a task returns is kept in ``Job.result``, so it consists of the types of JSON.
Work = Callable[..., dict[str, Any] | None]


class UnknownTaskError(Exception):
    """A row names a function that is not there, or that is no task."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """When to try again: after ``first``, each time ``factor`` times as long, ``most`` at most.

    ``attempts`` counts all calls; 1 never tries again.
    """

    attempts: int = 1
    first: timedelta = timedelta(seconds=30)
    factor: float = 3.0
    most: timedelta = timedelta(hours=6)
    #: Up to this share is added by chance, so that what failed together does not return together.
    jitter: float = 0.1

    def wait(self, attempt: int) -> timedelta | None:
        """Return how long to wait after the call number ``attempt`` failed; None: no more."""
        if attempt >= self.attempts:
            return None
        # A power too large for a float is past every limit anyway.
        growth = min(self.factor ** min(attempt - 1, 64), self.most / self.first)
        wait = min(self.first * growth, self.most)
        return wait * (1 + random.uniform(0, self.jitter))


@dataclass(frozen=True, slots=True)
class Task:
    """A function, by its dotted path, and how the worker calls it."""

    work: Work
    queue: str = QUICK
    backoff: Backoff = field(default_factory=Backoff)
    #: Called with a job that has failed and is not tried again.
    given_up: Callable[[Job], None] | None = None

    @property
    def path(self) -> str:
        """Return what rows call it: renaming it leaves waiting rows without their task."""
        return f"{self.work.__module__}:{self.work.__qualname__}"

    def __call__(self, run: JobRun, **arguments: Any) -> dict[str, Any] | None:
        """Do the work now."""
        return self.work(run, **arguments)


def task(
    *,
    queue: str = QUICK,
    backoff: Backoff | None = None,
    given_up: Callable[[Job], None] | None = None,
) -> Callable[[Work], Task]:
    """Make a task of a function at the top of its module.

    It is called with a ``JobRun`` and the arguments by name that ``enqueue`` was given, and
    ``given_up`` with the job once it has failed for good.

    Raise ``ValueError``: there is no such queue.
    """
    if queue not in QUEUES:
        raise ValueError(queue)
    return lambda work: Task(work, queue, backoff or Backoff(), given_up)


def task_at(path: str) -> Task:
    """Return the task at ``path``; raise ``UnknownTaskError``.

    A row can make the worker import a module of the portal alone, and call nothing but tasks.
    """
    module, _, name = path.partition(":")
    if not module.startswith("troubleshooting."):
        raise UnknownTaskError(path)
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise UnknownTaskError(path) from error
    if not isinstance(found, Task):
        raise UnknownTaskError(path)
    return found
