"""The text of a file -> the article in one language that it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..docfx.errors import DocumentError
from ..docfx.front_matter import split_front_matter
from ..sections import MARKDOWN_TEXTS, SECTIONS
from ..slugs import LONGEST_SLUG
from .fields import Fields
from .model import MARK, VERSION, ArticleFile, FileOrigin

_SLUG = re.compile(rf"[-a-zA-Z0-9_]{{1,{LONGEST_SLUG}}}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})?", re.IGNORECASE)
_PLATFORM = re.compile(r"[-a-zA-Z0-9_]{1,50}")
_WORDS = re.compile(r".*\S.*")


def read_article(text: str) -> ArticleFile:
    """Return what the file with this text (line feeds alone) says.

    Raise ``DocumentError`` (``portal_version``, ``portal_field``, ``portal_body``) with its line.
    """
    lines = text.split("\n")
    try:
        fields, first = split_front_matter(lines)
    except RecursionError as error:
        raise DocumentError("front_matter_broken", 1) from error
    reader = Fields(fields, lines[:first])
    if fields.get(MARK) != VERSION:
        raise reader.error(MARK, "portal_version", str(fields.get(MARK)))
    texts = _sections(lines, first, reader.text("section-marker") or "section")
    return ArticleFile(
        slug=reader.text("slug", _SLUG),
        language=reader.text("language", _LANGUAGE),
        texts={"title": reader.text("title", _WORDS), **texts},
        kind=reader.text("kind"),
        platforms=reader.mapping("platforms", _PLATFORM),
        status=reader.text("status"),
        audience=reader.text("audience"),
        owner=reader.text("owner"),
        reviewed=reader.date("reviewed"),
        review_due=reader.date("review-due"),
        translated_from=reader.text("translated-from"),
        outdated=reader.text("outdated") == "true",
        origins=[_origin(each, reader) for each in reader.items("origins")],
        images=reader.mapping("images"),
        digest=reader.text("digest"),
    )


def _sections(lines: Sequence[str], first: int, marker: str) -> dict[str, str]:
    """Return the texts between the marks, by name.

    Every public section, and the note if it is there.
    """
    mark = re.compile(rf"<!-- {re.escape(marker)}: *(\w+) *-->\s*")
    texts: dict[str, str] = {}
    held: list[str] | None = None
    found: dict[str, list[str]] = {}
    for number, line in enumerate(lines[first:], first + 1):
        match = mark.fullmatch(line)
        if match is None and held is None and line.strip():
            raise DocumentError("portal_body", number)
        if match is None:
            (held if held is not None else []).append(line)
            continue
        if match[1] not in MARKDOWN_TEXTS or match[1] in found:
            raise DocumentError("portal_section", number, match[1])
        held = found[match[1]] = []
    texts = {name: "\n".join(held).strip("\n") for name, held in found.items()}
    return {**dict.fromkeys(SECTIONS, ""), **texts}


def _origin(fields: Mapping[str, Any], reader: Fields) -> FileOrigin:
    inner = Fields(fields, reader.header, "origins")
    position = inner.text("position") or "0"
    if not position.isdecimal():
        raise inner.error("position")
    names = ("title", "path", "url", "date", "licence", "attribution", "anchor")
    return FileOrigin(
        document=inner.text("document", _SLUG),
        language=inner.text("language", _LANGUAGE),
        **{name: inner.text(name) for name in names},
        licence_url=inner.text("licence-url"),
        anchors=inner.words("anchors"),
        codes=inner.words("codes"),
        position=int(position[:6]),
        edited=inner.text("edited") == "true",
    )
