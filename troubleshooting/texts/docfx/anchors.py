"""The address of a heading: ``<a name>`` in it, or what docfx makes of its words."""

from __future__ import annotations

import re

from ..markup.wording import wording
from ..plain import one_line, with_plain_spaces

_ANCHOR = re.compile(
    r"<a\s+(?:name|id)=[\"']?([^\"'>\s]+)[\"']?\s*(?:/>|>\s*</a>|>)", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"\s*\{#([\w-]+)\}\s*$")


def split_heading(text: str) -> tuple[str, str]:
    """Return (anchor, inline Markdown of the heading without it)."""
    named = _ANCHOR.search(text) or _ATTRIBUTE.search(text)
    if not named:
        return slug_of(plain(text)), text.strip()
    rest = text.replace(named[0], "", 1).replace("</a>", "").strip()
    return named[1], rest


def plain(text: str) -> str:
    """Return the words of inline Markdown."""
    return one_line(wording(text))


def slug_of(title: str) -> str:
    """Return the anchor that docfx (Markdig, GitHub's rule) gives a heading: words and hyphens."""
    words = re.sub(r"[^\w\- ]", "", with_plain_spaces(title.lower()))
    return re.sub(r"\s", "-", words).strip("-") or "section"
