"""Codes that only the words before them make one: ``error 1603``, ``Event ID 36``, ``HTTP 404``.

A label is matched first, then what follows it is read. As in :mod:`.shapes`, patterns look at a
bounded number of characters from each place where they may begin.
"""

import re
from collections.abc import Callable, Iterator

from . import labels
from .context import Before
from .model import (
    Code,
    CodeMention,
    event_code,
    hex_code,
    http_code,
    number_code,
    symbol_code,
)
from .spelling import MINUS
from .symbols import humps, is_underscored

_BARE_HEX = re.compile(r"[0-9A-Fa-f]{8}(?![\w-]|\.\w)")
_DECIMAL = re.compile(rf"([{MINUS}]?)([0-9]{{1,10}})(?!\w|[.,:/-][0-9]|-\w)")
_NAME = re.compile(r"[A-Z](?:\\?_|[A-Za-z0-9]){3,126}+(?!\w|[.-]\w|\()")
_PLURAL = re.compile(r"[Ss]\W{0,12}$")
_NEXT_LOG_FIELD = re.compile(r"\s+(?:[0-9]|\[|---)")
_CLOSING = {'"': '"', "'": "'", "“": "”", "«": "»", "*": "*", "`": "`"}


def find_events(text: str) -> Iterator[CodeMention]:
    """Yield event identifiers (1 to 65535) after a word for an event."""
    for match in labels.EVENT.finditer(text):
        yield from _numbered(match, event_code)
        if _PLURAL.search(text[match.start() : match.start(1)]):
            yield from _listed(text, match.end(), event_code)


def find_http(text: str) -> Iterator[CodeMention]:
    """Yield HTTP error statuses (400 to 599) after ``HTTP`` or a word for a status code."""
    for match in labels.HTTP.finditer(text):
        yield CodeMention(http_code(match[1]), match[0], match.start(), match.end())


def find_after_error(text: str) -> Iterator[CodeMention]:
    """Yield what follows a word for an error: a number, eight hex digits or a name."""
    for label in labels.ERROR.finditer(text):
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
            digits = match[0].split()[0]
            yield _mention(
                text, number_code(int(digits)), match.start(), match.start() + len(digits)
            )


def _numbered(match: re.Match[str], make: Callable[[int], Code]) -> Iterator[CodeMention]:
    if 1 <= int(match[1]) <= 0xFFFF:
        yield CodeMention(make(int(match[1])), match[0], match.start(), match.end())


def _listed(text: str, position: int, make: Callable[[int], Code]) -> Iterator[CodeMention]:
    while match := labels.NEXT_IN_LIST.match(text, position):
        yield _mention(text, make(int(match[1])), *match.span(1))
        position = match.end()


def _read_bare_hex(text: str, label: re.Match[str]) -> CodeMention | None:
    """Read eight hex digits, unless they are more likely a decimal number or a word."""
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
    """Read a decimal code; a number wider than 31 bits is a code of failure in decimal.

    After a mere ``error`` a single digit may count errors, and more than six be a date. In a
    log, ``ERROR`` is also a level, followed by the number of a process.
    """
    match = _DECIMAL.match(text, label.end())
    if match is None or labels.UNIT.match(text, match.end()):
        return None
    value, span = int(match[2]) * (-1 if match[1] else 1), match.span()
    if 0x80000000 <= value <= 0xFFFFFFFF:
        return _mention(text, hex_code(value), *span)
    if value == 0 or not -0x80000000 < value < 0x80000000:
        return None
    if label["plain"]:
        if not 2 <= len(match[0]) <= 6:
            return None
        level = label["plain"].isupper() and label["gap"].isspace()
        if level and _NEXT_LOG_FIELD.match(text, match.end()):
            return None
        if 400 <= value <= 599 and labels.HTTP_REASON.match(text, match.end()):
            return _mention(text, http_code(match[0]), *span)
    return _mention(text, number_code(value), *span)


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
    opening = text[:start].rstrip(" \u00a0\u202f")[-1:]
    closing = text[end : end + 3].lstrip(" \u00a0\u202f")[:1]
    return _CLOSING.get(opening) == closing != ""


def _mention(text: str, code: Code, start: int, end: int) -> CodeMention:
    return CodeMention(code, text[start:end], start, end)


_READERS = (_read_bare_hex, _read_number, _read_name)

FINDERS = (find_events, find_http, find_after_error, find_number_before_error)
