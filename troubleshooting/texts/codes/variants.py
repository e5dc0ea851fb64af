"""All the spellings of a code, for its page and for the addresses that lead there."""

from .families import FAMILY_OF
from .model import Code


def spellings(code: Code) -> list[str]:
    """Return the useful spellings of a code, the canonical one first, without doubles.

    ``readings`` understands each of them.
    """
    return list(dict.fromkeys([code.canonical, *FAMILY_OF[code.kind].spellings(code)]))
