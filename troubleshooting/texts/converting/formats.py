"""Which format a file is of, by what is in it."""

from __future__ import annotations

import json
import re
from typing import Any

from ..docfx.errors import DocumentError
from ..docfx.model import Oddity
from .html import PageSurroundings, convert_html, read_html
from .html.reading import text_of
from .model import MOST_BYTES, Converted, ProductPage, with_header
from .products.bookstack import (
    convert_bookstack,
    convert_bookstack_html,
    is_bookstack,
    pages_of,
)
from .products.confluence import convert_confluence, is_confluence
from .products.notion import convert_notion, is_notion
from .products.zendesk import articles_of, convert_zendesk
from .word import convert_word, is_word

_MARKDOWN = (".md", ".markdown")
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|section|div|h[1-6]|p|table|ul|ol)\b", re.I
)
#: What programs fill in before a page is one: a template is no document.
_TEMPLATE = re.compile(rb"\{%[-+\s]*(?:extends|block|include|if|for)\b|<\?php|<%[=@\s]")
_HEAD = 8192


def convert(page: ProductPage) -> list[Converted] | None:
    """Return the documents in a file; None where it is Markdown, [] where it has none.

    Raise ``DocumentError`` where it cannot be read, or is of no format that is known.
    """
    if len(page.raw) > MOST_BYTES:
        raise DocumentError("source_too_large", detail=f"{len(page.raw) / 1024 / 1024:.1f}")
    if not page.raw.strip():
        raise DocumentError("empty")
    if page.name.lower().endswith(_MARKDOWN):
        text = page.raw.decode("utf-8", "replace")
        return _told(convert_notion(text, page)) if is_notion(text, page.name) else None
    if page.raw.startswith(b"PK") or page.name.lower().endswith(".docx"):
        if not is_word(page.raw):
            raise DocumentError("word_broken")
        return _told(convert_word(page))
    if page.raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _told(_from_json(page))
    return _told(_from_html(page))


def _from_json(page: ProductPage) -> list[Converted]:
    try:
        data: Any = json.loads(page.raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = page.raw[: error.start].count(b"\n") + 1
        raise DocumentError("not_utf8", line, f"0x{page.raw[error.start]:02X}") from error
    except json.JSONDecodeError as error:
        raise DocumentError("json_broken", error.lineno, error.msg) from error
    if texts := articles_of(data):
        return convert_zendesk(texts, page)
    if pages_of(data):
        return convert_bookstack(data, page)
    raise DocumentError("json_unknown")


def _from_html(page: ProductPage) -> list[Converted]:
    head = page.raw[:_HEAD].replace(b"\0", b"")
    if not _HTML.search(head):
        raise DocumentError("html_unknown")
    if _TEMPLATE.search(page.raw):
        raise DocumentError("html_template")
    tree = read_html(page.raw)
    if is_confluence(tree):
        return convert_confluence(tree, page)
    if is_bookstack(tree):
        return convert_bookstack_html(tree, page)
    named = tree.find("head/title")
    title = " ".join((text_of(named) if named is not None else "").split())
    html = convert_html(tree, PageSurroundings(page.name, page.names))
    if not html.text:
        raise DocumentError("nothing")
    fields = {"title": "" if html.title else title}
    return [Converted(with_header(fields, html.text), "", "", html.images, html.notes)]


def _told(documents: list[Converted]) -> list[Converted]:
    for document in documents:
        document.notes = list[Oddity](dict.fromkeys(document.notes))
    return documents
