"""Which images a text names, and by which path the images of a document are known. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST_PATH = 300
_parser = MarkdownIt("commonmark").enable("table")
_TAG = re.compile(r"<img\b[^<>]*?\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedImage:
    """An image as a text names it: its source, and the words that stand for it."""

    source: str
    words: str


def path_of(source: str) -> str:
    """Return the path that ``source`` means from the place of its document; "" for a web address.

    ``./media/a%20b.png?raw=true`` is ``media/a b.png``; ``~/`` is the root, as in docfx.
    """
    try:
        parts = urlsplit(source.strip())
    except ValueError:
        return ""
    if parts.scheme or parts.netloc:
        return ""
    path = unquote(parts.path).replace("\\", "/")
    path = normpath(path.removeprefix("~")) if path else ""
    path = unicodedata.normalize("NFC", path)
    return "" if path == "." or len(path) > LONGEST_PATH or "\0" in path else path


def named_images(text: str) -> list[NamedImage]:
    """Return the images that the Markdown ``text`` shows, in order; code names none."""
    if "![" not in text and "<img" not in text.lower():
        return []
    found: list[NamedImage] = []
    for token in _parser.parse(text):
        for part in (token, *(token.children or ())):
            found += _images_of(part)
    return found


def _images_of(token: Token) -> list[NamedImage]:
    if token.type == "image":
        return [NamedImage(str(token.attrs.get("src", "")), token.content)]
    if token.type in ("html_block", "html_inline"):
        return [_from_tag(match) for match in _TAG.finditer(token.content)]
    return []


def _from_tag(match: re.Match[str]) -> NamedImage:
    alt = _ALT.search(match.string[match.start() : match.string.find(">", match.end()) + 1])
    source = next(group for group in match.groups() if group is not None)
    return NamedImage(source, next((group for group in alt.groups() if group), "") if alt else "")
