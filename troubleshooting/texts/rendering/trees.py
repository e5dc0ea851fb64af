"""Sanitised HTML as a tree, and what stands in it. Pure."""

from __future__ import annotations

import re

import lxml.html
from lxml.etree import iterwalk
from lxml.html import HtmlElement as Element

from ..markup.limits import DEEPEST_HTML, check_depth
from ..plain import NO_BREAK_SPACES

#: An image that is not supplied, and of it the words of the text.
MISSING_IMAGE = "figure-missing"
MISSING_CAPTION = "figure-missing-caption"
#: Elements whose words do not join those before them.
_APART = frozenset({"br", "li", "p", "td", "th", "tr"})
# White space that is not one plain space already, nor one no-break space.
_WHITE_SPACE = re.compile(rf"\s\s+|[^\S {''.join(sorted(NO_BREAK_SPACES))}]")
# The edges of an image's words while they are collected; no text can hold them.
_START, _END = "\x01", "\x02"
_SPACES = "".join(sorted({" ", *NO_BREAK_SPACES}))
_JOINED = re.compile(rf"(?<=[(\[«“’'{_SPACES}]){_START}|{_END}(?=[.,;:!?)\]»”…{_SPACES}])")
# What an XML tree cannot hold (XML 1.0, section 2.2): no reader would see it either.
NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def without_controls(text: str) -> str:
    """Return ``text`` without the characters that XML does not allow."""
    return NO_CHARACTER.sub("", text)


def to_tree(html: str) -> Element:
    """Return a ``div`` element with ``html`` inside."""
    return lxml.html.fragment_fromstring(without_controls(html), create_parent="div")


def bound_depth(tree: Element) -> None:
    level = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        level += 1 if event == "start" else -1
        check_depth(level, DEEPEST_HTML)


def parent_of(element: Element) -> Element:
    """Return the element around ``element``. Raise ``ValueError`` where it is the outermost."""
    parent = element.getparent()
    if parent is None:
        raise ValueError("nothing is around this element")
    return parent


def inner_html(element: Element) -> str:
    """Return the HTML inside ``element``."""
    html = lxml.html.tostring(element, encoding="unicode", with_tail=False)
    return html[html.index(">") + 1 : html.rindex("<")].strip() if "</" in html else ""


def plain_text(element: Element) -> str:
    """Return the words inside ``element`` on one line, any white space one space.

    An image says its alternative text once, whether it is supplied or not: what a page says of
    it besides is left out.
    A no-break space by itself stays one: French writes it before ``:`` and inside ``« »``.
    """
    parts: list[str] = []
    _collect(element, parts)
    text = "".join(parts)
    if _START in text:
        text = _JOINED.sub("", text).replace(_START, " ").replace(_END, " ")
    return _WHITE_SPACE.sub(_one_space, text).strip()


def _words_of_image(element: Element) -> str | None:
    """Return what an image says in whichever form it is shown; None where it is none."""
    if element.tag == "img":
        return element.get("alt", "")
    if element.get("class") == MISSING_IMAGE:
        return "".join(each.text or "" for each in element.find_class(MISSING_CAPTION))
    return None


def _one_space(match: re.Match[str]) -> str:
    return match[0][0] if set(match[0]) <= NO_BREAK_SPACES else " "


def _collect(element: Element, parts: list[str]) -> None:
    if text := element.text:
        parts.append(text)
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or child.get("aria-hidden") == "true":
            pass
        elif (words := _words_of_image(child)) is not None:
            parts.append(f"{_START}{words}{_END}")
        else:
            if tag in _APART:
                parts.append(" ")
            _collect(child, parts)
        if text := child.tail:
            parts.append(text)
