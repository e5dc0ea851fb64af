"""HTML in a form in which two texts are equal where readers see the same."""

from __future__ import annotations

import re

import lxml.html
from markdown_it.common.normalize_url import normalizeLink

_BLOCKS = "p|div|li|ul|ol|blockquote|h[1-6]|pre|table|thead|tbody|tr|td|th|hr|br"
_BEFORE = re.compile(rf"\s*(</?(?:{_BLOCKS})(?: [^>]*)?>)")
_AFTER = re.compile(rf"(</?(?:{_BLOCKS.replace('|pre', '')})(?: [^>]*)?>)\s*")
_DECLARATION = re.compile(r"<!DOCTYPE[^>]*>")
#: The page has one title, so a heading of the first level is shown as one of the second.
_SHOWN_AS = {"h1": "h2"}


def comparable(html: str) -> str:
    """Return ``html`` with white space as browsers show it, and addresses as they ask for them."""
    html = _DECLARATION.sub("", html).strip()
    tree = lxml.html.fragment_fromstring(html or " ", create_parent="div")
    parts: list[str] = []
    _write(tree, parts, is_code=False)
    written = _AFTER.sub(r"\1", _BEFORE.sub(r"\1", "".join(parts)))
    return written if "<pre" in written else re.sub(" +", " ", written)  # a comment between two


def _write(element, parts: list[str], *, is_code: bool) -> None:
    if not isinstance(element.tag, str):
        return
    tag = _SHOWN_AS.get(element.tag, element.tag)
    is_code = is_code or tag == "pre"
    attributes = sorted((name, _value(name, value)) for name, value in element.attrib.items())
    written = "".join(f' {name}="{value}"' for name, value in attributes)
    parts += [f"<{tag}{written}>", _words(element.text, is_code)]
    for child in element:
        _write(child, parts, is_code=is_code)
        parts.append(_words(child.tail, is_code))
    parts.append(f"</{tag}>")


def _value(name: str, value: str) -> str:
    return normalizeLink(value) if name in ("href", "src") else " ".join(value.split())


def _words(text: str | None, is_code: bool) -> str:
    return (text or "") if is_code else re.sub(r"\s+", " ", text or "")
