"""Sign-in errors of Microsoft Entra ID (Azure AD): ``AADSTS50020``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..family import Family, exact_reading, gettext_noop, mention
from ..model import Code, CodeMention
from ..reading import Note, Reading, ReadingKind

KIND = "aadsts"
#: The one pattern; its digits are the group. People leave out the last digits of a code.
_FORM = r"[Aa][Aa][Dd][Ss][Tt][Ss][ :#]{0,2}([0-9]{3,7})"
_WHOLE = re.compile(_FORM)
# Begins with a plain set, by which a search can skip the rest of the text; so what must not stand
# before it is looked for after that first character.
_IN_TEXT = re.compile(_FORM.replace("[Aa]", r"[Aa](?<![^\W_].)", 1) + r"(?<=[0-9]{4})(?!\w)")


def aadsts_code(number: int) -> Code:
    """Make a sign-in code from the number after ``AADSTS``."""
    return Code(KIND, f"AADSTS{number}", number)


def _find(text: str) -> Iterator[CodeMention]:
    for match in _IN_TEXT.finditer(text):
        yield mention(text, aadsts_code(int(match[1])), *match.span())


def _parse(text: str) -> Code | None:
    match = _WHOLE.fullmatch(text)
    return aadsts_code(int(match[1])) if match else None


def _read(token: str) -> list[Reading]:
    match = _WHOLE.fullmatch(token)
    if match is None:
        return []
    code = aadsts_code(int(match[1]))
    beginning = Reading(ReadingKind.PREFIX, None, code.canonical, Note.CUT_OFF, frozenset({KIND}))
    return [exact_reading(code), *([beginning] if len(match[1]) < 5 else [])]


AADSTS = Family(
    kind=KIND,
    label=gettext_noop("Sign-in errors (AADSTS)"),
    reading=gettext_noop("sign-in error"),
    parse=_parse,
    find=_find,
    read=_read,
    spellings=lambda code: [f"AADSTS: {code.value}"],
    is_name=True,
    names=("aadsts",),
    misread=True,
    public_form=r"AADSTS\d+",
)
