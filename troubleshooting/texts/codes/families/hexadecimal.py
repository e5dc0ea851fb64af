"""Hexadecimal numbers: HRESULT, NTSTATUS or another one written with ``0x``.

Their form gives them away wherever they stand, their context can only refuse them. Patterns look
at a bounded number of characters from each place where they may begin, so that the time grows with
the length of the text only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import announcing
from ..context import Before
from ..decoding.hresult import hresult_of, signed
from ..family import Family, gettext_noop, mention
from ..model import Code, CodeMention
from ..reading import HEX, Note, Reading, ReadingKind
from ..spelling import MINUS
from .numeric import (
    beginning,
    hex_code,
    hex_digits,
    hex_value,
    low_digits,
    seems_cut,
    whole,
    wrapped,
)

# Each begins with a plain character or set, by which a search can skip the rest of the text; so
# what must not stand before it is looked for after that first character.
_PREFIXED = re.compile(r"0(?<![\w+].)[xX]([0-9A-Fa-f]{1,16})(?!\w)")
_BARE = re.compile(r"[8Cc](?<![\w\\/%#.@{&-].)(?:[0-9A-F]{7}|[0-9a-f]{7})(?![\w\\@-]|\.\w)")
# A failure to sign in, of which logs and messages leave the "0x" out: "[CAA2000B]".
_AT_SIGN_IN = re.compile(r"CAA[0-9](?=[0-9A-F]{0,3}[0-9])")
_SIGNED = re.compile(rf"[{MINUS}](?<![\w.{MINUS}].)([0-9]{{10}})(?!\w|[.,-][0-9]|-\w)")
_UNSIGNED = re.compile(rf"[2-4](?<![\w.,/:#{MINUS}].)[0-9]{{9}}(?!\w|[.,:/-][0-9]|-\w)")
_AFTER_LABEL = re.compile(r"[0-9A-Fa-f]{8}(?![\w-]|\.\w)")
# A system error that lost its "0x": "error 4c7". Factors of a sign-in are counted like one.
_SHORT = re.compile(
    r"(?=[0-9]{1,3}[a-f])(?!2fa)[0-9a-f]{3,4}(?![\w-]|\.\w)|(?=[0-9]{1,3}[A-F])(?!2FA)[0-9A-F]{3,4}(?![\w-]|\.\w)"
)

# The whole of a text, digits in the group; a suffix L is what C adds to a number.
_WHOLE = re.compile(r"0[xX] ?([0-9A-Fa-f]{1,16})[lL]?")
_WHOLE_BARE = re.compile(r"(?=.{0,7}[0-9])[89A-Fa-f][0-9A-Fa-f]{7}|00[0-9A-Fa-f]{6}")
# Four digits at least, for "b2b" is a word; no ordinal such as "1000e", but eight are a code.
_TYPED = re.compile(r"(?=.{0,15}[0-9])(?![0-9]{1,6}[eE]$)(?:[0-9A-Fa-f]{4,8}|[0-9A-Fa-f]{16})")


def _find(text: str) -> Iterator[CodeMention]:
    for find in (_find_prefixed, _find_bare, _find_signed, _find_unsigned):
        yield from find(text)


def _find_prefixed(text: str) -> Iterator[CodeMention]:
    """Yield ``0x`` numbers: failures always, others where the context makes them a code."""
    for match in _PREFIXED.finditer(text):
        digits = match[1]
        value = hex_value(digits)
        if value and _is_code(Before(text, match.start()), digits, value):
            yield mention(text, hex_code(value, len(digits)), *match.span())


def _is_code(before: Before, digits: str, value: int) -> bool:
    """Return whether it is a code, and no flag, address, size or number of a process."""
    failure = value >> 28 in (0x8, 0xC)  # as an HRESULT or an NTSTATUS begins
    if before.continues_code():
        return True
    if before.names_noise(weak=not failure):
        return False
    if failure:
        return True
    if value >> 20 == 0x7FF or before.assigns_to_other():
        return False  # the former is the top of a 32-bit program's memory
    if len(digits) < 3 or (digits[0] == "0" and 4 < len(digits) < 8):
        return before.names_error()
    return before.starts_row() or before.ends_in_code() or before.announces_error()


def _find_bare(text: str) -> Iterator[CodeMention]:
    """Yield failure codes that lost their ``0x`` (``8007064C``), where nothing speaks against.

    Without a word for an error the number must look like a code of failure and like nothing
    else: the facilities in use begin ``80`` or ``87``, NTSTATUS of no facility ``C000``; and
    digits alone could be any number, unless brackets hold them after a word for a failure
    (``*FAILED* [80244019]``).
    """
    for match in _BARE.finditer(text):
        digits, before = match[0], Before(text, match.start())
        if before.names_noise(weak=True) or before.assigns_to_other():
            continue
        typical = digits[:2] in ("80", "87") and (
            not digits.isdigit() or _is_bracketed_failure(text, match, before)
        )
        known = digits[:4].upper() == "C000" or _AT_SIGN_IN.match(digits)
        if typical or known or (digits[1] < "8" and before.names_error()):
            yield mention(text, hex_code(int(digits, 16)), *match.span())


def _is_bracketed_failure(text: str, match: re.Match[str], before: Before) -> bool:
    brackets = before.text[-1:] + text[match.end() : match.end() + 1]
    return brackets in ("[]", "()") and before.announces_error()


def _find_signed(text: str) -> Iterator[CodeMention]:
    """Yield negative decimals that are a 32-bit code of failure (``-2147023284``)."""
    for match in _SIGNED.finditer(text):
        if int(match[1]) <= 0x80000000:
            yield mention(text, hex_code(-int(match[1]) & 0xFFFFFFFF), *match.span())


def _find_unsigned(text: str) -> Iterator[CodeMention]:
    """Yield decimals from 0x80000000 on that a word for an error announces in the same line.

    Only numbers that begin 0x8 or 0xC as failure codes do; sizes in bytes and telephone
    numbers come as large.
    """
    for match in _UNSIGNED.finditer(text):
        value = int(match[0])
        if value >> 28 in (0x8, 0xC) and Before(text, match.start()).announces_error():
            yield mention(text, hex_code(value), *match.span())


def _announced(text: str, label: re.Match[str]) -> CodeMention | None:
    """Read eight hex digits, unless they are more likely a decimal number or a word.

    Digits alone are hexadecimal if they begin as a failure code or with zeros.
    """
    match = _AFTER_LABEL.match(text, label.end())
    if match is None:
        return _announced_short(text, label)
    digits = match[0]
    value = int(digits, 16)
    mixed = not digits.isalpha() and not digits.isdigit()
    if value and (digits.startswith(("80", "00")) or (mixed and value >= 0x80000000)):
        return mention(text, hex_code(value), *match.span())
    return None


def _announced_short(text: str, label: re.Match[str]) -> CodeMention | None:
    if label["variable"] or not label["gap"] or (label["plain"] or "").isupper():
        return None
    match = _SHORT.match(text, label.end())
    if match is None or (not label["sure"] and announcing.UNIT.match(text, match.end())):
        return None
    return mention(text, hex_code(int(match[0], 16), len(match[0])), *match.span())


def _parse(text: str) -> Code | None:
    """Read ``0x`` and digits, or eight digits without it.

    Those are failures, and numbers that kept their leading zeros. Digits alone are a failure from
    80 on; other eight-digit numbers are decimal.
    """
    if match := _WHOLE.fullmatch(text):
        value = hex_value(match[1])
        return None if value is None else hex_code(value, len(match[1]))
    if not _WHOLE_BARE.fullmatch(text) or (text.isdigit() and text[:2] not in ("80", "00")):
        return None
    return hex_code(int(text, 16))


def _read(token: str) -> list[Reading]:
    return _read_prefixed(token) or _read_bare(token)


def _read_prefixed(token: str) -> list[Reading]:
    match = _WHOLE.fullmatch(token)
    value = hex_value(match[1]) if match else None
    if match is None or value is None:
        return []
    digits = match[1].upper()
    if len(digits) >= 8:
        return whole(value, Note.AS_TYPED if len(digits) == 8 else Note.SIGN_EXTENDED)
    canonical = hex_code(value, len(digits)).canonical
    others = [
        Reading(ReadingKind.EXACT, value, canonical, Note.AS_TYPED),
        *(wrapped(value) if value <= 0xFFFF else []),
        *(low_digits(value) if len(digits) in (3, 4) else []),
    ]
    prefix = beginning(digits)
    return [*prefix, *others] if seems_cut(digits) else [*others, *prefix]


def _read_bare(token: str) -> list[Reading]:
    """Read hex digits without ``0x``; digits alone are read as numbers (see ``number``)."""
    if token.isdigit() or not _TYPED.fullmatch(token):
        return []
    low = low_digits(int(token, 16)) if len(token) == 4 else []
    return [*low, *hex_digits(token)]


def _spellings(code: Code) -> list[str]:
    """Return a code with and without ``0x``, as decimals, and the Win32 number that it wraps."""
    value = code.value or 0
    digits = f"{value:08X}"
    found = [f"0x{value:X}", f"0x{digits}"]
    if len(code.canonical) == 10 and not digits.isalpha():
        found.append(digits)
    if signed(value) < 0:
        found.append(str(signed(value)))
    found.append(str(value))
    hresult = hresult_of(value)
    if hresult and hresult.win32:
        found.append(str(hresult.win32))
    return found


HEXADECIMAL = Family(
    kind=HEX,
    label=gettext_noop("Hexadecimal codes"),
    reading=gettext_noop("hexadecimal code"),
    parse=_parse,
    find=_find,
    announced=_announced,
    read=_read,
    spellings=_spellings,
    is_number=True,
    names=("hr", "hresult"),
    public_form=r"0x[0-9A-F]+",
)
