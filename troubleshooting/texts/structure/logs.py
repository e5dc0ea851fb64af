"""What a log in a block of code tells: names of errors, and small numbers that are no codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy

from lxml.html import HtmlElement as Element

from ..codes import find_codes
from ..rendering import plain_text

#: From so many lines on a block of code is a log, in which not every number is an error.
LONG_LOG = 8
_SMALL = re.compile(r"\W*(?:[-−]?[0-9]{1,6}|0x0{3,4}[0-9A-Fa-f]{1,4})")
# The name that a line tells before a colon: "agent[2210]: EVAULT_BAD_MAGIC: no index".
_LOGGED = re.compile(
    r"[A-Z](?<![^\s\])}].)(?:(?<=^.)|(?<=[:\])}] .))[A-Z0-9]{1,40}+(?:_[A-Z0-9]{1,40}+){1,12}+"
    r"(?=: \S)",
    re.MULTILINE,
)


def logged_names(tree: Element) -> Iterator[str]:
    """Yield the names in capitals that lines in blocks of code tell before a colon."""
    for block in tree.iter("pre"):
        for match in _LOGGED.finditer(str(block.text_content())):
            yield match[0]


def flags_of_logs(tree: Element) -> set[str]:
    """Return the small numbers that only a log in a block of code holds: they are no codes."""
    logs = [pre for pre in tree.iter("pre") if _line_count(pre) >= LONG_LOG]
    if not logs:
        return set()
    outside = copy(tree)
    for pre in [pre for pre in outside.iter("pre") if _line_count(pre) >= LONG_LOG]:
        pre.drop_tree()
    said = {mention.code.canonical for mention in find_codes(plain_text(outside))}
    mentions = [mention for pre in logs for mention in find_codes(plain_text(pre))]
    small = {m.code.canonical for m in mentions if _SMALL.fullmatch(m.spelling)}
    return small - said


def _line_count(element: Element) -> int:
    """Return how many lines a block of code has; the last ends with a break, too."""
    return len(str(element.text_content()).splitlines())
