"""Decimal numbers that a text calls an error code: ``1603``, ``-1009``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from ...languages import code_words
from .. import announcing
from ..context import Before
from ..family import Family, exact_reading, gettext_noop, mention
from ..model import Code, CodeMention
from ..names import is_error_name
from ..reading import NUMBER as KIND
from ..reading import Note, Reading, ReadingKind
from ..spelling import MINUS
from .event import event_code
from .http import http_code
from .numeric import hex_code, hex_digits, low_digits, whole, wrapped

_WHOLE = re.compile(rf"([{MINUS}]?)([0-9]{{1,10}})")
_AFTER_LABEL = re.compile(rf"([{MINUS}]?)([0-9]{{1,10}})(?!\w|[.,:/-][0-9]|-\w)")
# The reply of a mail server stands before what it means: "550 5.7.1".
_ENHANCED = re.compile(r"[ -]#?[45]\.[0-9]{1,3}\.[0-9]")
_NEGATIVE = re.compile(rf"[{MINUS}]([0-9]{{1,10}})")
_DIGITS = re.compile(r"[0-9]{1,20}")
# A message that ends in its number: "Something went wrong. [1001]". A log goes on after such a
# number, and a text is numbered by notes of one or two digits.
_BRACKETED = re.compile(
    r"\[(?<=[.!?…] .)([0-9]{3,5})\]"
    r"(?=[\"'”»*_]{0,3}[.!]?(?:\s{0,2}[\"”»]|[^\S\n]{0,20}(?:\n|$)))"
)
# The number that a message tells of itself behind its last sentence: "It failed. (ID: 43110)";
# a cause may follow in the same brackets: "It failed (ID 52 Details: no such path)".
_NUMBER_OF_MESSAGE = re.compile(
    r"\((?:(?<=[.!?…] .)|(?=ID:?[ \u00a0][0-9]{2,6} Details: ))ID[ \u00a0\u202f]?:?[ \u00a0]"
    r"([0-9]{2,6})(?:\)|(?= Details: ))"
)
_AT_END = re.compile(r"\[([0-9]{3,5})\]\W{0,4}$")
_NUMBERED = re.compile(
    rf"(?:^\W{{0,4}}|[(\[\"“«][ \u00a0\u202f]?)(?:{'|'.join(code_words('numbered'))})"
    rf"[ \u00a0\u202f]([0-9]{{1,4}})(?=[ \u00a0\u202f]?(?:[:)\]\"”»]|[-–—] )|$)"
)
# The number of a named error: "ERROR_WINHTTP_TIMEOUT (12002)".
_OF_NAME = re.compile(
    r"(?P<name>[A-Z](?<![\w%$\\].)[A-Z0-9]{0,40}+(?:\\?_[A-Z0-9]{1,40}+){1,24}+)"
    rf"[`*]{{0,3}} ?\([`*]{{0,2}}([{MINUS}]?)([0-9]{{2,5}})[`*]{{0,2}}\)"
)
# A digit may count the errors of a list, which have a colon: "Error 5 when you open the share".
_DIGIT_FIRST = re.compile(
    rf"^\W{{0,4}}(?i:{'|'.join(code_words('error'))})[ \u00a0\u202f]([1-9])(?= [a-z]{{2}})"
)
# Statuses of HTTP that nobody counts as so many errors: "504 errors".
_STATUS = re.compile(r"(?:4|5(?=0[234]|11))(?<![\w.:/-].)(?:0[1-47-9]|1[0-5]|2[29])(?!\w)")
# What stands before such a status: nothing, or the name of what answers so.
_WHO_ANSWERS = re.compile(r"(?:^|[\n.!?:(\"“«*`]\s?|\b[A-Z]\w{1,40}\s)$")
# The number of a driver behind the state of SQL: "SQLSTATE[HY000] [1040] Too many connections",
# "SQLSTATE[42S02]: Base table or view not found: 1146 Table".
_OF_STATE = re.compile(
    r"SQLSTATE\[[0-9A-Z]{5}\](?:: [^\[\]\n:]{1,60}+:| ?\[) ?([0-9]{2,5})(?=[\] ])"
)
# How a program for transfers tells its number: "curl: (60) SSL certificate problem",
# "cURL error 3", "RPC failed; curl 18 transfer closed".
_OF_CURL = re.compile(
    r"\bcurl(?:: ?\(| error:? ?\(?|(?<=failed; curl) )([1-9][0-9]?)(?![\w.])", re.IGNORECASE
)
_NEXT_LOG_FIELD = re.compile(r"\s{1,20}+(?:[0-9]|\[|---)")


def number_code(value: int) -> Code:
    """Make a decimal code from -2147483648 to 4294967295 (``1603``, ``-1009``)."""
    return Code(KIND, str(value), value & 0xFFFFFFFF)


def _find(text: str) -> Iterator[CodeMention]:
    """Yield the number of ``a 1603 error``, ``It failed. [1001]`` and ``ERROR_LATE (12002)``.

    So is that of ``It failed. (ID: 43110)``.

    A driver's number follows the state of SQL: ``SQLSTATE[HY000] [1040]``; ``curl: (60)``.

    A status of HTTP needs no article: ``Apache 504 errors``.
    """
    for match in _STATUS.finditer(text):
        named = _WHO_ANSWERS.search(text, max(0, match.start() - 45), match.start())
        if named and announcing.NAME_FIRST.match(text, match.end()):
            yield mention(text, number_code(int(match[0])), *match.span())
    for match in announcing.NUMBER_FIRST.finditer(text):
        before = Before(text, match.start())
        if before.last_word in announcing.NUMBER_ARTICLES or before.starts_row():
            yield mention(text, number_code(int(match[0])), *match.span())
    patterns = (_BRACKETED, _NUMBER_OF_MESSAGE, _OF_STATE, _OF_CURL)
    for match in chain.from_iterable(pattern.finditer(text) for pattern in patterns):
        yield mention(text, number_code(int(match[1])), *match.span(1))
    for match in _OF_NAME.finditer(text):
        if is_error_name(match["name"].replace("\\", "")):
            value = int(match[3]) * (-1 if match[2] else 1)
            yield mention(text, number_code(value), match.start(2), match.end(3))


def _in_title(title: str) -> Iterator[CodeMention]:
    """Yield the number of ``Code 10: the device cannot start`` and ``No driver (Code 28)``.

    One digit may be one too: ``Error 5 when you open the share``. So is the number in square
    brackets that a title ends with.
    """
    if match := _AT_END.search(title):
        yield mention(title, number_code(int(match[1])), *match.span(1))
    match = _NUMBERED.search(title) or _DIGIT_FIRST.search(title)
    if match and not announcing.UNIT.match(title, match.end(1)):
        yield mention(title, number_code(int(match[1])), *match.span(1))


def _announced(text: str, label: re.Match[str]) -> CodeMention | None:
    """Read a decimal code; a number of some 31 bits or more is a code of failure in decimal."""
    match = _AFTER_LABEL.match(text, label.end())
    if match is None or announcing.UNIT.match(text, match.end()):
        return None
    if 400 <= int(match[2]) <= 599 and _ENHANCED.match(text, match.end()):
        return None
    value, span = int(match[2]) * (-1 if match[1] else 1), match.span()
    if code := _failure(value):
        return mention(text, code, *span)
    if value == 0 or abs(value) > 0x7FFFFFFF or _is_of_no_error(label, match):
        return None
    is_sip = label[0][:3].lower() == "sip"  # it has phrases of HTTP too
    if 400 <= value <= 599 and not is_sip and announcing.HTTP_REASON.match(text, match.end()):
        return mention(text, http_code(match[0]), *span)
    return mention(text, number_code(value), *span)


def _failure(value: int) -> Code | None:
    """Return the code of failure that a number is in decimal, be it without its minus sign.

    No errors are counted that far, nor do seconds since 1970 reach so far.
    """
    if 0x80000000 <= value <= 0xFFFFFFFF:
        return hex_code(value)
    lost = 0x70000000 < value < 0x7FFFFFFF
    return hex_code(-value & 0xFFFFFFFF) if lost else None


def _is_of_no_error(label: re.Match[str], number: re.Match[str]) -> bool:
    """Return whether a number counts, is a process of Android (``err( 2314)``) or a mere ``rc: 1``.

    The number of a process is set flush right in its brackets; one digit of ``rc`` says no more
    than that a program failed.
    """
    if label["variable"]:
        return label["variable"].lower() == "rc" and len(number[0]) == 1
    process = re.fullmatch(r"\([^\S\n]+", label["gap"]) and number.string[number.end() :][:1] == ")"
    return bool(process) or bool(label["plain"] and _counts(label, number))


def _counts(label: re.Match[str], number: re.Match[str]) -> bool:
    """Return whether a number after a mere ``error`` is rather a count, a date or a process.

    A single digit may count errors, as does ``errors: 125``; more than six digits may be a date.
    In a log ``ERROR`` is a level, and further fields follow.
    """
    if not 2 <= len(number[0]) <= 6:
        return True
    if not label["gap"].isspace():
        return label["plain"][-1] in "sS"
    is_level = label["plain"].isupper()
    return is_level and bool(_NEXT_LOG_FIELD.match(number.string, number.end()))


def _parse(text: str) -> Code | None:
    match = _WHOLE.fullmatch(text)
    if match is None:
        return None
    value = int(match[2]) * (-1 if match[1] else 1)
    if not -0x80000000 <= value <= 0xFFFFFFFF:
        return None
    if value < 0 and len(match[2]) == 10:
        return hex_code(value & 0xFFFFFFFF)
    return _failure(value) or number_code(value)


def _read(token: str) -> list[Reading]:
    return _read_negative(token) or _read_digits(token)


def _read_negative(token: str) -> list[Reading]:
    match = _NEGATIVE.fullmatch(token)
    if match is None or int(match[1]) > 0x80000000:
        return []
    value = -int(match[1]) & 0xFFFFFFFF
    if len(match[1]) == 10:
        return whole(value, Note.SIGNED)
    decimal = Reading(ReadingKind.DECIMAL, value, f"-{int(match[1])}", Note.AS_TYPED)
    return [decimal, *whole(value, Note.SIGNED)]


def _read_digits(token: str) -> list[Reading]:
    if not _DIGITS.fullmatch(token):
        return []
    value = int(token)
    if value <= 0xFFFF and len(token) <= 5:
        return _read_small(token, value)
    as_hex = hex_digits(token) if len(token) <= 8 else []
    as_decimal = _read_large(value)
    # Cut codes, those without their zeros and failures are rather hexadecimal than such numbers.
    hex_first = len(token) < 8 or token[0] in "08"
    return [*as_hex, *as_decimal] if hex_first else [*as_decimal, *as_hex]


def _read_small(token: str, value: int) -> list[Reading]:
    """Read a decimal of up to sixteen bits: an error, an event, a status or four hex digits."""
    decimal = Reading(ReadingKind.DECIMAL, value, str(value), Note.AS_TYPED)
    if value == 0:
        return [decimal]
    event = exact_reading(event_code(value))
    found = [decimal, *wrapped(value), event]
    if 400 <= value <= 599 and len(token) == 3:
        found.insert(0, exact_reading(http_code(token)))
    low = low_digits(int(token, 16)) if len(token) == 4 else []
    if token[0] == "0":
        return [*low, *found]
    return [*found, *(hex_digits(token) if len(token) > 2 else []), *low]


def _read_large(value: int) -> list[Reading]:
    """Read a decimal of more than sixteen bits."""
    if value < 0x80000000:
        decimal = Reading(ReadingKind.DECIMAL, value, str(value), Note.AS_TYPED)
        lost_minus = whole(-value & 0xFFFFFFFF, Note.LOST_MINUS) if value > 0x70000000 else []
        return [decimal, *lost_minus]
    if value <= 0xFFFFFFFF:
        return whole(value, Note.UNSIGNED)
    extended = (1 << 64) - 0x80000000 <= value < 1 << 64
    return whole(value & 0xFFFFFFFF, Note.SIGN_EXTENDED) if extended else []


NUMBER = Family(
    kind=KIND,
    label=gettext_noop("Decimal codes"),
    reading=gettext_noop("decimal error number"),
    parse=_parse,
    find=_find,
    announced=_announced,
    read=_read,
    spellings=lambda code: [f"0x{code.value:X}"] if code.value is not None else [],
    is_number=True,
    in_title=_in_title,
    stands_out=False,  # beside words a bare number is none: "Office 365"
)
