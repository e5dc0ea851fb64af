"""The process that takes jobs from the queue: a thread for what is quick, one for what is long."""

from __future__ import annotations

import logging
import os
import signal
import threading
from types import FrameType

from django.db import Error, close_old_connections

from . import queue
from .identity import is_dead, new_name
from .tasks import QUEUES

logger = logging.getLogger(__name__)

#: Seconds between two looks at an empty queue, and after an error.
POLL, PAUSE = 1.0, 5.0
#: Looks between two signs of life, which are far less apart than ``queue.LEASE``.
_LOOKS_PER_BEAT = 5


class JobWorker:
    """Takes jobs until it is told to stop; what it has begun it ends, or leaves to be gone on with.

    ``parent``: the number of the process with which it stops too.
    """

    def __init__(self, *, parent: int | None = None) -> None:
        self.name = new_name()
        self._parent = parent
        self._stop = threading.Event()
        self._in_hand: dict[str, int] = {}

    def run(self) -> None:
        """Work until a signal says to stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stopped)
        threads = [
            threading.Thread(target=self._work, args=(name,), name=name, daemon=True)
            for name in QUEUES
        ]
        self._tend()
        for thread in threads:
            thread.start()
        looks = 0
        while any(thread.is_alive() for thread in threads):
            self._stop.wait(POLL)
            if self._stop.is_set():
                threads[looks % len(threads)].join(POLL)
            if self._parent and os.getppid() != self._parent:
                self._stop.set()
            looks += 1
            if looks % _LOOKS_PER_BEAT == 0:
                self._tend()

    def _stopped(self, number: int, frame: FrameType | None) -> None:
        # Who asks twice does not want to wait.
        signal.signal(number, signal.SIG_DFL)
        self._stop.set()

    def _tend(self) -> None:
        """Say that this worker lives, and take up what dead ones left."""
        try:
            close_old_connections()
            queue.beat(self.name, set(self._in_hand.copy().values()))
            queue.reclaim(lambda name: is_dead(name, self.name))
        except Error as error:
            logger.warning("The database does not answer (%s); the worker waits.", error)

    def _work(self, name: str) -> None:
        while not self._stop.is_set():
            try:
                close_old_connections()
                is_idle = not self._next(name)
            except Exception:  # the database is away, or has no room
                logger.exception("The worker could not go on with its queue; it tries again.")
                self._stop.wait(PAUSE)
                continue
            if is_idle:
                self._stop.wait(POLL)

    def _next(self, name: str) -> bool:
        """Do the next job of a queue; return False where there is none."""
        job = queue.claim(name, self.name)
        if job is None:
            return False
        self._in_hand[name] = job.pk
        try:
            queue.perform(job, self._stop.is_set)
        finally:
            del self._in_hand[name]
        return True
