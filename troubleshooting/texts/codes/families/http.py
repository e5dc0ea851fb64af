"""HTTP error statuses (RFC 9110 15), with the sub-status of IIS if given: ``HTTP 403.7``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import announcing
from ..family import Family, gettext_noop, mention
from ..model import Code, CodeMention

KIND = "http"
_BARE = re.compile(r"[45](?<![\w.:/-].)[0-9]{2}(?:\.[0-9]{1,2})?(?!\w)")
# What the status line of SIP begins with, which has phrases of HTTP (RFC 3261 7.2).
_SIP = ("SIP/2.0 ", "sip/2.0 ")
# A status of another protocol: "Syncml(415)".
_OF_OTHERS = re.compile(r"\w\($")
_IN_BRACKETS = re.compile(r"\(([45][0-9]{2})\)")
# The same behind a full stop, a colon or a dash, at the end: "Bad Gateway. 502".
_AFTER_REASON = re.compile(
    r"(?<=[a-z])(?:[.:]|[ \u00a0][–-])[ \u00a0]([45][0-9]{2})(?=[\"'”’»*`.]{0,3}(?:\s{0,3}$|\n))"
)
_SUB_STATUS = re.compile(r"[45][0-9]{2}\.[0-9]{1,2}(?![\w-]|[.,:/][0-9])")


def http_code(status: str) -> Code:
    """Make an HTTP code from ``404`` or, with the sub-status of IIS, ``403.7``."""
    return Code(KIND, f"HTTP {status}", int(status.partition(".")[0]))


def _find(text: str) -> Iterator[CodeMention]:
    """Yield HTTP error statuses (400 to 599).

    They stand after ``HTTP`` or a word for a status code, before the standard phrase of a status
    (``500 - Internal server error``), in brackets or after a stop behind it.
    """
    for match in announcing.HTTP.finditer(text):
        yield CodeMention(http_code(match[1]), match[0], match.start(), match.end())
    for match in _BARE.finditer(text):
        is_other = text.endswith(_SIP, 0, match.start()) or _OF_OTHERS.search(
            text, max(0, match.start() - 2), match.start()
        )
        if announcing.HTTP_REASON.match(text, match.end()) and not is_other:
            yield CodeMention(http_code(match[0]), match[0], match.start(), match.end())
    for match in (*_IN_BRACKETS.finditer(text), *_AFTER_REASON.finditer(text)):
        reason = announcing.REASON_LAST.search(text, max(0, match.start() - 60), match.start())
        if reason:
            yield mention(text, http_code(match[1]), *match.span(1))


def _announced(text: str, label: re.Match[str]) -> CodeMention | None:
    """Read a status with its sub-status, which nothing else is written like: ``Error 404.2``."""
    match = _SUB_STATUS.match(text, label.end())
    if match is None or label["variable"] or announcing.UNIT.match(text, match.end()):
        return None
    return mention(text, http_code(match[0]), *match.span())


HTTP = Family(
    kind=KIND,
    label=gettext_noop("HTTP statuses"),
    reading=gettext_noop("HTTP status"),
    parse=lambda text: None,  # never without a word before it: see ``parsing``
    find=_find,
    announced=_announced,
    names=("http",),
    by_column=True,
)
