"""One way to understand what a user typed, and how an index answers it.

An index of codes needs four columns: ``kind``, ``value``, the low word of ``value`` (for
``CodeKind.HEX``) and ``key``. A :class:`Reading` asks for one of them:

==============  ========================================================
``lookup``      condition, beside ``kind in reading.code_kinds``
==============  ========================================================
``value``       ``value = reading.value``
``low_word``    ``low word of value = reading.value``
``key``         ``key = reading.key``
``key_prefix``  ``key`` begins with ``reading.key``
``key_part``    ``key`` holds ``reading.key``
==============  ========================================================
"""

from dataclasses import dataclass
from enum import StrEnum

from .hresult import low_word
from .model import NUMERIC_KINDS, Code, CodeKind
from .spelling import normalise_spelling


class Lookup(StrEnum):
    """The column of an index that answers a reading, and how it is compared."""

    VALUE = "value"
    LOW_WORD = "low_word"
    KEY = "key"
    KEY_PREFIX = "key_prefix"
    KEY_PART = "key_part"


class ReadingKind(StrEnum):
    """What the typed text is taken for."""

    EXACT = "exact"
    """A whole code by its number."""
    WIN32 = "win32"
    """A Win32 error number, for the HRESULT that wraps it."""
    DECIMAL = "decimal"
    """A decimal error number."""
    HEX = "hex"
    """Digits without ``0x`` that are taken for hexadecimal ones."""
    LOW_WORD = "low_word"
    """The last four hex digits of a code."""
    PREFIX = "prefix"
    """The beginning of a code."""
    SYMBOL = "symbol"
    """A whole symbolic code."""
    SYMBOL_PART = "symbol_part"
    """A part of a symbolic code."""
    AADSTS = "aadsts"
    NDR = "ndr"
    HTTP = "http"
    EVENT = "event"


class Note(StrEnum):
    """Why a reading was made; for the interface to say in the reader's language."""

    AS_TYPED = "as_typed"
    NO_PREFIX = "no_prefix"
    """``0x`` is missing: ``8007064C``."""
    LOST_ZEROS = "lost_zeros"
    """``0x`` and perhaps leading zeros are missing: ``240005``."""
    SIGNED = "signed"
    """The 32 bits as a signed decimal: ``-2147023284``."""
    UNSIGNED = "unsigned"
    """The 32 bits as an unsigned decimal: ``2147944012``."""
    LOST_MINUS = "lost_minus"
    """A signed decimal without its sign: ``2147023284``."""
    SIGN_EXTENDED = "sign_extended"
    """32 bits written as 64: ``0xFFFFFFFF8007064C``."""
    FROM_WIN32 = "from_win32"
    """``HRESULT_FROM_WIN32`` of the number."""
    WRAPPED_WIN32 = "wrapped_win32"
    """The Win32 number that the typed HRESULT wraps."""
    CUT_OFF = "cut_off"
    """Digits or letters are missing."""


_LOOKUPS: dict[ReadingKind, tuple[Lookup, frozenset[CodeKind]]] = {
    ReadingKind.EXACT: (Lookup.VALUE, NUMERIC_KINDS),
    ReadingKind.WIN32: (Lookup.VALUE, frozenset({CodeKind.HEX})),
    ReadingKind.DECIMAL: (Lookup.VALUE, NUMERIC_KINDS),
    ReadingKind.HEX: (Lookup.VALUE, frozenset({CodeKind.HEX})),
    ReadingKind.LOW_WORD: (Lookup.LOW_WORD, frozenset({CodeKind.HEX})),
    ReadingKind.PREFIX: (Lookup.KEY_PREFIX, frozenset({CodeKind.HEX, CodeKind.AADSTS})),
    ReadingKind.SYMBOL: (Lookup.KEY, frozenset({CodeKind.SYMBOL})),
    ReadingKind.SYMBOL_PART: (Lookup.KEY_PART, frozenset({CodeKind.SYMBOL})),
    ReadingKind.AADSTS: (Lookup.KEY, frozenset({CodeKind.AADSTS})),
    ReadingKind.NDR: (Lookup.KEY, frozenset({CodeKind.NDR})),
    ReadingKind.HTTP: (Lookup.KEY, frozenset({CodeKind.HTTP})),
    ReadingKind.EVENT: (Lookup.KEY, frozenset({CodeKind.EVENT})),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand what a user typed.

    Attributes:
        kind: what it is taken for, a :class:`ReadingKind`.
        value: the unsigned number to look up, for a lookup by value or low word; for HTTP,
            event and AADSTS readings their number; else None.
        canonical: the spelling to show (``0x8007064C``), or the part that was typed.
        note: why, a :class:`Note`.
    """

    kind: str
    value: int | None
    canonical: str
    note: str

    @property
    def lookup(self) -> Lookup:
        """Which column of the index answers, and how."""
        return _LOOKUPS[ReadingKind(self.kind)][0]

    @property
    def code_kinds(self) -> frozenset[CodeKind]:
        """The kinds of code that may answer."""
        return _LOOKUPS[ReadingKind(self.kind)][1]

    @property
    def key(self) -> str:
        """The normalised spelling to look up, for a lookup by key."""
        return normalise_spelling(self.canonical)

    def matches(self, code: Code) -> bool:
        """Tell whether a code answers: what every index must give, said once."""
        if code.kind not in self.code_kinds:
            return False
        match self.lookup:
            case Lookup.VALUE:
                return code.value == self.value
            case Lookup.LOW_WORD:
                return code.value is not None and low_word(code.value) == self.value
            case Lookup.KEY:
                return code.key == self.key
            case Lookup.KEY_PREFIX:
                return code.key.startswith(self.key)
            case Lookup.KEY_PART:
                return self.key in code.key
