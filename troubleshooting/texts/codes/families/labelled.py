"""Codes that only the words before them make one: ``error 1603``, ``Event ID 36``, ``HTTP 404``.

A label is matched first, then what follows it is read. As in :mod:`.shapes`, patterns look at a
bounded number of characters from each place where they may begin.
"""

import re
from collections.abc import Callable, Iterator

from ..model import Code, CodeMention, event_code, hex_code, http_code, number_code, symbol_code
from ..spelling import MINUS
from . import labels
from .context import Before
from .symbols import humps, is_underscored

_BARE_HEX = re.compile(r"[0-9A-Fa-f]{8}(?![\w-]|\.\w)")
_DECIMAL = re.compile(rf"([{MINUS}]?)([0-9]{{1,10}})(?!\w|[.,:/-][0-9]|-\w)")
_NAME = re.compile(r"[A-Z](?:\\?_|[A-Za-z0-9]){3,126}+(?!\w|[.-]\w|\()")
_PLURAL = re.compile(r"s\W{0,12}$|^codes ", re.IGNORECASE)
_NEXT_LOG_FIELD = re.compile(r"\s{1,20}+(?:[0-9]|\[|---)")
_CLOSING = {'"': '"', "'": "'", "“": "”", "«": "»", "*": "*", "`": "`"}


def find_events(text: str) -> Iterator[CodeMention]:
    """Yield event identifiers (1 to 65535) after a word for an event."""
    for match in labels.event_label().finditer(text):
        yield from _numbered(match, event_code)
        if _PLURAL.search(text[match.start() : match.start(1)]):
            yield from _listed(text, match.end(), event_code)


def find_http(text: str) -> Iterator[CodeMention]:
    """Yield HTTP error statuses (400 to 599) after ``HTTP`` or a word for a status code."""
    for match in labels.HTTP.finditer(text):
        yield CodeMention(http_code(match[1]), match[0], match.start(), match.end())


def find_after_error(text: str) -> Iterator[CodeMention]:
    """Yield what follows a word for an error: a number, eight hex digits or a name."""
    for label in labels.error_label().finditer(text):
        mention = next(filter(None, (read(text, label) for read in _READERS)), None)
        if mention is None:
            continue
        yield mention
        if _PLURAL.search(label["sure"] or label["plain"] or ""):
            yield from _listed(text, mention.end, number_code)


def find_number_before_error(text: str) -> Iterator[CodeMention]:
    """Yield the number of ``a 1603 error``."""
    for match in labels.NUMBER_FIRST.finditer(text):
        if Before(text, match.start()).last_word in labels.ARTICLES:
            yield _mention(text, number_code(int(match[0])), *match.span())


def _numbered(match: re.Match[str], make: Callable[[int], Code]) -> Iterator[CodeMention]:
    if 1 <= int(match[1]) <= 0xFFFF:
        yield CodeMention(make(int(match[1])), match[0], match.start(), match.end())


def _listed(text: str, position: int, make: Callable[[int], Code]) -> Iterator[CodeMention]:
    while match := labels.NEXT_IN_LIST.match(text, position):
        if int(match[1]) <= 0xFFFF:
            yield _mention(text, make(int(match[1])), *match.span(1))
        position = match.end()


def _read_bare_hex(text: str, label: re.Match[str]) -> CodeMention | None:
    """Read eight hex digits, unless they are more likely a decimal number or a word.

    Digits alone are hexadecimal if they begin as a failure code or with zeros.
    """
    match = _BARE_HEX.match(text, label.end())
    if match is None:
        return None
    digits = match[0]
    value = int(digits, 16)
    mixed = not digits.isalpha() and not digits.isdigit()
    if value and (digits.startswith(("80", "00")) or (mixed and value >= 0x80000000)):
        return _mention(text, hex_code(value), *match.span())
    return None


def _read_number(text: str, label: re.Match[str]) -> CodeMention | None:
    """Read a decimal code; a number wider than 31 bits is a code of failure in decimal."""
    match = _DECIMAL.match(text, label.end())
    if match is None or labels.UNIT.match(text, match.end()):
        return None
    value, span = int(match[2]) * (-1 if match[1] else 1), match.span()
    if 0x80000000 <= value <= 0xFFFFFFFF:
        return _mention(text, hex_code(value), *span)
    if value == 0 or abs(value) >= 0x80000000 or (label["plain"] and _counts(label, match)):
        return None
    if 400 <= value <= 599 and labels.HTTP_REASON.match(text, match.end()):
        return _mention(text, http_code(match[0]), *span)
    return _mention(text, number_code(value), *span)


def _counts(label: re.Match[str], number: re.Match[str]) -> bool:
    """Tell whether a number after a mere ``error`` is rather a count, a date or a process.

    A single digit may count errors, as does ``errors: 125``; more than six digits may be a date.
    In a log ``ERROR`` is a level, and further fields follow.
    """
    if not 2 <= len(number[0]) <= 6:
        return True
    if not label["gap"].isspace():
        return label["plain"][-1] in "sS"
    is_level = label["plain"].isupper()
    return is_level and bool(_NEXT_LOG_FIELD.match(number.string, number.end()))


def _read_name(text: str, label: re.Match[str]) -> CodeMention | None:
    """Read a symbolic code.

    In capitals with underscores it always is one, but not after the name of a variable. In
    camel case it is if it stands alone in quotes or bold, after a sure label, or has three words
    or more: a sentence may go on with the name of a product or command after ``error:``.
    """
    match = _NAME.match(text, label.end())
    if match is None or label["variable"]:
        return None
    code = symbol_code(match[0])
    words = humps(code.canonical)
    alone = _stands_alone(text, *match.span())
    if is_underscored(code.canonical) or words > 2 or (words == 2 and (label["sure"] or alone)):
        return _mention(text, code, *match.span())
    return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether quotes or Markdown marks hold nothing but the name."""
    opening = text[max(0, start - 3) : start].rstrip(" \u00a0\u202f")[-1:]
    closing = text[end : end + 3].lstrip(" \u00a0\u202f")[:1]
    return _CLOSING.get(opening) == closing != ""


def _mention(text: str, code: Code, start: int, end: int) -> CodeMention:
    return CodeMention(code, text[start:end], start, end)


_READERS = (_read_bare_hex, _read_number, _read_name)

FINDERS = (find_events, find_http, find_after_error, find_number_before_error)
