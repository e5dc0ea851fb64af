"""The lookup key of a spelling."""

import re
import unicodedata

MINUS = "\\-\u2212\u2010\u2011\u2013"
"""What people type and tools print as a minus sign, for a set in a regular expression:
hyphen-minus, minus, hyphen, no-break hyphen, en dash."""

_TO_HYPHEN = str.maketrans("\u2212\u2010\u2011\u2013", "----")
# What may stand between the parts of one code without changing which code it is.
_FILLING = re.compile(r"[\s_\\*`\"“”«»()\[\]:#/,;]+")


def normalise_spelling(text: str) -> str:
    """Give the key under which a spelling of a code or symbol is stored and looked up.

    The key is case-folded and compatible characters are unified (NFKC); spaces, underscores,
    Markdown marks, brackets, quotes, ``:``, ``#``, ``/``, commas and a trailing full stop go.
    A minus sign and inner full stops stay: they are part of ``-1009`` and ``5.7.124``.

    Args:
        text: any spelling, e.g. ``"0X8007064c."``, ``"ERROR_INSTALL_USEREXIT"``.

    Returns:
        The key: ``"0x8007064c"``, ``"errorinstalluserexit"``. A key is its own key, and the key
        of a spelling's beginning is the beginning of its key, so that prefixes can be looked up.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _FILLING.sub("", folded.translate(_TO_HYPHEN)).rstrip(".")
