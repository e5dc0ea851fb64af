"""A child process as its parent sees it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from .channel import Channel
from .limits import Limits, UnrenderableText

_ROOT = Path(__file__).resolve().parents[3]
_CHILD = f"{__package__}.child"
#: Seconds that a child may take to start: interpreters do, on a machine under load.
START = 60.0

#: What ends a process that has used its processor time; 0 where nothing counts it.
_TIME_IS_OVER = getattr(signal, "SIGPROF", 0)

Answers = Mapping[str, Callable[[str], Any]]


class ChildWorker:
    """One child process and the pipes to it. For one thread at a time.

    It starts while its parent goes on; the first call waits until it has.
    """

    def __init__(self, *modules: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", _CHILD, *modules],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout is not None  # both were asked for
        assert self.process.stdin is not None
        self._pipes = (self.process.stdout, self.process.stdin)
        self._channel = Channel(*self._pipes)
        self.calls = 0

    @property
    def is_alive(self) -> bool:
        """Return whether the process still runs."""
        return self.process.poll() is None

    def call(
        self, job: str, arguments: tuple[Any, ...], limits: Limits, answers: Answers
    ) -> tuple[str, Any, str]:
        """Return (outcome, its value, the field that was read last), see ``child``.

        ``answers`` are the functions that the job may ask. Raise ``UnrenderableText`` where the
        process had to be ended, or ended, or did not start; then it is of no use any more.
        """
        if not self.calls:
            self._wait_until_started()
        self.calls += 1
        field = ""
        with self._bounded(limits.patience) as expired:
            try:
                self._channel.send(job, arguments, limits)
                while True:
                    kind, *rest = self._channel.receive()
                    if kind == "begin":
                        (field,) = rest
                    elif kind == "ask":
                        question, argument = rest
                        self._channel.send(answers[question](argument))
                    else:
                        return kind, rest[0], field
            except (EOFError, BrokenPipeError) as error:
                raise UnrenderableText(field, self._why_it_ended(expired.is_set())) from error

    def _why_it_ended(self, was_killed: bool) -> str:
        """Return one of REASONS: the text is blamed for the processor time that it took alone."""
        if _TIME_IS_OVER and self.process.wait() == -_TIME_IS_OVER:
            return "too_slow"
        if not was_killed:
            return "crash"
        return "busy" if _TIME_IS_OVER else "too_slow"  # Windows counts by the clock alone

    def _wait_until_started(self) -> None:
        try:
            with self._bounded(START):
                self._channel.receive()
        except EOFError as error:
            raise UnrenderableText("", "not_started") from error

    @contextmanager
    def _bounded(self, seconds: float) -> Iterator[threading.Event]:
        """Kill the process after ``seconds``; the event tells whether that happened."""
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            self.process.kill()

        timer = threading.Timer(seconds, expire)
        timer.daemon = True
        timer.start()
        try:
            yield expired
        finally:
            timer.cancel()
            timer.join()

    def end(self) -> None:
        """Kill the process, if it still runs, and free what belongs to it."""
        self.process.kill()
        self._close()
        self.process.wait()

    def forget(self) -> None:
        """Free what a fork has copied of another process's worker, which goes on."""
        self._close()
        self.process.returncode = 0

    def _close(self) -> None:
        for pipe in self._pipes:
            with suppress(OSError):
                pipe.close()
