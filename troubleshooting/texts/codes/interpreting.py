"""Every reading of what a user typed for a code, the most plausible first."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from .families.shapes import hex_value
from .families.symbols import humps
from .hresult import hresult_from_win32, hresult_of, low_word
from .model import CodeKind, aadsts_code, event_code, hex_code, http_code
from .parsing import AADSTS, HEX, LONGEST, NDR, parse_code, unwrap
from .reading import Note, Reading, ReadingKind
from .spelling import MINUS

_NEGATIVE = re.compile(rf"[{MINUS}]([0-9]{{1,10}})")
_DIGITS = re.compile(r"[0-9]{1,20}")
# Four digits at least, for "b2b" is a word; and no French ordinal such as "1000e".
_BARE_HEX = re.compile(r"(?=.{0,15}[0-9])(?![0-9]{1,15}[eE]$)(?:[0-9A-Fa-f]{4,8}|[0-9A-Fa-f]{16})")
_UNDERSCORED = re.compile(
    r"(?!H?KEY_)[A-Za-z](?=[A-Za-z0-9_]{0,126}[A-Za-z0-9]{3})\w{0,40}_\w{0,80}"
)


def readings(query: str) -> list[Reading]:
    """Give every reading of one token or number that may be a code.

    Args:
        query: what was typed, with any quotes or punctuation around it: ``8007064C``, ``1612``,
            ``-2147023284``, ``MdmAuthorityNot``, ``hr=0x8007064C.``, ``Event ID 36``.

    Returns:
        The readings without doubles, the most plausible first. Empty for words of a language,
        even with an apostrophe, and for longer texts (see ``find_codes`` for those). A symbolic
        code typed in lower case looks like a word: compare its key with the known ones.
    """
    token = unwrap(unicodedata.normalize("NFKC", query[: 4 * LONGEST]))
    if not token or len(token) > LONGEST:
        return []
    return _without_doubles(next(filter(None, (read(token) for read in _READERS)), []))


def _read_hex(token: str) -> list[Reading]:
    match = HEX.fullmatch(token)
    value = hex_value(match[1]) if match else None
    if match is None or value is None:
        return []
    digits = match[1].upper()
    if len(digits) >= 8:
        return _whole(value, Note.AS_TYPED if len(digits) == 8 else Note.SIGN_EXTENDED)
    exact = [
        Reading(ReadingKind.EXACT, value, hex_code(value, len(digits)).canonical, Note.AS_TYPED)
    ]
    wrapped = _wrapped(value) if value <= 0xFFFF else []
    low = _low_word(value, Note.CUT_OFF) if len(digits) in (3, 4) else []
    others = [*exact, *wrapped, *low]
    prefix = _beginning(digits)
    return [*prefix, *others] if _seems_cut(digits) else [*others, *prefix]


def _read_negative(token: str) -> list[Reading]:
    match = _NEGATIVE.fullmatch(token)
    if match is None or int(match[1]) > 0x80000000:
        return []
    value = -int(match[1]) & 0xFFFFFFFF
    if len(match[1]) == 10:
        return _whole(value, Note.SIGNED)
    decimal = Reading(ReadingKind.DECIMAL, value, f"-{int(match[1])}", Note.AS_TYPED)
    return [decimal, *_whole(value, Note.SIGNED)]


def _read_digits(token: str) -> list[Reading]:
    if not _DIGITS.fullmatch(token):
        return []
    value = int(token)
    if value <= 0xFFFF and len(token) <= 5:
        return _small_number(token, value)
    as_hex = _hex_digits(token) if len(token) <= 8 else []
    as_decimal = _large_number(value)
    # Cut codes, those without their zeros and failures are rather hexadecimal than such numbers.
    hex_first = len(token) < 8 or token[0] in "08"
    return [*as_hex, *as_decimal] if hex_first else [*as_decimal, *as_hex]


def _small_number(token: str, value: int) -> list[Reading]:
    """Read a decimal of up to sixteen bits: an error, an event, a status or four hex digits."""
    decimal = Reading(ReadingKind.DECIMAL, value, str(value), Note.AS_TYPED)
    if value == 0:
        return [decimal]
    event = Reading(ReadingKind.EVENT, value, event_code(value).canonical, Note.AS_TYPED)
    found = [decimal, *_wrapped(value), event]
    if 400 <= value <= 599 and len(token) == 3:
        found.insert(0, Reading(ReadingKind.HTTP, value, http_code(token).canonical, Note.AS_TYPED))
    low = _low_word(int(token, 16), Note.CUT_OFF) if len(token) == 4 else []
    if token[0] == "0":
        return [*low, *found]
    return [*found, *(_hex_digits(token) if len(token) > 2 else []), *low]


def _large_number(value: int) -> list[Reading]:
    """Read a decimal of more than sixteen bits."""
    if value < 0x80000000:
        decimal = Reading(ReadingKind.DECIMAL, value, str(value), Note.AS_TYPED)
        lost_minus = _whole(-value & 0xFFFFFFFF, Note.LOST_MINUS) if value > 0x70000000 else []
        return [decimal, *lost_minus]
    if value <= 0xFFFFFFFF:
        return _whole(value, Note.UNSIGNED)
    extended = value >= (1 << 64) - 0x80000000
    return _whole(value & 0xFFFFFFFF, Note.SIGN_EXTENDED) if extended else []


def _read_bare_hex(token: str) -> list[Reading]:
    if not _BARE_HEX.fullmatch(token):
        return []
    low = _low_word(int(token, 16), Note.CUT_OFF) if len(token) == 4 else []
    return [*low, *_hex_digits(token)]


def _hex_digits(token: str) -> list[Reading]:
    """Read hex digits without their ``0x``."""
    value = hex_value(token)
    if value is None:
        return []
    if len(token) >= 8:
        return _whole(value, Note.NO_PREFIX if len(token) == 8 else Note.SIGN_EXTENDED)
    # Four digits are as good as complete; more want the zeros of a whole code before them.
    canonical = hex_code(value, 8 if len(token) > 4 else len(token)).canonical
    exact = Reading(ReadingKind.HEX, value, canonical, Note.LOST_ZEROS)
    return [*_beginning(token.upper()), exact] if _seems_cut(token) else [exact]


def _read_aadsts(token: str) -> list[Reading]:
    match = AADSTS.fullmatch(token)
    if match is None:
        return []
    canonical = aadsts_code(int(match[1])).canonical
    exact = Reading(ReadingKind.AADSTS, int(match[1]), canonical, Note.AS_TYPED)
    cut_off = Reading(ReadingKind.PREFIX, None, canonical, Note.CUT_OFF)
    return [exact, cut_off] if len(match[1]) < 5 else [exact]


def _read_ndr(token: str) -> list[Reading]:
    match = NDR.fullmatch(token)
    return [Reading(ReadingKind.NDR, None, match[1], Note.AS_TYPED)] if match else []


def _read_symbol(token: str) -> list[Reading]:
    if not (humps(token) or _UNDERSCORED.fullmatch(token)):
        return []
    return [
        Reading(ReadingKind.SYMBOL, None, token, Note.AS_TYPED),
        Reading(ReadingKind.SYMBOL_PART, None, token, Note.CUT_OFF),
    ]


def _read_labelled(token: str) -> list[Reading]:
    """Read a code with its label; what the label rules out is not given."""
    code = parse_code(token)
    match code.kind if code else None:
        case CodeKind.EVENT:
            return [Reading(ReadingKind.EVENT, code.value, code.canonical, Note.AS_TYPED)]
        case CodeKind.HTTP:
            return [Reading(ReadingKind.HTTP, code.value, code.canonical, Note.AS_TYPED)]
        case CodeKind.HEX | CodeKind.NUMBER | CodeKind.SYMBOL:
            if code.canonical == token:  # No label: the other rules have had their say.
                return []
            found = readings(code.canonical)
            return [reading for reading in found if reading.kind != ReadingKind.EVENT]
        case _:
            return []


def _whole(value: int, note: Note) -> list[Reading]:
    """Read 32 bits as a code, and as the Win32 number it wraps."""
    exact = Reading(ReadingKind.EXACT, value, hex_code(value).canonical, note)
    hresult = hresult_of(value)
    if hresult is None or not hresult.win32:
        return [exact]
    number = hresult.win32
    return [exact, Reading(ReadingKind.DECIMAL, number, str(number), Note.WRAPPED_WIN32)]


def _wrapped(number: int) -> list[Reading]:
    """Read a Win32 number as the HRESULT that wraps it."""
    if not number:
        return []
    value = hresult_from_win32(number)
    return [Reading(ReadingKind.WIN32, value, hex_code(value).canonical, Note.FROM_WIN32)]


def _low_word(value: int, note: Note) -> list[Reading]:
    return [Reading(ReadingKind.LOW_WORD, low_word(value), f"{value:04X}", note)]


def _beginning(digits: str) -> list[Reading]:
    """Read three to seven hex digits as the beginning of a code."""
    if not 3 <= len(digits) <= 7:
        return []
    return [Reading(ReadingKind.PREFIX, None, f"0x{digits}", Note.CUT_OFF)]


def _seems_cut(digits: str) -> bool:
    """Tell whether hex digits begin as a failure code but lack some of its eight."""
    return 4 <= len(digits) <= 7 and digits[0] in "8Cc"


def _without_doubles(found: Iterable[Reading]) -> list[Reading]:
    """Keep the first of the readings that ask the same of an index."""
    unique = {}
    for reading in found:
        unique.setdefault((reading.lookup, reading.code_kinds, reading.value, reading.key), reading)
    return list(unique.values())


_READERS: tuple[Callable[[str], list[Reading]], ...] = (
    _read_hex,
    _read_negative,
    _read_digits,
    _read_bare_hex,
    _read_aadsts,
    _read_ndr,
    _read_symbol,
    _read_labelled,
)
