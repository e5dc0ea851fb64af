"""Codes that a product counts in a way of its own: ``30088-4``, ``657rx``, ``ORA-12154``, ``E03``.

None of these forms is a code by itself: a word for a code has to announce it, a column of codes
holds it, or a title begins with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...languages import code_words
from .. import announcing
from ..family import Family, gettext_noop, mention
from ..model import Code, CodeMention
from .agent import AGENT

KIND = "product"
# Two numbers of such lengths as no telephone or post office has, or the tag of a setup: a digit,
# then letters and digits.
_NUMBERS = r"(?:[0-9]{5}-[0-9]{1,3}|0-[0-9]{3,4})"
# What would be the code of a post office without the word for an error before it.
_LONG = "[0-9]{5}-[0-9]{4}"
_UNIT = "bit|mhz|ghz|mbps|px|min|sec"
_TAG = rf"(?=[0-9]{{1,3}}+[a-z][0-9]{{0,2}}+[a-z])(?![0-9]{{1,3}}+(?:{_UNIT}))[0-9][0-9a-z]{{4}}"
# Letters of the maker and a number; standards, formats, releases, computers and tickets are named
# alike.
_OTHERS = (
    "AES|BS|CHG|COVID|CTASK|CVE|DC|DDR|DES|DIN|EN|FIPS|H|HDMI|IEC|IEEE|INC|IP|IPV|ISO|KB|LAP|LT|M|MD|MP|MS|NB|NF"
    "|NIST|O|OS|PC|PKCS|PRB|RC|REQ|RFC|RFP|RITM|RS|RSA|RTM|SCTASK|SHA|SN|SP|SQL|SRV|SSL|TASK|TKT|TLS|TR|USB|UTF|V|VDE"
    "|VM|WCAG|WEP|WIN|WPA|X"
)
_MAKER = rf"(?!(?:{_OTHERS})-?[0-9])"
_HYPHENED = (
    rf"{_MAKER}[A-Z][A-Z0-9]{{0,7}}+-(?:0x[0-9A-Fa-f]{{2,8}}|[0-9]{{2,6}}(?:-[0-9]{{1,3}})?)"
)
_LETTERED = rf"{_MAKER}[A-Z]{{1,3}}[0-9]{{2,5}}"
# Several short numbers after the maker's letters, behind a word for a code: "NW-2-5".
_CHAINED = r"[A-Z]{1,4}(?:-[0-9]{1,5}+){2,3}+"
_ENDS = r"(?![\w-]|\.\w)"
_WHOLE = re.compile(rf"{_NUMBERS}|{_TAG}|{_HYPHENED}|{_LETTERED}")
# A state that a database tells in five characters: "08S01".
_STATE = "[0-9]{2}[A-Z][0-9A-Z]{2}"
_AFTER_LABEL = re.compile(rf"(?:{_WHOLE.pattern}|{_LONG}|{_STATE}|{_CHAINED}){_ENDS}")
_BY_MAKER = re.compile(rf"(?:{_HYPHENED}|{_LETTERED}|{_NUMBERS}|{_LONG}){_ENDS}")


# An agent's code, such as "CTXAD50012", that is no product of a year.
_GLUED = rf"{_MAKER}[A-Z]{{2,6}}(?!(?:19|20)[0-9]{{2}}(?![0-9]))[0-9]{{4,6}}"
# What a message begins with in a line, after a colon, in quotes or in code: "MSIS7042: the same
# session has ...".
_MESSAGE = re.compile(
    rf"(?:^|(?<=:)[ \u00a0]|[\"“«`>*|][ \u00a0\u202f]?)(?P<code>{_GLUED}|{_HYPHENED})"
    rf"(?=(?:\*\*|`)?: [A-ZÀ-Þ][\w’'-]{{0,20}}+ \w)",
    re.MULTILINE,
)
# A message of a database, with the letter of its kind, and of a sign-in: "SQL30081N",
# "AADB2C90077".
_WORDS = re.compile(r"[AS](?<![\w%$\\./@-].)(?:QL[0-9]{4,5}[CNW]|ADB2C[0-9]{5})(?![\w-]|\.\w)")
# A message of network equipment, by facility, severity and name: "%LINK-3-UPDOWN: ...".
_FACILITY = (
    rf"{_MAKER}[A-Z][A-Z0-9_]{{1,30}}+(?:-[A-Z][A-Z0-9_]{{1,30}}+)?-[0-7]-[A-Z0-9_]{{3,40}}+"
)
_OF_FACILITY = re.compile(rf"%(?<![\w%].)(?P<code>{_FACILITY})(?![\w-])")
_LOGGED = re.compile(rf"%?(?P<code>{_FACILITY})")
# So many digits as no model and no release has: "ORA-12154 when the client connects".
_MANY = rf"{_MAKER}[A-Z]{{2,8}}+-[0-9]{{5}}(?= \w)"
# The same at the end of a question: "How do I fix ORA-12154?".
_ASKED = rf"(?<![\w.-]){_MAKER}[A-Z]{{2,8}}+-[0-9]{{5}}(?=[ \u00a0\u202f]?\?$)"
# A machine's count of its faults before a colon: "E1001: No tray". A question may be counted so.
_COUNTED = rf"(?!Q){_MAKER}[A-Z]{{1,3}}(?:[0-9]{{3,5}}|0[0-9])(?=[ \u00a0\u202f]?: \w)"
# What a title begins or ends with: "GATE-1042: the gate is shut", "The gate is shut (GATE-1042)".
_IN_TITLE = re.compile(
    rf"^\W{{0,4}}(?P<first>(?:{_HYPHENED}|{_GLUED})(?=\W{{0,3}}\s{{0,3}}(?::|[-–—]\s|$))|{_MANY}|{_COUNTED})|(?P<asked>{_ASKED})|\((?P<last>{_HYPHENED}|{_GLUED})\)\W{{0,4}}$"
)
# The same among other words: "Error of the linker LNK1123".
_AMONG = re.compile(rf"(?<![\w.-]){_GLUED}{_ENDS}")
# The same behind a word for a warning: "NuGet Warning NU1603", "Alert AADDS104: a fault".
_ALERTED = re.compile(
    rf"(?<!\w)(?i:{'|'.join(code_words('alert'))})[ \u00a0](?P<code>{_MAKER}[A-Z]{{2,8}}+"
    rf"(?!365|(?:19|20)[0-9]{{2}}(?![0-9]))[0-9]{{3,6}}){_ENDS}"
)


def product_code(name: str) -> Code:
    """Make a product's code as it is written."""
    return Code(KIND, name, None)


def _find(text: str) -> Iterator[CodeMention]:
    """Yield the codes that messages begin with, and those whose form is enough."""
    for match in _MESSAGE.finditer(text):
        yield mention(text, _named(match["code"]), *match.span("code"))
    for match in _WORDS.finditer(text):
        yield mention(text, product_code(match[0]), *match.span())
    for match in _OF_FACILITY.finditer(text):
        yield mention(text, product_code(match["code"]), *match.span("code"))


def _named(name: str) -> Code:
    return AGENT.parse(name) or product_code(name)


def _announced(text: str, label: re.Match[str]) -> CodeMention | None:
    """Read what follows a word for nothing but a code, or a maker's code after any such word.

    ``ERROR`` is the level of a line of a log, where anything may follow but a code with a colon.
    """
    sure, level = label["sure"], (label["plain"] or "").isupper()
    if label["variable"] or not label["gap"]:
        return None
    match = (_AFTER_LABEL if sure else _BY_MAKER).match(text, label.end())
    if level and not (match and text[match.end() : match.end() + 1] == ":"):
        return None
    return mention(text, product_code(match[0]), *match.span()) if match else None


def _parse(text: str) -> Code | None:
    if logged := _LOGGED.fullmatch(text):
        return product_code(logged["code"])
    return product_code(text) if _WHOLE.fullmatch(text) or _WORDS.fullmatch(text) else None


def _in_title(title: str) -> Iterator[CodeMention]:
    """Yield the maker's code that a title or heading begins with, or ends with in brackets.

    Where the title speaks of an error, letters and four digits or more are one wherever they stand,
    and behind a word for a warning three digits are enough.
    """
    if match := _IN_TITLE.search(title):
        group = match.lastgroup or ""
        yield mention(title, _named(match[group]), *match.span(group))
    elif match := _ALERTED.search(title):
        yield mention(title, _named(match["code"]), *match.span("code"))
    elif announcing.ERROR_WORD.search(title) and (match := _AMONG.search(title)):
        yield mention(title, _named(match[0]), *match.span())


PRODUCT = Family(
    kind=KIND,
    label=gettext_noop("Codes of products"),
    reading=gettext_noop("code of a product"),
    parse=_parse,
    find=_find,
    announced=_announced,
    is_name=True,
    in_title=_in_title,
    misread=True,
    stands_out=False,  # the base knows which of them are codes
)
