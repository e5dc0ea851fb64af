"""A Word document -> HTML by mammoth -> its Markdown; its parts are made ready before."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from pathlib import PurePosixPath
from typing import Any

import mammoth

from ..docfx.errors import DocumentError
from ..docfx.model import Oddity
from .html import PageSurroundings, convert_html, parse
from .html.cleaning import note
from .html.convert import shown_text
from .html.reading import Element, drop, text_of, words
from .model import INSIDE, Converted, ProductPage, with_header
from .word_parts import CODE, CODE_BLOCK, CONTINUED, WordPackage, prepare

MOST_PARTS = 5_000
MOST_UNPACKED = 100 * 1024 * 1024
_OLD = b"\xd0\xcf\x11\xe0"
_IMAGES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_MAIN = "word/document.xml"
_BROKEN = (EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError,
           zipfile.BadZipFile, zlib.error)  # fmt: skip


def is_word(raw: bytes) -> bool:
    """Return whether ``raw`` is a document of Word, of whatever age."""
    if raw.startswith(_OLD):
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _MAIN in archive.namelist()
    except _BROKEN:
        return False


def convert_word(page: ProductPage) -> list[Converted]:
    """Return the document. Raise ``DocumentError`` (``word_…``)."""
    if page.raw.startswith(_OLD):
        raise DocumentError("word_old")
    try:
        parts = prepare(_checked(page.raw))
    except DocumentError:
        raise
    except _BROKEN as error:
        raise DocumentError("word_broken") from error
    images: dict[str, bytes] = {}
    notes: list[Oddity] = []
    html = _html(parts, images, notes)
    root = parse(f"<body>{html or '<p></p>'}</body>")
    _footnotes(root)
    around = PageSurroundings(
        page.name, page.names, image=lambda src: src if src in images else None
    )
    found = convert_html(root, around)
    for code, text in parts.omissions.items():
        note(notes, code, text)
    lost = Counter(words(parts.text)) - Counter(words(shown_text(found.text)))
    if lost:
        notes.append(Oddity("left_words", 0, f"{lost.total()} – {', '.join(list(lost)[:8])}"))
    if not found.text:
        raise DocumentError("nothing")
    title = "" if found.title else parts.title or PurePosixPath(page.name).stem
    text = with_header({"title": title, "date": parts.date}, found.text)
    return [Converted(text, "", "", images, [*notes, *found.notes])]


def _checked(raw: bytes) -> bytes:
    """Return ``raw``, if it is no trap. Raise ``DocumentError``."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
            raise DocumentError("word_bomb")
        if any(info.flag_bits & 0x1 for info in infos) or "EncryptedPackage" in archive.namelist():
            raise DocumentError("word_old")
    return raw


def _html(parts: WordPackage, images: dict[str, bytes], notes: list[Oddity]) -> str:
    def keep(image: Any) -> dict[str, str]:
        ending = _IMAGES.get(image.content_type)
        if ending is None:
            notes.append(Oddity("left_image", 0, image.alt_text or image.content_type))
            return {"src": ""}
        with image.open() as source:
            data = source.read()
        path = f"{INSIDE}/{len(images) + 1}.{ending}"
        images[path] = data
        return {"src": path}

    try:
        done = mammoth.convert_to_html(  # type: ignore[no-untyped-call]  # no types
            io.BytesIO(parts.packed),
            style_map="\n".join([*parts.styles, *_STYLES]),
            convert_image=mammoth.images.img_element(keep),  # type: ignore[no-untyped-call]  # no types
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except _BROKEN as error:
        raise DocumentError("word_broken") from error
    return str(done.value)


_STYLES = (
    "p[style-name='Title'] => h1.title:fresh",
    "p[style-name='Subtitle'] => p:fresh",
    "p[style-name='Quote'] => blockquote > p:fresh",
    "p[style-name='Intense Quote'] => blockquote > p:fresh",
    f"p.{CODE_BLOCK} => pre:separator('\\n')",
    f"r.{CODE} => code",
    f"p.{CONTINUED}1 => ul|ol > li > p:fresh",
    f"p.{CONTINUED}2 => ul|ol > li > ul|ol > li > p:fresh",
    f"p.{CONTINUED}3 => ul|ol > li > ul|ol > li > ul|ol > li > p:fresh",
    "strike => s",
)


def _footnotes(root: Element) -> None:
    """Make each note at the foot, which is no step, a paragraph with the number that calls it."""
    for link in list(root.iter("a")):
        if (link.get("href") or "").startswith(("#footnote-ref", "#endnote-ref")):
            drop([link])
    for item in list(root.iter("li")):
        named = item.get("id") or ""
        if not named.startswith(("footnote-", "endnote-")):
            continue
        number = item.getparent().index(item) + 1
        item.tag = "p"
        text = " ".join(text_of(child) for child in item) or text_of(item)
        for child in list(item):
            item.remove(child)
        item.text = f"[{number}] {text}"
    for each in list(root.iter("ol")):
        if len(each) and all(child.tag == "p" for child in each):
            each.tag = "div"
