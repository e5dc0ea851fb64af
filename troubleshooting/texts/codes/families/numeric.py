"""What hexadecimal and decimal codes share: 32 bits and the ways in which people cut them."""

from __future__ import annotations

from ..decoding.hresult import hresult_from_win32, low_word
from ..model import Code
from ..reading import HEX, Note, Reading, ReadingKind


def hex_code(value: int, digits: int = 8) -> Code:
    """Make a hexadecimal code.

    ``value``: 0 to 0xFFFFFFFF. ``digits``: how many digits the author wrote. Eight are kept with
    their leading zeros (``0x00240005``); fewer are written without (``0xAB2``). Spellings that lost
    their zeros have the same ``value``: that, not ``canonical``, tells hexadecimal codes apart.
    """
    width = 8 if digits >= 8 else 1
    return Code(HEX, f"0x{value:0{width}X}", value)


def hex_value(digits: str) -> int | None:
    """Read up to sixteen hex digits as 32 bits; None when they are wider.

    Sixteen digits are 32 bits when they extend the sign of a failure code (``FFFFFFFF8...``);
    other long numbers are addresses.
    """
    if len(digits) <= 8:
        return int(digits, 16)
    if len(digits) == 16 and digits[:8].upper() == "FFFFFFFF" and digits[8] in "8cC":
        return int(digits[8:], 16)
    return None


def whole(value: int, note: Note) -> list[Reading]:
    """Read 32 bits as a code; not as the Windows number that it wraps, which others have too."""
    return [Reading(ReadingKind.EXACT, value, hex_code(value).canonical, note)]


def wrapped(number: int) -> list[Reading]:
    """Read a Win32 number as the HRESULT that wraps it."""
    if not number:
        return []
    value = hresult_from_win32(number)
    return [Reading(ReadingKind.WIN32, value, hex_code(value).canonical, Note.FROM_WIN32)]


def low_digits(value: int) -> list[Reading]:
    """Read a number as the last four hex digits of a code."""
    return [Reading(ReadingKind.LOW_WORD, low_word(value), f"{value:04X}", Note.CUT_OFF)]


def last_digits(token: str) -> list[Reading]:
    """Read five to seven hex digits as the end of a code."""
    if not 5 <= len(token) <= 7:
        return low_digits(int(token, 16)) if len(token) == 4 else []
    return [Reading(ReadingKind.ENDING, int(token, 16), token.upper(), Note.CUT_OFF)]


def hex_digits(token: str) -> list[Reading]:
    """Read hex digits without their ``0x``."""
    value = hex_value(token)
    if value is None:
        return []
    if len(token) >= 8:
        return whole(value, Note.NO_PREFIX if len(token) == 8 else Note.SIGN_EXTENDED)
    # Four digits are as good as complete; more want the zeros of a whole code before them.
    canonical = hex_code(value, 8 if len(token) > 4 else len(token)).canonical
    exact = Reading(ReadingKind.HEX, value, canonical, Note.LOST_ZEROS)
    ending = last_digits(token) if len(token) > 4 else []
    return [*beginning(token.upper()), exact, *ending] if seems_cut(token) else [exact, *ending]


def beginning(digits: str) -> list[Reading]:
    """Read three to seven hex digits as the beginning of a code."""
    if not 3 <= len(digits) <= 7:
        return []
    return [Reading(ReadingKind.PREFIX, None, f"0x{digits}", Note.CUT_OFF)]


def seems_cut(digits: str) -> bool:
    """Return whether hex digits begin as a failure code but lack some of its eight."""
    return 4 <= len(digits) <= 7 and digits[0] in "8Cc"
