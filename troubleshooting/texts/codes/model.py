"""What an error code is: its kind, its one canonical spelling, and where a text mentions it."""

from dataclasses import dataclass
from enum import StrEnum

from .spelling import normalise_spelling


class CodeKind(StrEnum):
    """The families of codes that documents and logs name."""

    HEX = "hex"
    """A hexadecimal number: HRESULT, NTSTATUS or another one written with ``0x``."""
    SYMBOL = "symbol"
    """A name: ``DeviceCapReached``, ``ERROR_INSTALL_USEREXIT``."""
    AADSTS = "aadsts"
    """A sign-in error of Microsoft Entra ID (Azure AD): ``AADSTS50020``."""
    NDR = "ndr"
    """The enhanced mail status code of a non-delivery report (RFC 3463): ``5.7.124``."""
    EVENT = "event"
    """The identifier of an event in a log: ``Event 36``."""
    HTTP = "http"
    """An HTTP error status, with the sub-status of IIS if given: ``HTTP 404``, ``HTTP 403.7``."""
    NUMBER = "number"
    """A decimal number that the text calls an error code: ``1603``, ``-1009``."""


NUMERIC_KINDS = frozenset({CodeKind.HEX, CodeKind.NUMBER})
"""The kinds whose ``value`` is the code itself, so that 0xAB2 and 2738 are the same number."""


@dataclass(frozen=True, slots=True)
class Code:
    """One error code, apart from how a text spells it.

    Attributes:
        kind: the family it belongs to.
        canonical: the spelling to show, see :func:`hex_code` and the other makers below.
        value: the number as unsigned 32 bits (a negative one in two's complement);
            None for symbols and NDR codes. Only the values of ``NUMERIC_KINDS`` may be
            compared across kinds: event 404 is not error 404.
    """

    kind: CodeKind
    canonical: str
    value: int | None

    @property
    def key(self) -> str:
        """Lookup key of the canonical spelling (see :func:`normalise_spelling`)."""
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


def hex_code(value: int, digits: int = 8) -> Code:
    """Make a hexadecimal code.

    Args:
        value: 0 to 0xFFFFFFFF.
        digits: how many digits the author wrote. Eight are kept with their leading zeros
            (``0x00240005``); fewer are written without (``0xAB2``). Spellings that lost their
            zeros have the same ``value``: that, not ``canonical``, tells hexadecimal codes apart.
    """
    width = 8 if digits >= 8 else 1
    return Code(CodeKind.HEX, f"0x{value:0{width}X}", value)


def number_code(value: int) -> Code:
    """Make a decimal code from -2147483648 to 4294967295 (``1603``, ``-1009``)."""
    return Code(CodeKind.NUMBER, str(value), value & 0xFFFFFFFF)


def symbol_code(name: str) -> Code:
    """Make a symbolic code, spelt as the author did but for Markdown's ``\\_``."""
    return Code(CodeKind.SYMBOL, name.replace("\\", ""), None)


def aadsts_code(number: int) -> Code:
    """Make a sign-in code from the number after ``AADSTS``."""
    return Code(CodeKind.AADSTS, f"AADSTS{number}", number)


def ndr_code(status: str) -> Code:
    """Make a mail status code from its three dotted numbers."""
    return Code(CodeKind.NDR, status, None)


def event_code(number: int) -> Code:
    """Make an event code from its identifier."""
    return Code(CodeKind.EVENT, f"Event {number}", number)


def http_code(status: str) -> Code:
    """Make an HTTP code from ``404`` or, with the sub-status of IIS, ``403.7``."""
    return Code(CodeKind.HTTP, f"HTTP {status}", int(status.partition(".")[0]))
