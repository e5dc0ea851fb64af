"""Articles of a help center that Zendesk's API gave as JSON.

``{"articles": [...]}`` of a list, ``{"article": {...}}`` of one, ``{"translations": [...]}`` of the
languages of one, each article with its ``translations`` where they were asked for. Source:
https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from ...docfx.model import Oddity
from ..html import PageSurroundings, convert_html, parse
from ..model import NUMBER, Converted, ProductPage, with_header
from .paths import file_like

Fields = dict[str, Any]
#: What holds for an article in all its languages.
_SHARED = ("label_names", "user_segment_id", "edited_at", "updated_at")
_ATTACHMENTS = "/article_attachments/"


def articles_of(data: Any) -> list[Fields]:
    """Return the texts in ``data``, one a language of each article; [] if it is no export."""
    if isinstance(data, dict):
        rows = data.get("articles") or data.get("translations") or [data.get("article") or data]
    else:
        rows = data
    if not isinstance(rows, list):
        return []
    found = [row for row in rows if isinstance(row, dict) and _is_article(row)]
    return [text for row in found for text in _texts(row)]


def _is_article(row: Fields) -> bool:
    number = row.get("source_id") or row.get("id")
    return isinstance(number, int) and "body" in row and isinstance(row.get("locale"), str)


def _texts(row: Fields) -> list[Fields]:
    """Return an article in each of its languages: what holds for all is the article's."""
    number = row.get("source_id") or row["id"]
    texts: dict[str, Fields] = {row["locale"]: {**row, "number": number}}
    for each in row.get("translations") or ():
        if isinstance(each, dict) and isinstance(each.get("locale"), str):
            shared = {name: row.get(name) for name in _SHARED}
            own = each["locale"] == row["locale"]
            address = row.get("html_url") if own else each.get("html_url")
            texts[each["locale"]] = {**shared, **each, "number": number, "html_url": address}
    return list(texts.values())


def convert_zendesk(texts: list[Fields], page: ProductPage) -> list[Converted]:
    """Return a document for each text that an export holds."""
    return [_document(text, page) for text in texts]


def _document(text: Fields, page: ProductPage) -> Converted:
    number = f"zendesk-{text['number']}"
    locale = text["locale"].replace("_", "-").lower()
    language = locale.partition("-")[0]
    address = str(text.get("html_url") or "")
    body = str(text.get("body") or "")
    notes: list[Oddity] = []
    images: dict[str, bytes] = {}
    if body.strip():
        found = PageSurroundings(
            page.name,
            page.names,
            link=lambda href: _link(href, address),
            image=lambda source: _image(source, page),
        )
        html = convert_html(parse(f"<body>{body}</body>"), found, has_title=True)
        body, notes, images = html.text, html.notes, html.images
    fields = {
        "title": " ".join(str(text.get("title") or text.get("name") or "").split()),
        NUMBER: number,
        "lang": language,
        "source_url": address,
        "date": str(text.get("edited_at") or text.get("updated_at") or "")[:10],
        "draft": bool(text.get("draft")),
        "audience": "staff" if text.get("user_segment_id") else "",
        "tags": [str(name) for name in text.get("label_names") or ()],
    }
    return Converted(with_header(fields, body), number, language, images, notes)


def _link(href: str, address: str) -> str | None:
    """Return the last part of the address of an article of the same help center, or None."""
    there, here = urlsplit(href), urlsplit(address)
    is_article = "/articles/" in there.path and (not there.netloc or there.netloc == here.netloc)
    return there.path.rstrip("/").rsplit("/", 1)[-1] if is_article and address else None


def _image(source: str, page: ProductPage) -> str | None:
    return file_like(source, page.name, page.names) if _ATTACHMENTS in source else None
