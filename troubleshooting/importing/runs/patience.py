"""What others hold for a moment is waited for: a killed import, another one, an editor's save."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, OperationalError

from kbportal.environment.databases import is_busy

T = TypeVar("T")

#: How often something is tried that others hold. The database itself waits (20 seconds) each time.
TRIES = 3


def in_turn(work: Callable[[], T]) -> T:
    """Return what ``work`` does, which is done again as a whole where it met somebody else's work.

    That is a lock which was not to be had, two that waited for each other, or a row that somebody
    else made first and that is found the next time. Raise what the last of ``TRIES`` raised.
    """
    for _ in range(TRIES - 1):
        try:
            return work()
        except IntegrityError:
            continue
        except OperationalError as error:
            if not is_busy(error):
                raise
    return work()
