"""A page of a space that Confluence exported as HTML.

The file is called by title and number (``Title_98310.html``), or by number alone where the title
has other letters than ASCII; images lie in ``attachments/NUMBER``. Source: exports of Confluence 6
to 9 and of its cloud.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from ...docfx.errors import DocumentError
from ..html import PageSurroundings, convert_html
from ..html.cleaning import note
from ..html.reading import Element, drop, text_of, with_class
from ..model import NUMBER, Converted, ProductPage, with_header

_FILE = re.compile(r"(?:.*_)?(\d{2,})\.html?", re.IGNORECASE)
_PAGE = re.compile(r"(?:pageId=|/pages/)(\d{2,})")
_GENERATED = ("toc-macro", "expand-control-icon", "confluence-information-macro-icon", "aui-icon")


def is_confluence(tree: Element) -> bool:
    """Return whether ``tree`` is a page of an export."""
    main = tree.get_element_by_id("main-content", None)
    return main is not None and tree.get_element_by_id("title-text", None) is not None


def convert_confluence(tree: Element, page: ProductPage) -> list[Converted]:
    """Return the document; none of the index of a space. Raise ``DocumentError``."""
    main = tree.get_element_by_id("main-content")
    title = text_of(tree.get_element_by_id("title-text"))
    number = number_of(page.name)
    if "wiki-content" not in (main.get("class") or ""):
        return []
    space = _space(tree)
    title = title.removeprefix(f"{space} : ") if space else title
    body = main.makeelement("body")
    main.getparent().remove(main)
    drop(tree.iter("title", "style", "script"))
    around = text_of(tree)
    main.tail = None
    body.append(main)
    for image in main.iter("img"):
        image.set("src", image.get("data-image-src") or image.get("src") or "")
        if not image.get("alt"):
            image.set("alt", image.get("data-linked-resource-default-alias") or "")
    _signs(main)
    contents = drop(with_class(main, *_GENERATED))
    _folded(main)
    _code_titles(main)
    root = main.makeelement("html")
    root.append(body)
    known = {number_of(name): name for name in page.names}
    found = PageSurroundings(page.name, page.names, link=lambda href: _link(href, known))
    html = convert_html(root, found, has_title=True)
    note(html.notes, "left_around", " ".join(filter(None, (around, contents))))
    if not html.text:
        raise DocumentError("nothing")
    name = f"confluence-{number}" if number else ""
    fields = {"title": title, NUMBER: name}
    return [Converted(with_header(fields, html.text), name, "", html.images, html.notes)]


def number_of(name: str) -> str:
    """Return the number of the page that a file is, or ""."""
    match = _FILE.fullmatch(name.rsplit("/", 1)[-1])
    return match[1] if match else ""


def _space(tree: Element) -> str:
    first = tree.get_element_by_id("breadcrumbs", None)
    links = list(first.iter("a")) if first is not None else []
    return text_of(links[0]) if links else ""


def _folded(main: Element) -> None:
    """Make what unfolds ``<details>``."""
    for box in with_class(main, "expand-container"):
        titles = list(with_class(box, "expand-control"))
        box.tag = "details"
        for title in titles[:1]:
            title.tag = "summary"


def _signs(main: Element) -> None:
    """Write little pictures as the words or signs that they stand for."""
    for image in with_class(main, "emoticon"):
        sign = image.get("data-emoji-fallback") or image.get("alt") or ""
        image.tail = f"{sign}{image.tail or ''}"
        image.drop_tree()


def _code_titles(main: Element) -> None:
    for header in with_class(main, "codeheader"):
        if any("expand" in (e.get("class") or "") for e in header.iter()):
            drop([header])
        else:
            header.tag = "p"


def _link(href: str, pages: dict[str, str]) -> str | None:
    parts = urlsplit(href)
    named = _PAGE.search(href)
    number = number_of(unquote(parts.path)) or (named[1] if named else "")
    return f"confluence-{number}.md" if number and number in pages else None
