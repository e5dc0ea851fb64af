"""Bytes -> a tree of HTML, and small helpers for trees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree, html

from ...docfx.errors import DocumentError
from ...rendering.trees import NO_CHARACTER

#: An element of a tree. Its parts are looked at freely; the stubs of lxml know less of them.
Element = Any
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HEAD = 4096
_WORD = re.compile(r"[^\W_]+")


def decoded(raw: bytes) -> str:
    """Return the text of a page: as its mark or its header says, else UTF-8 or Windows-1252."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    match = _CHARSET.search(raw[:_HEAD])
    named = match[1].decode("ascii") if match else ""
    for encoding in ("utf-8", named, "cp1252"):
        try:
            if encoding:
                return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("cp1252", "replace")


def read_html(raw: bytes) -> Element:
    """Return the tree of a page. Raise ``DocumentError`` (``empty``, ``html_broken``)."""
    return parse(decoded(raw))


def parse(text: str) -> Element:
    """Return the tree of HTML, whole or a part. Raise ``DocumentError``."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\0", ""))
    if not text.strip():
        raise DocumentError("empty")
    # Pages are deep where programs write them: libxml2 would stop in the middle, in silence.
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise DocumentError("empty") from error
    _without_controls(tree)
    return tree


def _without_controls(tree: Element) -> None:
    """Drop what HTML may refer to by number (``&#1;``) and no tree takes when it is written to."""
    for element in tree.iter():
        for name, value in element.attrib.items():
            if NO_CHARACTER.search(value):
                element.attrib[name] = NO_CHARACTER.sub("", value)
        element.text = element.text and NO_CHARACTER.sub("", element.text)
        element.tail = element.tail and NO_CHARACTER.sub("", element.tail)


def body_of(tree: Element) -> Element:
    """Return what a page shows."""
    body = tree.find("body")
    return tree if body is None else body


def classes(element: Element) -> set[str]:
    """Return the names of the classes of an element, in small letters."""
    return set((element.get("class") or "").lower().split())


def with_class(root: Element, *names: str) -> Iterator[Element]:
    """Yield the elements below ``root`` that have one of the classes ``names``."""
    for element in list(root.iter()):
        if isinstance(element.tag, str) and classes(element) & set(names):
            yield element


def drop(elements: Iterable[Element]) -> str:
    """Remove ``elements`` with all that is in them, and return their text."""
    texts = []
    for element in list(elements):
        texts.append(text_of(element))
        if element.getparent() is not None:
            element.drop_tree()
    return " ".join(text for text in texts if text)


def text_of(element: Element) -> str:
    """Return the words of ``element`` on one line; blocks are apart, inline elements are not."""
    parts: list[str] = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(each.tag, str):
            continue
        gap = " " if each.tag in BLOCKS else ""
        if event == "start":
            parts += [gap, each.text or ""]
        else:
            parts += [gap, (each.tail or "") if each is not element else ""]
    return " ".join("".join(parts).split())


def words(text: str) -> list[str]:
    """Return the words of ``text`` in small letters."""
    return _WORD.findall(text.lower())
