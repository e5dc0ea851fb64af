"""What an error code is: its kind, its one canonical spelling, and where a text mentions it.

The kinds are those of ``families``.
"""

from dataclasses import dataclass

from .spelling import normalise_spelling


@dataclass(frozen=True, slots=True)
class Code:
    """One error code, apart from how a text spells it.

    ``kind``: the family it belongs to, such as ``hex``. ``canonical``: the spelling to show; the
    modules of the families make it. ``value``: the number as unsigned 32 bits (a negative one in
    two's complement); None for symbols and NDR codes. Only the values of ``NUMERIC_KINDS`` may be
    compared across kinds: event 404 is not error 404.
    """

    kind: str
    canonical: str
    value: int | None

    @property
    def key(self) -> str:
        """Return lookup key of the canonical spelling (see :func:`normalise_spelling`)."""
        return normalise_spelling(self.canonical)


@dataclass(frozen=True, slots=True)
class CodeMention:
    """A place in a text that names a code; ``text[start:end] == spelling`` always holds.

    The spelling of an event or HTTP status includes the label that makes it one
    (``Event ID 36``); the others are the bare code.
    """

    code: Code
    spelling: str
    start: int
    end: int
