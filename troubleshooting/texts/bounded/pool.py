"""The child processes of this process: few, kept, replaced when they were ended."""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .limits import Limits, UnrenderableText
from .worker import Answers, ChildWorker

#: Texts read at the same time in one process of the server; who comes later waits.
SIZE = 2
#: Texts after which a child is replaced, since memory gets scattered.
MOST_CALLS = 2_000

logger = logging.getLogger(__name__)


class Pool:
    """Up to ``size`` workers, started when they are needed. Safe among threads and after a fork."""

    def __init__(self, size: int = SIZE, *modules: str) -> None:
        """Load ``modules``, which add their jobs, in each child beside what all have."""
        self._size = size
        self._modules = modules
        self._reset()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)
        atexit.register(self.close)

    def _reset(self) -> None:
        self._idle: list[ChildWorker] = []
        self._places = threading.Semaphore(self._size)

    def call(
        self, job: str, *arguments: Any, limits: Limits, answers: Answers | None = None
    ) -> Any:
        """Return the result of ``jobs.JOBS[job]``.

        Raise ``UnrenderableText``, ``DocumentError`` as ``docfx`` does, and whatever one of
        ``answers`` raises.
        """
        with self._worker() as worker:
            kind, value, field = worker.call(job, arguments, limits, answers or {})
        if kind == "done":
            return value
        if kind == "raised":
            raise value
        if kind == "broken":
            logger.error("A text could not be read (%s, %r):\n%s", job, field, value)
        raise UnrenderableText(field, value if kind == "refused" else "crash")

    @contextmanager
    def _worker(self) -> Iterator[ChildWorker]:
        with self._places:
            worker = self._take()
            try:
                yield worker
            except BaseException:
                self._replace(worker)
                raise
            if worker.calls < MOST_CALLS:
                self._idle.append(worker)
            else:
                self._replace(worker)

    @contextmanager
    def wider(self, more: int) -> Iterator[None]:
        """Let ``more`` workers work at the same time."""
        self._places.release(more)
        try:
            yield
        finally:
            for _ in range(more):
                self._places.acquire()

    def _replace(self, worker: ChildWorker) -> None:
        """Start the next worker now, so that the next text need not wait for it."""
        worker.end()
        self._idle.append(ChildWorker(*self._modules))

    def _take(self) -> ChildWorker:
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive:
                return worker
            worker.end()
        return ChildWorker(*self._modules)

    def close(self) -> None:
        """End the idle workers."""
        while self._idle:
            self._idle.pop().end()

    def _forget(self) -> None:
        for worker in self._idle:
            worker.forget()
        self._reset()
