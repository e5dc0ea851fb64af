"""Codes of agents and installers: letters and four to six digits, ``AZCM0152``.

The form alone says little (``MS2019`` is a product), so a word for an error or a column of codes
has to announce it; after a word for nothing but a code small letters do as well. ``the HCW8057
error`` is announced too, but for what may be a year, and so are the others of a list that one of
them is: ``HCW8034 or HCW8057 error``, ``errors HCW8034, HCW8057``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import announcing
from ..family import Family, exact_reading, gettext_noop, mention
from ..model import Code, CodeMention
from ..reading import Reading

KIND = "agent"
_MOST_LISTED = 20
# Standards and releases are named alike, and so are tickets: incidents, changes, requests, tasks.
_TICKETS = "CHG|C?TASK|INC|PRB|REQ|RITM|SCTASK|TKT"
_FORM = rf"(?!(?:CVE|ISO|KB|RFC|RTM|SP|MS|TLS|{_TICKETS})[0-9])[A-Z]{{2,6}}[0-9]{{4,6}}"
_WHOLE = re.compile(_FORM)
_AFTER_LABEL = re.compile(_FORM + r"(?![\w-]|\.\w)")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}$")
_NAMED = re.compile(rf"(?<![\w./\\-]){_FORM}(?![\w-]|\.\w)")
_NEXT = re.compile(announcing.AND_OR + rf"(?={_FORM})", re.IGNORECASE)
_IN_ANY_CASE = re.compile(_AFTER_LABEL.pattern, re.IGNORECASE)


def agent_code(name: str) -> Code:
    """Make an agent's code from its letters and digits."""
    return Code(KIND, name, None)


def _announced(text: str, label: re.Match[str]) -> CodeMention | None:
    form = _IN_ANY_CASE if label["sure"] else _AFTER_LABEL
    match = form.match(text, label.end())
    return mention(text, agent_code(match[0].upper()), *match.span()) if match else None


def listed_codes(text: str, first: CodeMention) -> Iterator[CodeMention]:
    """Yield the codes with the letters of ``first`` that a list goes on with behind it."""
    position = first.end
    for _ in range(_MOST_LISTED):
        joint = _NEXT.match(text, position)
        match = joint and _AFTER_LABEL.match(text, joint.end())
        if not match or _letters(match[0]) != _letters(first.code.canonical):
            return
        yield mention(text, agent_code(match[0]), *match.span())
        position = match.end()


def _letters(name: str) -> str:
    return name.rstrip("0123456789")


def _named_first(text: str) -> Iterator[CodeMention]:
    """Yield codes before a word for an error, and those listed before them."""
    run: list[CodeMention] = []
    for match in _NAMED.finditer(text):
        one = mention(text, agent_code(match[0]), *match.span())
        goes_on = run and any(other.start == one.start for other in listed_codes(text, run[-1]))
        run = run if goes_on else []
        run.append(one)
        if announcing.NAME_FIRST.match(text, one.end) and not _YEAR.search(match[0]):
            yield from run
            run = []


def _parse(text: str) -> Code | None:
    return agent_code(text.upper()) if _WHOLE.fullmatch(text.upper()) else None


def _read(token: str) -> list[Reading]:
    code = _parse(token.upper())
    return [exact_reading(code)] if code else []


AGENT = Family(
    kind=KIND,
    label=gettext_noop("Agent errors"),
    reading=gettext_noop("agent error"),
    parse=_parse,
    announced=_announced,
    listed=listed_codes,
    find=_named_first,
    read=_read,
    is_name=True,
    misread=True,
    stands_out=False,  # the base knows which of them are codes
)
