"""Books of BookStack: its portable archive (``data.json``), pages of its API, and its HTML.

Source: https://github.com/BookStackApp/BookStack/blob/development/dev/docs/portable-zip-file-format.md
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from lxml import html as lxml_html

from ...docfx.model import Oddity
from ..html import PageSurroundings, convert_html, parse
from ..html.cleaning import note
from ..html.reading import Element, classes, drop, text_of, with_class
from ..model import NUMBER, Converted, ProductPage, with_header

Fields = dict[str, Any]
_REFERENCE = re.compile(r"\[\[bsexport:(\w+):([^\]\s]+)\]\]")
_PLATFORM = {"platform", "platforms", "plateforme", "plateformes", "os"}
_HEADING_ID = re.compile(r"(page|chapter)-(\d+)")


def pages_of(data: Any) -> list[Fields]:
    """Return the pages in ``data``, in the order of their book; [] if it is no export."""
    if not isinstance(data, dict):
        return []
    if "book_id" in data and "name" in data and ("html" in data or "markdown" in data):
        return [data]
    for name in ("book", "chapter", "page"):
        found = data.get(name)
        if isinstance(found, dict) and found.get("name") and _is_export(data, found, name):
            return list(_pages(found, name))
    return []


def _is_export(data: Fields, fields: Fields, name: str) -> bool:
    told = "exported_at" in data or "instance" in data
    return told or (name != "page" and isinstance(fields.get("pages"), list))


def _pages(part: Fields, name: str) -> Iterator[Fields]:
    if name == "page":
        yield part
        return
    parts = [(row, "chapter") for row in part.get("chapters") or () if isinstance(row, dict)]
    parts += [(row, "page") for row in part.get("pages") or () if isinstance(row, dict)]
    for row, kind in sorted(parts, key=lambda pair: pair[0].get("priority") or 0):
        yield from _pages(row, kind)


def _descriptions(data: Fields) -> str:
    """Return what a book and its chapters say of themselves: no page of theirs says it."""
    part = data.get("book") or data.get("chapter") or {}
    parts = [part, *(row for row in part.get("chapters") or () if isinstance(row, dict))]
    texts = (str(each.get("description_html") or "").strip() for each in parts)
    return " ".join(text_of(parse(f"<body>{text}</body>")) for text in texts if text)


def convert_bookstack(data: Fields, page: ProductPage) -> list[Converted]:
    """Return a document for each page in ``data``."""
    pages = pages_of(data)
    numbers = {("page", str(row.get("id"))): _number(row) for row in pages}
    files = {
        str(image.get(name)): str(image.get("file"))
        for row in pages
        for image in row.get("images") or ()
        for name in ("id", "file")
        if image.get("file")
    }
    documents = [_document(row, numbers, files, page) for row in pages]
    note(documents[0].notes, "left_around", _descriptions(data))
    return documents


def _number(row: Fields) -> str:
    told = row.get("slug") or (row.get("id") and f"page-{row['id']}")
    return f"bookstack-{told or row['name']}"


def _document(
    row: Fields, numbers: dict[tuple[str, str], str], files: dict[str, str], page: ProductPage
) -> Converted:
    def target(match: re.Match[str]) -> str:
        kind, name = match.groups()
        if kind in ("image", "attachment"):
            return posixpath.join("files", files.get(name, name))
        found = numbers.get((kind, name))
        return f"{found}.md" if found else ""

    notes: list[Oddity] = []
    images: dict[str, bytes] = {}
    body = str(row.get("markdown") or "")
    if body.strip():
        body = _REFERENCE.sub(target, body)
    else:
        own = {f"{number}.md" for number in numbers.values()}
        found = PageSurroundings(
            page.name, page.names, link=lambda href: href if href in own else None
        )
        text = _REFERENCE.sub(target, str(row.get("html") or ""))
        html = convert_html(parse(f"<body>{text} </body>"), found, has_title=True)
        body, notes, images = html.text, html.notes, html.images
    tags = [t for t in row.get("tags") or () if isinstance(t, dict) and t.get("name")]
    named = [str(t.get("value") or "") for t in tags if str(t["name"]).lower() in _PLATFORM]
    number = _number(row)[:80]
    fields = {
        "title": " ".join(str(row["name"]).split()),
        NUMBER: number,
        "date": str(row.get("updated_at") or "")[:10],
        "draft": bool(row.get("draft")),
        "appliesto": [value for value in named if value],
        "tags": [f"{t['name']}: {t['value']}" if t.get("value") else str(t["name"]) for t in tags],
    }
    return Converted(with_header(fields, body), number, "", images, notes)


def is_bookstack(tree: Element) -> bool:
    """Return whether ``tree`` is a page, chapter or book that BookStack exported as HTML."""
    body = tree.find("body")
    return body is not None and "export-format-html" in classes(body)


def convert_bookstack_html(tree: Element, page: ProductPage) -> list[Converted]:
    """Return the pages of the export; what a book and its chapters say of themselves is told."""
    notes: list[Oddity] = []
    around = drop(with_class(tree, "contents", "chapter-hint", "page-break"))
    body = next(iter(with_class(tree, "page-content")), tree.find("body"))
    made: list[Converted] = []
    pages = _split(body)
    is_one = not any(number.startswith("bookstack-page") for number, _title, _parts in pages)
    for number, title, parts in pages:
        if not is_one and not number.startswith("bookstack-page"):
            around = " ".join([around, title, *map(text_of, parts)])
            continue
        root: Element = lxml_html.fromstring("<html><body></body></html>")
        root.find("body").extend(parts)
        html = convert_html(root, PageSurroundings(page.name, page.names), has_title=True)
        text = with_header({"title": title, NUMBER: number}, html.text)
        made.append(Converted(text, number, "", html.images, html.notes))
    note(notes, "left_around", around)
    made[0].notes = [*notes, *made[0].notes]
    return made


def _split(body: Element) -> list[tuple[str, str, list[Element]]]:
    """Return (number, title, elements) of each page; the heading of each is its title."""
    found: list[tuple[str, str, list[Element]]] = []
    for element in list(body):
        match = _HEADING_ID.fullmatch(element.get("id") or "") if element.tag == "h1" else None
        if match:
            found.append((f"bookstack-{match[0]}", text_of(element), []))
        elif not found:
            title = text_of(element) if element.tag == "h1" else ""
            found.append(("", title, [] if title else [element]))
        else:
            _number, _title, parts = found[-1]
            parts.append(element)
    return found
