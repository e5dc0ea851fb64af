"""Read a text that is nothing but one code, such as the first cell of a row of errors."""

import re
from collections.abc import Callable

from .families import labels
from .families.shapes import hex_value
from .families.symbols import humps, is_underscored
from .finding import find_codes
from .model import Code, aadsts_code, event_code, hex_code, ndr_code, number_code, symbol_code
from .spelling import MINUS, without_invisible

LONGEST = 200  # characters; no code with its label is longer

# The whole of a text, digits in the group; a suffix L is what C adds to a number.
HEX = re.compile(r"0[xX] ?([0-9A-Fa-f]{1,16})[lL]?")
AADSTS = re.compile(r"AADSTS[ :#]{0,2}([0-9]{3,7})", re.IGNORECASE)
NDR = re.compile(r"(?:#?[45][0-9]{2}[ -])?#?([45]\.[0-9]{1,3}\.[0-9]{1,3})")

_EVENT = re.compile("(?:event|[ée]v[ée]nement) ?([0-9]{1,5})", re.IGNORECASE)
_BARE_HEX = re.compile(r"(?=.{0,7}[0-9])[89A-Fa-f][0-9A-Fa-f]{7}|00[0-9A-Fa-f]{6}")
_DECIMAL = re.compile(rf"([{MINUS}]?)([0-9]{{1,10}})")
_WRAPPING = " \t\r\n\u00a0\u202f*_`\"'“”«»‘’()[]{}<>|.,;:!?…"


def parse_code(text: str) -> Code | None:
    """Read a whole text as one code.

    Args:
        text: e.g. ``0x80cf0440``, ``**NoEnrollmentPolicy**``, ``Erreur 400``, ``5.7.124``;
            quotes, Markdown marks and punctuation around it do not matter.

    Returns:
        The code, or None when the text is anything else, several codes included.
    """
    bare = unwrap(text)
    if not bare or len(bare) > LONGEST:
        return None
    return next(filter(None, (read(bare) for read in _READERS)), None)


def unwrap(text: str) -> str:
    """Take invisible characters out of a text, and quotes and marks of any kind off both ends."""
    return without_invisible(text).strip(_WRAPPING).replace("\\_", "_")


def _read_hex(text: str) -> Code | None:
    if match := HEX.fullmatch(text):
        value = hex_value(match[1])
        return None if value is None else hex_code(value, len(match[1]))
    return None


def _read_bare_hex(text: str) -> Code | None:
    """Read eight hex digits: failures, and numbers that kept their leading zeros.

    Digits alone are a failure from 80 on; other eight-digit numbers are decimal.
    """
    if not _BARE_HEX.fullmatch(text) or (text.isdigit() and text[:2] not in ("80", "00")):
        return None
    return hex_code(int(text, 16))


def _read_decimal(text: str) -> Code | None:
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return None
    value = int(match[2]) * (-1 if match[1] else 1)
    if not -0x80000000 <= value <= 0xFFFFFFFF:
        return None
    if value >= 0x80000000 or (value < 0 and len(match[2]) == 10):
        return hex_code(value & 0xFFFFFFFF)
    return number_code(value)


def _read_aadsts(text: str) -> Code | None:
    match = AADSTS.fullmatch(text)
    return aadsts_code(int(match[1])) if match else None


def _read_ndr(text: str) -> Code | None:
    match = NDR.fullmatch(text)
    return ndr_code(match[1]) if match else None


def _read_event(text: str) -> Code | None:
    match = _EVENT.fullmatch(text)
    return event_code(int(match[1])) if match and 1 <= int(match[1]) <= 0xFFFF else None


def _read_name(text: str) -> Code | None:
    return symbol_code(text) if is_underscored(text) or humps(text) else None


def _read_labelled(text: str) -> Code | None:
    """Read ``Event ID 36`` or ``hr=0x8007064C``: words of a label and one code."""
    mentions = find_codes(text)
    if len(mentions) != 1:
        return None
    mention = mentions[0]
    labelled = labels.LABEL_WORDS.fullmatch(text, 0, mention.start)
    return mention.code if labelled and mention.end == len(text) else None


_READERS: tuple[Callable[[str], Code | None], ...] = (
    _read_hex,
    _read_bare_hex,
    _read_decimal,
    _read_aadsts,
    _read_ndr,
    _read_event,
    _read_name,
    _read_labelled,
)
