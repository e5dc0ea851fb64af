"""What a text may take, and the error for one that takes more."""

from __future__ import annotations

from dataclasses import dataclass

#: Of the reasons, those that say nothing of the text: the clock ran out before the process that
#: reads it had used its processor time, or had started. Another time it may be read.
FOR_NOW = ("busy", "not_started")
#: Why a text cannot be rendered: it has too many characters; it takes too much time or memory; it
#: is nested too deep, or marked up too densely (``markup.limits``); a parser failed on it.
REASONS = ("too_long", "too_slow", "too_large", "too_deep", "too_intricate", "crash", *FOR_NOW)


#: How often its processor time a call may take by the clock, on a machine that is busy.
PATIENCE = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one call.

    ``seconds`` of processor time, so that no text is blamed because the machine is busy; by the
    clock, questions to the database included, it may be ``PATIENCE`` times as long. ``memory`` in
    bytes, beside what the process itself needs. Where a system lacks a bound (Windows: processor
    time and memory, macOS: memory) the others hold.
    """

    seconds: float = 2.0
    memory: int = 512 * 1024 * 1024

    @property
    def patience(self) -> float:
        """Return how many seconds by the clock an answer may take on a busy machine."""
        return self.seconds * PATIENCE


LIMITS = Limits()


class UnrenderableText(ValueError):  # noqa: N818 (it names what is wrong, as DoesNotExist does)
    """A text that was refused; ``field`` names it ("": the whole), ``reason`` is one of REASONS."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field = field
        self.reason = reason
