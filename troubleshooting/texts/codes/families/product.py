"""Codes that a product counts in a way of its own: ``30088-4``, ``657rx``.

None of these forms is a code by itself: a word for nothing but a code has to announce it.
"""

from __future__ import annotations

import re

from ..family import Family, gettext_noop, mention
from ..model import Code, CodeMention

KIND = "product"
# Two numbers of such lengths as no telephone or post office has, or the tag of a setup: a digit,
# then letters and digits.
_NUMBERS = r"(?:[0-9]{5}-[0-9]{1,3}|0-[0-9]{3,4})"
_UNIT = "bit|mhz|ghz|mbps|px|min|sec"
_TAG = rf"(?=[0-9]{{1,3}}+[a-z][0-9]{{0,2}}+[a-z])(?![0-9]{{1,3}}+(?:{_UNIT}))[0-9][0-9a-z]{{4}}"
_WHOLE = re.compile(rf"{_NUMBERS}|{_TAG}")
_AFTER_LABEL = re.compile(rf"(?:{_WHOLE.pattern})(?![\w-]|\.\w)")


def product_code(name: str) -> Code:
    """Make a product's code as it is written."""
    return Code(KIND, name, None)


def _announced(text: str, label: re.Match[str]) -> CodeMention | None:
    match = _AFTER_LABEL.match(text, label.end()) if label["sure"] else None
    return mention(text, product_code(match[0]), *match.span()) if match else None


def _parse(text: str) -> Code | None:
    return product_code(text) if _WHOLE.fullmatch(text) else None


PRODUCT = Family(
    kind=KIND,
    label=gettext_noop("Codes of products"),
    reading=gettext_noop("code of a product"),
    parse=_parse,
    announced=_announced,
    is_name=True,
    stands_out=False,  # the base knows which of them are codes
)
