"""Codes of agents and installers: letters and four to six digits, ``AZCM0152``.

The form alone says little (``MS2019`` is a product), so a word for an error or a column of codes
has to announce it; after a word for nothing but a code small letters do as well.
"""

from __future__ import annotations

import re

from ..family import Family, exact_reading, gettext_noop, mention
from ..model import Code, CodeMention
from ..reading import Reading

KIND = "agent"
_FORM = r"(?!(?:CVE|ISO|KB|RFC|RTM|SP|MS|TLS)[0-9])[A-Z]{2,6}[0-9]{4,6}"
_WHOLE = re.compile(_FORM)
_AFTER_LABEL = re.compile(_FORM + r"(?![\w-]|\.\w)")
_IN_ANY_CASE = re.compile(_AFTER_LABEL.pattern, re.IGNORECASE)


def agent_code(name: str) -> Code:
    """Make an agent's code from its letters and digits."""
    return Code(KIND, name, None)


def _announced(text: str, label: re.Match[str]) -> CodeMention | None:
    form = _IN_ANY_CASE if label["sure"] else _AFTER_LABEL
    match = form.match(text, label.end())
    return mention(text, agent_code(match[0].upper()), *match.span()) if match else None


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
    read=_read,
    is_name=True,
    stands_out=False,  # the base knows which of them are codes
)
