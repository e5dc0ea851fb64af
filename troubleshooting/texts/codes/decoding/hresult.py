"""An HRESULT taken apart, by [MS-ERREF] 2.1.

Bits from the highest: S severity, R reserved, C customer, N NTSTATUS, X reserved, eleven bits of
facility, sixteen bits of code. Only what is certainly an HRESULT is decoded.
"""

from dataclasses import dataclass

from .facilities import FACILITY_NAMES, ITF, WIN32

_FAILURE = 0x80000000
_CUSTOMER = 0x20000000
_FOREIGN = 0x58000000  # R, N and X: set, the number is no plain HRESULT


@dataclass(frozen=True, slots=True)
class Hresult:
    """The parts of an HRESULT.

    ``value``: the whole number, 0 to 0xFFFFFFFF.
    """

    value: int

    @property
    def severity(self) -> str:
        """Return ``"failure"`` when the highest bit is set, else ``"success"``."""
        return "failure" if self.value & _FAILURE else "success"

    @property
    def customer(self) -> bool:
        """Return whether a vendor other than Microsoft defined the code (C bit)."""
        return bool(self.value & _CUSTOMER)

    @property
    def facility(self) -> int:
        """Return the number of the facility, 0 to 2047."""
        return self.value >> 16 & 0x7FF

    @property
    def facility_name(self) -> str | None:
        """Return the facility's name without ``FACILITY_``; None if unknown or a customer's."""
        return None if self.customer else FACILITY_NAMES.get(self.facility)

    @property
    def interface_specific(self) -> bool:
        """Return whether each interface gives the code a meaning of its own (facility ITF).

        Such a code has no meaning that holds everywhere, and none may be shown as if it had.
        """
        return self.facility == ITF and not self.customer

    @property
    def code(self) -> int:
        """Return the facility's own number of the error, 0 to 65535."""
        return self.value & 0xFFFF

    @property
    def win32(self) -> int | None:
        """Return the Win32 error number that the HRESULT wraps, or None if it wraps none."""
        wraps = self.facility == WIN32 and self.severity == "failure" and not self.customer
        return self.code if wraps else None


def hresult_of(value: int | None) -> Hresult | None:
    """Decode a number that can only be an HRESULT of a failure.

    ``value``: the number, as ``Code.value`` gives it.

    Return its parts; None when it is not 32 bits wide, has no failure bit (``0x00240005``,
    ``0xAB2`` may be anything), or sets a reserved bit or the NTSTATUS bit (``0xC0000005`` is an
    NTSTATUS).
    """
    if value is None or not _FAILURE <= value <= 0xFFFFFFFF or value & _FOREIGN:
        return None
    return Hresult(value)


def hresult_from_win32(number: int) -> int:
    """Wrap a Win32 error number (1 to 65535) as HRESULT, as ``HRESULT_FROM_WIN32`` does.

    Raise ``ValueError``: the number is outside that range; 0 is success and has no HRESULT of
    failure.
    """
    if not 1 <= number <= 0xFFFF:
        raise ValueError(f"not a Win32 error number: {number}")
    return _FAILURE | WIN32 << 16 | number


def low_word(value: int) -> int:
    """Return the lower sixteen bits, by which codes of several facilities correspond."""
    return value & 0xFFFF


def signed(value: int) -> int:
    """Return the 32 bits of an unsigned number as the signed one that many tools print."""
    return value - (1 << 32) if value & _FAILURE else value
