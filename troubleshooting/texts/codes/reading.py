"""One way to understand what a user typed, and how an index answers it.

An index of codes needs four columns: ``kind``, ``value``, the low word of ``value`` (for
hexadecimal codes) and ``key``. A :class:`Reading` asks for one of them:

==============  ========================================================
``lookup``      condition, beside ``kind in reading.code_kinds``
==============  ========================================================
``value``       ``value = reading.value``
``low_word``    ``low word of value = reading.value``
``key``         ``key = reading.key``
``key_prefix``  ``key`` begins with ``reading.key``
``key_part``    ``key`` holds ``reading.key``
``key_near``    ``key`` is nearly ``reading.key``
``ending``      ``value`` ends in the hex digits ``reading.key``
==============  ========================================================
"""

from dataclasses import dataclass
from enum import StrEnum

from .decoding.hresult import low_word
from .model import Code
from .names import is_near
from .spelling import normalise_spelling

#: The kinds of code that readings of numbers and names may mean beside their own.
HEX, NUMBER, SYMBOL = "hex", "number", "symbol"
_NUMBERS = frozenset({HEX, NUMBER})


class Lookup(StrEnum):
    """The column of an index that answers a reading, and how it is compared."""

    VALUE = "value"
    LOW_WORD = "low_word"
    KEY = "key"
    KEY_PREFIX = "key_prefix"
    KEY_PART = "key_part"
    KEY_NEAR = "key_near"
    ENDING = "ending"


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
    ENDING = "ending"
    """Five to seven last hex digits of a code."""
    MISCOUNTED = "miscounted"
    """More hex digits than a code has: it fits none, but others are near it."""
    PREFIX = "prefix"
    """The beginning of a code."""
    SYMBOL_PART = "symbol_part"
    """A part of a symbolic code."""
    SYMBOL_NEAR = "symbol_near"
    """A symbolic code with a few wrong letters, or with its words shortened."""
    NAMED = "named"
    """The value that the maker of the system documents for a name."""
    NAME_PART = "name_part"
    """The same for a name of which a part was typed."""


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
    FROM_NAME = "from_name"
    """The documented value of the typed name."""
    MISSPELT = "misspelt"
    """Letters are wrong or missing."""
    CUT_OFF = "cut_off"
    """Digits or letters are missing."""
    LETTERS = "letters"
    """Letters stand for digits that look like them: ``0x8O07064C``."""
    SPACED = "spaced"
    """Blanks or marks stand between the digits: ``8007-064C``."""
    SPOKEN = "spoken"
    """The digits are words: ``eight zero zero seven``."""
    MISCOUNTED = "miscounted"
    """There are too many digits."""


#: What answers a reading; one whose kind is a family's is looked up whole in that family.
_LOOKUPS: dict[str, tuple[Lookup, frozenset[str]]] = {
    ReadingKind.EXACT: (Lookup.VALUE, _NUMBERS),
    ReadingKind.WIN32: (Lookup.VALUE, frozenset({HEX})),
    ReadingKind.DECIMAL: (Lookup.VALUE, _NUMBERS),
    ReadingKind.HEX: (Lookup.VALUE, frozenset({HEX})),
    ReadingKind.LOW_WORD: (Lookup.LOW_WORD, frozenset({HEX})),
    ReadingKind.ENDING: (Lookup.ENDING, frozenset({HEX})),
    ReadingKind.MISCOUNTED: (Lookup.KEY, frozenset({HEX})),
    ReadingKind.PREFIX: (Lookup.KEY_PREFIX, frozenset({HEX})),
    ReadingKind.SYMBOL_PART: (Lookup.KEY_PART, frozenset({SYMBOL})),
    ReadingKind.SYMBOL_NEAR: (Lookup.KEY_NEAR, frozenset({SYMBOL})),
    ReadingKind.NAMED: (Lookup.VALUE, _NUMBERS),
    ReadingKind.NAME_PART: (Lookup.VALUE, _NUMBERS),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand what a user typed.

    ``kind``: what it is taken for, a :class:`ReadingKind` or the kind of a family. ``value``: the
    unsigned number to look up, for a lookup by value or low word; for HTTP, event and AADSTS
    readings their number; else None. ``canonical``: the spelling to show (``0x8007064C``), or the
    part that was typed. ``note``: why, a :class:`Note`. ``kinds``: the kinds of code that may
    answer, where they are not those of the reading's kind.
    """

    kind: str
    value: int | None
    canonical: str
    note: str
    kinds: frozenset[str] = frozenset()

    @property
    def lookup(self) -> Lookup:
        """Return which column of the index answers, and how."""
        return self._answer[0]

    @property
    def code_kinds(self) -> frozenset[str]:
        """Return the kinds of code that may answer."""
        return self.kinds or self._answer[1]

    @property
    def _answer(self) -> tuple[Lookup, frozenset[str]]:
        return _LOOKUPS.get(self.kind) or (Lookup.KEY, frozenset({self.kind}))

    @property
    def key(self) -> str:
        """Return the normalised spelling to look up, for a lookup by key."""
        return normalise_spelling(self.canonical)

    def matches(self, code: Code) -> bool:
        """Return whether a code answers: what every index must give, said once."""
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
            case Lookup.KEY_NEAR:
                return is_near(self.canonical, code.canonical)
            case Lookup.ENDING:
                return code.value is not None and f"{code.value:08x}".endswith(self.key)
