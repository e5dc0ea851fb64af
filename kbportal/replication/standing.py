"""What was last seen of the primary and its replicas, and which replicas may be read.

A server's position is how far its write-ahead log goes, in bytes. A replica may be read as long as
it has all that the primary had so many seconds before the primary was last seen: neither clocks nor
an idle primary make a difference, and a primary that is gone leaves those readable that had
followed it.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable

#: Seconds after which what was seen of a server says nothing any more: it may hang.
FRESH = 4.0


class Standing:
    """Where each server stands; asked by requests, told by the watch.

    ``patience`` is for how many seconds a replica may be behind; ``clock`` gives seconds that never
    jump.
    """

    def __init__(self, patience: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._patience, self._clock = patience, clock
        self._lock = threading.Lock()
        self._primary: deque[tuple[float, int]] = deque()
        self._replicas: dict[str, tuple[float, int]] = {}
        self._is_lost = False

    def note_primary(self, position: int) -> None:
        """Note where the primary is now."""
        now = self._clock()
        with self._lock:
            self._is_lost = False
            self._primary.append((now, position))
            # The first stays that is older than may be: what was written by then must be there.
            while len(self._primary) > 1 and self._primary[1][0] <= now - self._patience:
                self._primary.popleft()

    def note_replica(self, alias: str, position: int) -> None:
        """Note where a replica is now."""
        with self._lock:
            self._replicas[alias] = (self._clock(), position)

    def lose_primary(self) -> None:
        """Note that the primary does not answer."""
        with self._lock:
            self._is_lost = True

    def doubt(self, alias: str) -> None:
        """Leave a replica out until it is seen again."""
        with self._lock:
            self._replicas.pop(alias, None)

    def primary_answers(self) -> bool:
        """Return whether the primary was seen a moment ago."""
        with self._lock:
            return self._primary_answers()

    def _primary_answers(self) -> bool:
        if self._is_lost or not self._primary:
            return False
        return self._clock() - self._primary[-1][0] <= FRESH

    def usable(self, at_least: int = 0) -> list[str]:
        """Return the replicas that may be read.

        ``at_least`` is a position that they must have reached: what somebody has written must be
        there for them. It does not count while the primary is away.
        """
        now = self._clock()
        with self._lock:
            needed = self._primary[0][1] if self._primary else 0
            if self._primary_answers():
                needed = max(needed, at_least)
            return sorted(
                alias
                for alias, (seen, position) in self._replicas.items()
                if now - seen <= FRESH and position >= needed
            )

    def bytes_behind(self, aliases: Iterable[str]) -> dict[str, int | None]:
        """Return how many bytes each replica lacks; None for one that does not answer."""
        now = self._clock()
        with self._lock:
            last = self._primary[-1][1] if self._primary else 0
            seen = {name: at for name, (when, at) in self._replicas.items() if now - when <= FRESH}
        return {name: max(0, last - seen[name]) if name in seen else None for name in aliases}
