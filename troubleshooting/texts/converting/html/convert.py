"""A page of HTML -> its Markdown, its title, the images inside it, and what was left out."""

from __future__ import annotations

import binascii
import posixpath
import re
from base64 import b64decode
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from ...docfx.model import Oddity
from ...markup.parser import new_parser
from ..model import INSIDE
from .alerts import mark_alerts
from .cleaning import clean
from .markdown import Writer
from .reading import Element, parse, text_of, words
from .shaping import HEADINGS, shape

_SCHEMES = {"http", "https", "mailto", "tel"}
_DATA = re.compile(
    r"data:(image/[\w.+-]+)?(?:;[\w=-]+)*?(;base64)?,(.*)", re.DOTALL | re.IGNORECASE
)
_ENDINGS = {"image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class PageSurroundings:
    """Where a page lies: its path, and those of all files that came with it.

    ``link`` and ``image`` may know more of a target than its path says; None: they do not.
    """

    name: str = ""
    names: frozenset[str] = frozenset()
    link: Callable[[str], str | None] = lambda href: None
    image: Callable[[str], str | None] = lambda source: None


@dataclass(slots=True)
class ConvertedPage:
    """A page converted; ``title`` is "" where the text has none."""

    text: str
    title: str = ""
    images: dict[str, bytes] = field(default_factory=dict)
    notes: list[Oddity] = field(default_factory=list)


def convert_html(
    tree: Element, around: PageSurroundings, *, has_title: bool = False
) -> ConvertedPage:
    """Return what ``tree`` (a page, or a part of one) says; ``tree`` is used up.

    ``has_title``: its title stands elsewhere, so its own headings are all below that.
    Whatever words are lost on the way are told.
    """
    page = ConvertedPage("")
    body = clean(tree, page.notes)
    mark_alerts(body)
    _images_inside(body, page)
    before = Counter(words(text_of(body)))
    shape(body, has_title=has_title)
    heading = next((e for e in body.iter("h1")), None)
    page.title = text_of(heading) if heading is not None and not has_title else ""
    body.tag, body.tail = "div", None
    page.text = Writer(_linker(around, page), _imager(around, page)).write(body)
    lost = before - Counter(words(shown_text(page.text)))
    if lost:
        shown = ", ".join(list(lost)[:8])
        page.notes.append(Oddity("left_words", 0, f"{lost.total()} – {shown}"))
    return page


def shown_text(markdown: str) -> str:
    """Return the words that readers see of Markdown."""
    rendered = new_parser().render(markdown)
    return text_of(parse(f"<div>{rendered}</div>")) if rendered.strip() else ""


def first_heading(tree: Element) -> str:
    """Return the words of the first heading of a tree, or ""."""
    found = (text_of(heading) for heading in tree.iter(*HEADINGS))
    return next((text for text in found if text), "")


def _images_inside(body: Element, page: ConvertedPage) -> None:
    """Take images out that are written in the page itself."""
    for image in body.iter("img"):
        match = _DATA.fullmatch((image.get("src") or "").strip())
        if match is None:
            continue
        kind, encoded, data = match.groups()
        try:
            raw = b64decode(unquote(data), validate=False) if encoded else unquote_to_bytes(data)
        except (binascii.Error, ValueError):
            raw = b""
        if (kind or "").lower().startswith("image/svg") or not raw:
            page.notes.append(Oddity("left_image", 0, image.get("alt") or kind or "data:"))
            image.set("src", "")
            continue
        ending = _ENDINGS.get((kind or "").lower(), "png")
        path = f"{INSIDE}/{len(page.images) + 1}.{ending}"
        page.images[path] = raw
        image.set("src", path)


def _imager(around: PageSurroundings, page: ConvertedPage) -> Callable[[str], str | None]:
    def image(source: str) -> str | None:
        if not source or source in page.images:
            return source or None
        known = around.image(source)
        if known:
            return known
        scheme = _scheme(source)
        if scheme in ("http", "https") or source.startswith("//"):
            return f"https:{source}" if source.startswith("//") else source
        return None if scheme else unquote(source).replace("\\", "/")

    return image


def _linker(around: PageSurroundings, page: ConvertedPage) -> Callable[[str], str | None]:
    """Return where links lead; one to a file that did not come along leads nowhere, and says so."""

    def link(href: str) -> str | None:
        known = around.link(href)
        if known is not None:
            return known or None
        scheme = _scheme(href)
        if scheme or href.startswith("//"):
            return f"https:{href}" if not scheme else href if scheme in _SCHEMES else None
        if href.startswith("#"):
            return None
        path = unquote(urlsplit(href).path).replace("\\", "/")
        place = posixpath.normpath(posixpath.join(posixpath.dirname(around.name), path))
        if path and place in around.names:
            return path
        page.notes.append(Oddity("left_link", 0, href[:120]))
        return None

    return link


def _scheme(address: str) -> str:
    match = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]+):", address.strip())
    return match[1].lower() if match else ""
