"""All the spellings of a code, for its page and for the addresses that lead there."""

from .hresult import hresult_of, signed
from .model import Code, CodeKind


def spellings(code: Code) -> list[str]:
    """Give the useful spellings of a code, the canonical one first, without doubles.

    Hexadecimal codes come with and without ``0x`` and as decimals, signed and unsigned; those
    that wrap a Win32 error with its number too. ``readings`` understands each of them.
    """
    match code.kind:
        case CodeKind.HEX:
            found = _hex_spellings(code)
        case CodeKind.NUMBER if code.value is not None:
            found = [f"0x{code.value:X}"]
        case CodeKind.NDR:
            found = [f"#{code.canonical}"]
        case CodeKind.EVENT:
            found = [f"Event ID {code.value}", f"ID d’événement {code.value}"]
        case CodeKind.AADSTS:
            found = [f"AADSTS: {code.value}"]
        case _:
            found = []
    return list(dict.fromkeys([code.canonical, *found]))


def _hex_spellings(code: Code) -> list[str]:
    value = code.value or 0
    whole = f"{value:08X}"
    found = [f"0x{value:X}", f"0x{whole}"]
    if len(code.canonical) == 10 and not whole.isalpha():
        found.append(whole)
    if signed(value) < 0:
        found.append(str(signed(value)))
    found.append(str(value))
    hresult = hresult_of(value)
    if hresult and hresult.win32:
        found.append(str(hresult.win32))
    return found
