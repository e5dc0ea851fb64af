"""The child process (``python -m troubleshooting.texts.bounded.child``): serves until input ends.

Messages from the parent: ``(job, arguments, limits)``, or ``(answer,)`` to a question. Messages to
the parent: ``("ready",)`` once, then for each job any number of ``("begin", field)`` and
``("ask", question, argument)``, and one of ``("done", result)``, ``("raised", error)``,
``("refused", reason)``, ``("broken", where it arose)``. Arguments are modules that add jobs.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from importlib import import_module
from typing import Any

from ..docfx import DocumentError
from ..markup import IntricateTextError
from ..pictures import ImageError
from .channel import Channel
from .jobs import JOBS
from .limits import Limits

if sys.platform == "win32":  # time alone is bounded
    resource = None
else:
    import resource


class Parent:
    """The parent, as jobs see it."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def ask(self, question: str, argument: str) -> Any:
        """Ask ``question``, such as ``link 0``, about ``argument``; wait for the parent's answer.

        The answer is what the parent's function returned, as the channel carries it.
        """
        self._channel.send("ask", question, argument)
        (answer,) = self._channel.receive()
        return answer

    def begin(self, field: str) -> None:
        """Tell the parent which text is read."""
        self._channel.send("begin", field)


def main() -> None:
    """Serve the parent at the other ends of standard input and output."""
    source, target = os.dup(0), os.dup(1)
    os.dup2(2, 1)  # whatever prints does not garble the messages
    channel = Channel(os.fdopen(source, "rb"), os.fdopen(target, "wb"))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is meant for the parent
    for module in sys.argv[1:]:
        import_module(module)
    if not sys.argv[1:]:
        _warm_up()
    base = _address_space()
    channel.send("ready")
    while True:
        try:
            job, arguments, limits = channel.receive()
            _bound(limits, base)
            channel.send(*_outcome(job, arguments, Parent(channel)))
            _bound(None, base)
        except (EOFError, BrokenPipeError):
            return


class _Nobody:
    """A parent that knows no answer."""

    def ask(self, question: str, argument: str) -> Any:
        return None

    def begin(self, field: str) -> None: ...


def _warm_up() -> None:
    """Load what the first text would load: on a busy machine that took most of its time."""
    text = "# Error 0x80070005\n\n**Cause:** a\n\n**Resolution:**\n\n1. Open it.\n2. Close it.\n"
    JOBS["document"](_Nobody(), text.encode(), "a.md", None, ("fr", "en"))


def _outcome(job: str, arguments: tuple[Any, ...], parent: Parent) -> tuple[Any, ...]:
    try:
        return "done", JOBS[job](parent, *arguments)
    except (DocumentError, ImageError) as error:
        return "raised", error
    except IntricateTextError as error:
        return "refused", error.reason
    except RecursionError:
        return "refused", "too_deep"
    except MemoryError:
        return "refused", "too_large"
    except (EOFError, BrokenPipeError):
        raise
    except Exception as error:
        # A fault of ours: the parent logs where it arose, and the child lives on.
        return "broken", _account_of(error)


def _account_of(error: Exception) -> str:
    """Return where ``error`` arose and its kind, not its words: they may repeat the text."""
    return "".join((*traceback.format_tb(error.__traceback__), type(error).__qualname__))


def _address_space() -> int:
    """Return bytes of address space in use, or 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _bound(limits: Limits | None, base: int) -> None:
    """Set the kernel's bounds for a job, or (None) lift that of time.

    When the time is over the kernel ends the process (SIGPROF), whatever code it is in, and
    whether or not there still is a parent.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, limits.seconds if limits else 0)
    if limits and resource and base:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = base + limits.memory
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


if __name__ == "__main__":
    main()
