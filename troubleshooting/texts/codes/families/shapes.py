"""Codes that their form gives away, wherever they stand; their context can only refuse them.

Each finder takes a text and yields mentions. Patterns look at a bounded number of characters
from each place where they may begin, so that the time grows with the length of the text only.
"""

import re
from collections.abc import Callable, Iterator

from ..model import Code, CodeMention, aadsts_code, hex_code, ndr_code, symbol_code
from ..spelling import MINUS
from .context import Before, words_after
from .symbols import is_error_name

Finder = Callable[[str], Iterator[CodeMention]]

# Each begins with a plain character or set, by which a search can skip the rest of the text; so
# what must not stand before it is looked for after that first character.
_HEX = re.compile(r"0(?<![\w+].)[xX]([0-9A-Fa-f]{1,16})(?!\w)")
_BARE_HEX = re.compile(r"[8Cc](?<![\w\\/%#.@{&-].)(?:[0-9A-F]{7}|[0-9a-f]{7})(?![\w\\@-]|\.\w)")
_SIGNED = re.compile(rf"[{MINUS}](?<![\w.{MINUS}].)([0-9]{{10}})(?!\w|[.,-][0-9]|-\w)")
_UNSIGNED = re.compile(rf"[2-4](?<![\w.,/:#{MINUS}].)[0-9]{{9}}(?!\w|[.,:/-][0-9]|-\w)")
_AADSTS = re.compile(r"[Aa](?<![^\W_].)[Aa][Dd][Ss][Tt][Ss][ :#]{0,2}([0-9]{4,7})(?!\w)")
_NDR = re.compile(r"[45](?<![\w.].)\.[0-9]{1,3}\.[0-9]{1,3}(?![\w-]|\.\w)")
_UPPER = re.compile(r"[A-Z](?<![\w%$\\].)[A-Z0-9]{0,40}+(?:\\?_[A-Z0-9]{1,40}+){1,24}+(?![\w%\\])")

_SMTP_REPLY = re.compile(r"(?:(?<![0-9])[45][0-9]{2}[ -]#?|#|status(?:[ -]code)?:? ?)$")
_VERSION_WORDS = frozenset(
    {"android", "build", "ios", "ipados", "macos", "section", "v", "version", "versions"}
)
_MAIL_WORDS = frozenset(
    {"bounce", "bounced", "delivery", "dsn", "ndr", "nondelivery", "smtp", "undeliverable"}
    | {"remis", "remise"}
)


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


def find_hex(text: str) -> Iterator[CodeMention]:
    """Yield ``0x`` numbers: failures always, others where the context makes them a code."""
    for match in _HEX.finditer(text):
        digits = match[1]
        value = hex_value(digits)
        if value and _is_hex_code(Before(text, match.start()), digits, value):
            yield _mention(match, hex_code(value, len(digits)))


def _is_hex_code(before: Before, digits: str, value: int) -> bool:
    """Tell a code from a flag, an address, a size or the number of a process."""
    failure = value >> 28 in (0x8, 0xC)  # as an HRESULT or an NTSTATUS begins
    if before.names_noise(weak=not failure):
        return False
    if failure:
        return True
    if value >> 20 == 0x7FF or before.assigns_to_other():
        return False  # the former is the top of a 32-bit program's memory
    if len(digits) < 3 or (digits[0] == "0" and 4 < len(digits) < 8):
        return before.names_error()
    return before.starts_row() or before.ends_in_code() or before.announces_error()


def find_bare_hex(text: str) -> Iterator[CodeMention]:
    """Yield failure codes that lost their ``0x`` (``8007064C``), where nothing speaks against.

    Without a word for an error the number must look like a code of failure and like nothing
    else: the facilities in use begin ``80`` or ``87``, NTSTATUS of no facility ``C000``; and
    digits alone could be any number.
    """
    for match in _BARE_HEX.finditer(text):
        digits, before = match[0], Before(text, match.start())
        if before.names_noise(weak=True) or before.assigns_to_other():
            continue
        typical = digits[:2] in ("80", "87") and not digits.isdigit()
        if typical or digits[:4].upper() == "C000" or (digits[1] < "8" and before.names_error()):
            yield _mention(match, hex_code(int(digits, 16)))


def find_signed(text: str) -> Iterator[CodeMention]:
    """Yield negative decimals that are a 32-bit code of failure (``-2147023284``)."""
    for match in _SIGNED.finditer(text):
        if int(match[1]) <= 0x80000000:
            yield _mention(match, hex_code(-int(match[1]) & 0xFFFFFFFF))


def find_unsigned(text: str) -> Iterator[CodeMention]:
    """Yield decimals from 0x80000000 on that a word for an error announces in the same line.

    Only numbers that begin 0x8 or 0xC as failure codes do; sizes in bytes and telephone
    numbers come as large.
    """
    for match in _UNSIGNED.finditer(text):
        value = int(match[0])
        if value >> 28 in (0x8, 0xC) and Before(text, match.start()).announces_error():
            yield _mention(match, hex_code(value))


def find_aadsts(text: str) -> Iterator[CodeMention]:
    """Yield sign-in codes (``AADSTS50020``)."""
    for match in _AADSTS.finditer(text):
        yield _mention(match, aadsts_code(int(match[1])))


def find_ndr(text: str) -> Iterator[CodeMention]:
    """Yield enhanced mail status codes after an SMTP reply, ``#`` or near words for delivery."""
    for match in _NDR.finditer(text):
        before = Before(text, match.start())
        near = {*before.words, *words_after(text, match.end())}
        if _SMTP_REPLY.search(before.text[-14:]) or (
            before.last_word not in _VERSION_WORDS and not _MAIL_WORDS.isdisjoint(near)
        ):
            yield _mention(match, ndr_code(match[0]))


def find_error_names(text: str) -> Iterator[CodeMention]:
    """Yield names in capitals that are an error's by their form (``WININET_E_TIMEOUT``)."""
    for match in _UPPER.finditer(text):
        code = symbol_code(match[0])
        if is_error_name(code.canonical):
            yield _mention(match, code)


def _mention(match: re.Match[str], code: Code) -> CodeMention:
    return CodeMention(code, match[0], match.start(), match.end())


FINDERS: tuple[Finder, ...] = (
    find_hex,
    find_bare_hex,
    find_signed,
    find_unsigned,
    find_aadsts,
    find_ndr,
    find_error_names,
)
