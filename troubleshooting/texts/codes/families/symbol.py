"""Symbolic codes: ``DeviceCapReached``, ``ERROR_INSTALL_USEREXIT``, ``invalid_grant``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...languages import code_words
from .. import announcing
from ..context import Before
from ..family import Family, gettext_noop, mention
from ..model import Code, CodeMention
from ..names import (
    humps,
    is_capitals,
    is_error_name,
    is_failing_camel,
    is_failing_mixed,
    is_failing_snake,
    is_system_name,
    is_underscored,
    joined_humps,
)
from ..published.names import PublishedName, find_names, holding
from ..reading import SYMBOL as KIND
from ..reading import Note, Reading, ReadingKind

# Begins with a plain set; what must not stand before it is looked for after that character.
_UPPER = re.compile(r"[A-Z](?<![\w%$\\].)[A-Z0-9]{0,40}+(?:\\?_[A-Z0-9]{1,40}+){1,24}+(?![\w%\\])")
_ERR = re.compile(
    r"[Ee]rr(?<![\w%$\\-]...)(?:or)?\\?_(?=[A-Za-z0-9_\\]{0,60}[a-z])[A-Z0-9](?:\\?_|[A-Za-z0-9]){3,60}+(?![\w%\\-])"
)
_MIXED = re.compile(
    r"[A-Z](?<![\w%$\\./@-].)[A-Za-z0-9]{2,60}+(?:\\?_[A-Z][A-Za-z0-9]{1,60}+){1,6}+(?![\w%\\(-]|\.\w)"
)
_MAKERS_ERR = re.compile(
    r"[A-Z](?<![\w%$\\-].)[A-Z]{1,8}+\\?_err(?:or)?[A-Z][a-z][A-Za-z0-9]{2,60}+(?![\w%\\-])"
)
# The name beside the number of a failure: "0x80090016 (NTE_BAD_KEYSET)".
_NAME = r"(?P<name>(?!REG_|\w{0,60}FLAG)[A-Z][A-Z0-9]{1,40}+(?:\\?_[A-Z0-9]{1,40}+){1,24}+)"
_FAILURE, _LOW = "0x[89A-Fa-f][0-9A-Fa-f]{7}", "0x[0-7][0-9A-Fa-f]{7}"
_AFTER_HEX = re.compile(
    rf"(?:{_FAILURE}[\s`*]{{0,3}}[(=/:-]?|{_LOW}[\s`*]{{0,3}}\()[\s`*]{{0,3}}{_NAME}(?![\w%\\-])"
)
# A stop code and its name: "0x0000007B INACCESSIBLE_BOOT_DEVICE".
_AFTER_LOW = re.compile(rf"0x[0-9A-Fa-f]{{1,8}}[\s`*]{{0,3}}[:–-]?[\s`*]{{0,3}}{_NAME}(?![\w%\\-])")
_BEFORE_HEX = re.compile(
    rf"(?<![\w%$\\-]){_NAME}[\s`*]{{0,3}}(?:[(=][\s`*]{{0,2}}{_FAILURE}|\({_LOW})(?!\w)"
)
# A name that ends right here, and the marks behind it.
_LAST_WORD = re.compile(r"(?<![\w%$\\./-])([A-Z](?:\\?_|[A-Za-z0-9]){3,126}+)([`*\"'”’»]{0,3})$")
_AFTER_LABEL = re.compile(r"[A-Z](?:\\?_|[A-Za-z0-9]){3,126}+(?!\w|[.-]\w|\()")
_CAMEL_WORD = re.compile(r"[A-Z](?<![\w%$\\./@-].)[A-Za-z0-9]{5,126}+(?![\w%\\@(-]|\.\w)")
_SYSTEM_WORD = re.compile(r"[ENFS](?<![\w%$\\./@-].)[A-Z_]{4,14}+(?![\w%\\(@-]|\.\w)")
_LASTING = re.compile(
    r"[A-Z](?<![\w%$\\./@-].)[A-Za-z0-9]{5,100}+"
    r"(?<=(?:manent|nsient)Exception)(?![\w(])"
)
# The field of a message that holds its name: "Code: ZoneNotAvailable".
_FIELD = re.compile(
    rf"(?:^|[\"“«`*>])(?:{'|'.join(code_words('numbered'))})[\"*]{{0,2}}"
    r"[ \u00a0\u202f]?:[\"* ]{1,4}(?P<name>[A-Z][A-Za-z0-9]{5,126}+)(?![\w(]|[.-]\w)",
    re.MULTILINE,
)
_SMALL = re.compile(r"[a-z](?:\\?_|[a-z0-9]){3,126}+(?!\w|[.-]\w|\()")
_TYPED = re.compile(r"(?!H?KEY_)[A-Za-z](?=[A-Za-z0-9_]{0,126}[A-Za-z0-9]{3})\w{0,40}_\w{0,80}")
#: Names of which a typed one is a part, that are read.
_MOST_PARTS = 6
# What a function, not an error, is said to have done: "error=RegisterDevice failed".
_OUTCOME = re.compile(
    rf"\(?\)?[^\S\n]{{1,2}}(?:{'|'.join(code_words('outcomes'))})\b", re.IGNORECASE
)
# What a name is of that is no error's: "the NotMyModem tool", « l'outil NotMyModem ».
_THINGS = "|".join(code_words("things"))
_OF_THING = re.compile(rf"[\"'”’»`* \u00a0]{{1,4}}(?:{_THINGS})s?(?!\w)", re.IGNORECASE)
_THING_BEFORE = re.compile(rf"(?<!\w)(?:{_THINGS})s?[\"'“‘«`* \u00a0]{{1,4}}$", re.IGNORECASE)
_KIND_OF = re.compile(r"[^\S\n]['\"“«‘]\w")
_CLOSING = {'"': '"', "'": "'", "“": "”", "„": "“", "«": "»", "*": "*", "`": "`"}


def symbol_code(name: str) -> Code:
    """Make a symbolic code, spelt as the author did but for Markdown's backslashes."""
    return Code(KIND, name.replace("\\", ""), None)


def _find(text: str) -> Iterator[CodeMention]:
    """Yield names that are an error's by their form, or by the number beside them.

    ``WININET_E_TIMEOUT``, ``Err_LinkLost``, ``0x80090016 (NTE_BAD_KEYSET)``, and names that say
    what failed, or are written in capitals, before the word for an error: ``the QuotaExceeded
    error``.
    """
    for match in _UPPER.finditer(text):
        code = symbol_code(match[0])
        if is_error_name(code.canonical):
            yield mention(text, code, *match.span())
    for match in (*_AFTER_HEX.finditer(text), *_BEFORE_HEX.finditer(text)):
        code = symbol_code(match["name"])
        if is_underscored(code.canonical):
            yield mention(text, code, *match.span("name"))
    for match in _AFTER_LOW.finditer(text):
        if Before(text, match.start()).announces_error() and is_underscored(match["name"]):
            yield mention(text, symbol_code(match["name"]), *match.span("name"))
    for match in _MIXED.finditer(text):
        if is_failing_mixed(match[0].replace("\\", "")):
            yield mention(text, symbol_code(match[0]), *match.span())
    for match in (*_SYSTEM_WORD.finditer(text), *_LASTING.finditer(text)):
        if is_system_name(match[0]) or is_failing_camel(match[0]):
            yield mention(text, symbol_code(match[0]), *match.span())
    for match in _FIELD.finditer(text):
        if is_failing_camel(match["name"]):
            yield mention(text, symbol_code(match["name"]), *match.span("name"))
    for pattern in (_ERR, _MAKERS_ERR):
        for match in pattern.finditer(text):
            yield mention(text, symbol_code(match[0]), *match.span())
    for match in announcing.NAME_FIRST.finditer(text):
        name = _LAST_WORD.search(text[max(0, match.start() - 130) : match.start()])
        if name and (is_failing_camel(name[1]) or is_underscored(name[1].replace("\\", ""))):
            end = match.start() - len(name[2])
            yield mention(text, symbol_code(name[1]), end - len(name[1]), end)


def _announced(text: str, label: re.Match[str]) -> CodeMention | None:
    """Read the name after a word for an error.

    In capitals with underscores it always is a code, but not after the name of a variable; one word
    in capitals is after "error code", which must not be in capitals itself. In
    camel case it is if it stands alone in quotes or bold, after a sure label, says what failed, or
    has three words or more: a sentence may go on with the name of a product or command after
    ``error:``.
    """
    match = _AFTER_LABEL.match(text, label.end())
    if match is None:
        return _announced_small(text, label)
    if label["variable"] or not label["gap"]:
        return None  # without a gap it is the rest of a longer name
    is_class = match[0].endswith("Exception") and not is_failing_camel(match[0])
    if is_class or _OUTCOME.match(text, match.end()):
        return None  # the class of an exception, or a function
    code = symbol_code(match[0])
    words = humps(code.canonical) or joined_humps(code.canonical)
    alone = _stands_alone(text, *match.span())
    # What a quoted name follows is its kind: "Error code: BuildPlan 'night' was refused".
    kind = _KIND_OF.match(text, match.end())
    sure = (label["sure"] and not kind) or alone or is_failing_camel(code.canonical)
    if is_capitals(code.canonical) and label["sure"] and not label["sure"].isupper():
        return mention(text, code, *match.span())
    if is_underscored(code.canonical) or words > 2 or (words == 2 and sure):
        return mention(text, code, *match.span())
    return None


def _announced_small(text: str, label: re.Match[str]) -> CodeMention | None:
    """Read a name in small letters that says what failed."""
    match = _SMALL.match(text, label.end())
    if match is None or label["variable"] or not label["gap"]:
        return None
    code = symbol_code(match[0])
    return mention(text, code, *match.span()) if is_failing_snake(code.canonical) else None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether quotes or Markdown marks hold nothing but the name."""
    opening = text[max(0, start - 3) : start].rstrip(" \u00a0\u202f")[-1:]
    closing = text[end : end + 3].lstrip(" \u00a0\u202f")[:1]
    return _CLOSING.get(opening) == closing != ""


def _in_title(title: str) -> Iterator[CodeMention]:
    """Yield the names that a title holds and that say, in three words or more, what failed."""
    for match in _CAMEL_WORD.finditer(title):
        if _OF_THING.match(title, match.end()) or _THING_BEFORE.search(
            title, max(0, match.start() - 30), match.start()
        ):
            continue
        if humps(match[0]) > 2 and is_failing_camel(match[0]):
            yield mention(title, symbol_code(match[0]), *match.span())


def _parse(text: str) -> Code | None:
    forms = (is_underscored, humps, joined_humps, is_failing_snake, is_system_name)
    return symbol_code(text) if any(is_form(text) for is_form in forms) else None


def _read(token: str) -> list[Reading]:
    if not (humps(token) or _TYPED.fullmatch(token) or is_system_name(token)):
        return []
    return [
        Reading(KIND, None, token, Note.AS_TYPED),
        *by_published_name(token),
        *parts_of_names(token),
    ]


def parts_of_names(token: str) -> list[Reading]:
    """Read a part of a name, or a name with wrong letters or shortened words.

    Two words with a blank between them, such as "not valid", are one only at its beginning.
    """
    is_phrase = len(token.split()) == 2
    kind = ReadingKind.PREFIX if is_phrase else ReadingKind.SYMBOL_PART
    return [
        Reading(kind, None, token, Note.CUT_OFF, frozenset({KIND})),
        Reading(ReadingKind.SYMBOL_NEAR, None, token, Note.MISSPELT),
    ]


def by_published_name(token: str) -> list[Reading]:
    """Read a name that Windows documents, or parts of such names, as the values they stand for."""
    if whole := find_names(token):
        return [one for name in whole for one in _values(name, ReadingKind.NAMED)]
    parts = holding(token, _MOST_PARTS)
    return [one for name in parts for one in _values(name, ReadingKind.NAME_PART)]


def _values(name: PublishedName, kind: ReadingKind) -> list[Reading]:
    """Read a name as its value and, of a system error, as the HRESULT that wraps it.

    Not as the system error that an HRESULT wraps: others have so small a number too.
    """
    own = Reading(kind, name.value, name.canonical, Note.FROM_NAME)
    if not name.is_win32:
        return [own]
    if not name.value:
        return []
    return [own, Reading(kind, name.hresult, f"0x{name.hresult:08X}", Note.FROM_NAME)]


SYMBOL = Family(
    kind=KIND,
    label=gettext_noop("Named errors"),
    reading=gettext_noop("named error"),
    parse=_parse,
    find=_find,
    announced=_announced,
    read=_read,
    is_name=True,
    in_title=_in_title,
    stands_out=False,  # the base knows which words are names
    public_form=r"(?:ERROR|E)_\w+|[A-Z]+_E_\w+",
)
