"""Where the links of a text lead, as they are written. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from ..markup.parser import new_parser

_HREF = re.compile(
    r"<a\s[^<>]*?\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.IGNORECASE
)
_INLINE = re.compile(r"\]\(\s*<?([^\s)>]+)")
_parser = new_parser()


def links_in(text: str) -> list[str]:
    """Return the targets of inline links and images of a text, in code too."""
    return _INLINE.findall(text)


def likely_targets(text: str) -> Iterator[str]:
    """Yield what stands where the target of a link or image would, in code too.

    Bare addresses and those in angle brackets are whole ones, and are left out.
    """
    yield from links_in(text)
    yield from _in_html(text)


def link_targets(text: str) -> Iterator[str]:
    """Yield the targets of the links of a canonical ``text``, in any form; images are none."""
    for token in _parser.parse(text):
        if token.type == "html_block":
            yield from _in_html(token.content)
        for child in token.children or ():
            if child.type == "link_open":
                yield str(child.attrGet("href") or "")
            elif child.type == "html_inline":
                yield from _in_html(child.content)


def _in_html(html: str) -> Iterator[str]:
    for match in _HREF.finditer(html):
        yield unescape(next(group for group in match.groups() if group is not None))
