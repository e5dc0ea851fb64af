"""Messages between two processes of this program, over a pair of pipes.

A message is a pickled tuple behind its length (four bytes, big-endian). Both ends are ours: a
pickle never comes from anywhere else.
"""

from __future__ import annotations

import pickle
import struct
from typing import IO, Any

_LENGTH = struct.Struct("!I")


class Channel:
    """Sends to one pipe and receives from the other."""

    def __init__(self, source: IO[bytes], target: IO[bytes]) -> None:
        self._source = source
        self._target = target

    def send(self, *message: Any) -> None:
        """Send a message. Raise ``OSError`` where nobody reads any more."""
        body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        self._target.write(_LENGTH.pack(len(body)) + body)
        self._target.flush()

    def receive(self) -> tuple[Any, ...]:
        """Return the next message once it is there. Raise ``EOFError`` where nobody writes."""
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size))
        message: tuple[Any, ...] = pickle.loads(self._read(length))
        return message

    def _read(self, length: int) -> bytes:
        body = self._source.read(length)
        if len(body) < length:
            raise EOFError
        return body
