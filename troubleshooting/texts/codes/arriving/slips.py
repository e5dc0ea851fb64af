"""What a wrong code may have been: one slip of a finger, an eye or an ear away."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

#: The digits of a whole code.
_WHOLE = 8
_DIGITS = "0123456789ABCDEF"
#: Digits that look or sound alike.
_ALIKE = frozenset(
    frozenset(pair)
    for pair in ("0D", "8B", "6B", "1F", "17", "3E", "38", "56", "9A", "CE", "CD", "DE", "BD")
)


class Slip(StrEnum):
    """In what way a typed code differs from one that may be meant."""

    SWAPPED = "swapped"
    TOO_MANY = "too_many"
    TOO_FEW = "too_few"
    WRONG = "wrong"


def likely_codes(digits: str) -> dict[int, Slip]:
    """Return the codes that are one slip away from hex digits, the likeliest slip first.

    ``digits``: seven to nine hex digits without ``0x``.

    Return the values, each with the slip that it takes; empty for fewer or more digits.
    """
    digits = digits.upper()
    found: dict[int, Slip] = {}
    own = int(digits, 16) if digits else 0
    for other, slip in _one_away(digits):
        value = int(other, 16)
        if value != own or len(digits) != _WHOLE:
            found.setdefault(value, slip)
    return found


def _one_away(digits: str) -> Iterator[tuple[str, Slip]]:
    if len(digits) == _WHOLE:
        yield from ((other, Slip.SWAPPED) for other in _swapped(digits))
        yield from ((other, Slip.WRONG) for other in _replaced(digits))
    elif len(digits) == _WHOLE + 1:
        yield from ((digits[:at] + digits[at + 1 :], Slip.TOO_MANY) for at in range(len(digits)))
    elif len(digits) == _WHOLE - 1:
        for at in range(_WHOLE):
            yield from ((digits[:at] + one + digits[at:], Slip.TOO_FEW) for one in _DIGITS)


def _swapped(digits: str) -> Iterator[str]:
    for at in range(len(digits) - 1):
        yield digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def _replaced(digits: str) -> list[str]:
    """Return the digits with one of them another, those first that look or sound alike."""
    found = []
    for at, digit in enumerate(digits):
        for one in _DIGITS:
            if one != digit:
                alike = frozenset((one, digit)) in _ALIKE
                distance = abs(int(one, 16) - int(digit, 16))
                found.append((not alike, -at, distance, digits[:at] + one + digits[at + 1 :]))
    return [other for *_order, other in sorted(found)]
