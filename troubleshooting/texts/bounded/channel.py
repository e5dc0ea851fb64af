"""Messages between two processes of this program, over a pair of pipes.

A message is a pickled tuple behind its length (four bytes, big-endian). Both ends are ours: a
pickle never comes from anywhere else.
"""

from __future__ import annotations

import pickle
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct("!I")


class Channel:
    """Sends to one pipe and receives from the other."""

    def __init__(self, source: BinaryIO, target: BinaryIO) -> None:
        self._source = source
        self._target = target

    def send(self, *message: Any) -> None:
        """Raises ``OSError`` where nobody reads any more."""
        body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        self._target.write(_LENGTH.pack(len(body)) + body)
        self._target.flush()

    def receive(self) -> tuple[Any, ...]:
        """Waits for the next message. Raises ``EOFError`` where the other end is gone."""
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size))
        return pickle.loads(self._read(length))

    def _read(self, length: int) -> bytes:
        body = self._source.read(length)
        if len(body) < length:
            raise EOFError
        return body
