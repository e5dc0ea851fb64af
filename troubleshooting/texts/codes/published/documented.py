"""Whether a text documents a small number as an error of Windows, and not as anybody else's."""

from __future__ import annotations

import re
from functools import lru_cache

from ..model import Code
from ..reading import NUMBER
from .names import names_of

# The maker's word with a few words after it (no version's number) or right behind the number.
_SYSTEM = r"(?:Win(?:dows|32)|MSI)"
_APART = r"[^\w\n]{1,4}"


def is_documented_as_windows(text: str, number: int) -> bool:
    """Return whether a text says that a number, 0 to 65535, is one of the errors of Windows.

    It does by the name that Windows gives the number, or by naming Windows beside it: ``Win32
    error 50``, ``1603 (Windows Installer)``. The alert 50 of a protocol is no such error, nor is
    the bit 0x20 of a list of flags.
    """
    return _telling(number).search(text) is not None


@lru_cache(maxsize=64)  # many articles are asked about one number
def _telling(number: int) -> re.Pattern[str]:
    names = (name.name for name in names_of(Code(NUMBER, str(number), number)))
    after = rf"{_SYSTEM}(?:{_APART}[^\W\d_]{{1,20}}){{1,4}}{_APART}{number}"
    before = rf"{number}{_APART}{_SYSTEM}"
    return re.compile(rf"(?<!\w)(?:{'|'.join([*names, after, before])})(?!\w|[.,][0-9])")
