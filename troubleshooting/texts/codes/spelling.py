"""The lookup key of a spelling."""

import re
import unicodedata
from functools import lru_cache

MINUS = "\\-\u2212\u2010\u2011\u2013"
"""What people type and tools print as a minus sign, for a set in a regular expression:
hyphen-minus, minus, hyphen, no-break hyphen, en dash."""

INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Characters that show nothing, for a set in a regular expression: soft hyphen, zero-width spaces
and joiners, marks of direction, byte order mark. Copied codes and words carry them inside."""

_UNSEEN = re.compile(f"[{INVISIBLE}]")
_TO_HYPHEN = str.maketrans("\u2212\u2010\u2011\u2013", "----")
# What may stand between the parts of one code without changing which code it is.
_FILLING = re.compile(r"[\s_\\*`\"“”«»()\[\]:#/,;]+")


def without_invisible(text: str) -> str:
    """Return ``text`` without characters that show nothing."""
    return _UNSEEN.sub("", text)


def normalise_spelling(text: str) -> str:
    """Return the key under which a spelling of a code or symbol is stored and looked up.

    The key is case-folded and compatible characters are unified (NFKC); spaces, underscores,
    Markdown marks, brackets, quotes, ``:``, ``#``, ``/``, commas, a trailing full stop and
    invisible characters go.
    A minus sign and inner full stops stay: they are part of ``-1009`` and ``5.7.124``.

    ``text``: any spelling, e.g. ``"0X8007064c."``, ``"ERROR_INSTALL_USEREXIT"``.

    Return the key: ``"0x8007064c"``, ``"errorinstalluserexit"``. A key is its own key, and the key
    of a spelling's beginning is the beginning of its key, so that prefixes can be looked up.
    """
    shown = unicodedata.normalize("NFKC", without_invisible(text))
    folded = unicodedata.normalize("NFKC", shown.casefold())
    return _FILLING.sub("", folded.translate(_TO_HYPHEN)).rstrip(".")


@lru_cache(maxsize=4)  # the same symbols are asked for again and again
def keyed(symbols: frozenset[str]) -> dict[str, str]:
    """Return ``symbols`` by their keys; of two with one key the last in order."""
    return {normalise_spelling(symbol): symbol for symbol in sorted(symbols)}
