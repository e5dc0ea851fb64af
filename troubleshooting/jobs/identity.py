"""Names of workers, by which those of the same machine can tell whether one is dead."""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
from functools import cache
from pathlib import Path


def new_name() -> str:
    """Return a name for this process: where it runs, its number, and what tells it from others."""
    return f"{_place()}:{os.getpid()}:{secrets.token_hex(4)}"


def is_dead(name: str, own: str) -> bool:
    """Return whether the worker called ``name`` is known to be dead by the one called ``own``.

    Of another machine, container or start of the system nothing is known: its lease tells.
    """
    place, _, rest = name.partition(":")
    number = rest.partition(":")[0]
    if name == own or place != _place() or not number.isdecimal():
        return False
    if int(number) == os.getpid():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False


@cache
def _place() -> str:
    """Return what processes have in common that see each other's numbers."""
    parts = [socket.gethostname()]
    try:
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text())
        parts.append(str(Path("/proc/self/ns/pid").stat().st_ino))
    except OSError:
        pass
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
