"""The language in which commands speak: that of the terminal, in texts of the catalogue.

Uses the standard library alone: what installs the portal speaks before Django is there.
"""

import ast
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

#: The portal's languages where PORTAL_LANGUAGES names no others, the default one first.
DEFAULT_LANGUAGES = ("fr", "en")
#: Where a terminal says the language of messages: the first that is set (POSIX, section 8.2).
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(environment: Mapping[str, str], offered: Iterable[str], default: str) -> str:
    """Return the language of a terminal: one of the ``offered``.

    ``default`` where the terminal names none, as ``C.UTF-8``, or another.
    """
    named = next((value for name in _VARIABLES if (value := environment.get(name))), "")
    code = named.partition(".")[0].partition("@")[0].replace("_", "-").lower()
    known = set(offered)
    return next((one for one in (code, code.partition("-")[0]) if one in known), default)


@cache
def texts_of(path: Path) -> dict[str, str]:
    """Return the texts of a ``.po`` file that have one form and no context, by their English.

    Empty where there is no such file. Source: GNU gettext, "The Format of PO Files".
    """
    texts: dict[str, str] = {}
    if not path.exists():
        return texts
    for entry in path.read_text("utf-8").split("\n\n"):
        parts: dict[str, str] = {}
        word = ""
        for line in entry.splitlines():
            before, quote, rest = line.partition('"')
            if quote and not line.startswith("#"):
                word = before.strip() or word
                parts[word] = parts.get(word, "") + str(ast.literal_eval(quote + rest))
        if parts.keys() == {"msgid", "msgstr"} and parts["msgid"] and parts["msgstr"]:
            texts[parts["msgid"]] = parts["msgstr"]
    return texts
