"""What ``read_document`` returns. Lines are counted from 1, ranges include both ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where lines went: ``section`` of the entry they are in, or the structure they are."""

    lines: Range
    section: str


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd that does not stop an import; ``code`` names it, ``line`` says where."""

    code: str
    line: int
    detail: str = ""


@dataclass(slots=True)
class Entry:
    """A part of the document that becomes an article.

    ``anchor`` is that of its section; for a row of an error table ``row`` counts from 1 and
    ``anchor`` ends in ``#row``. ``platforms`` are slugs, none meaning all; ``key_codes`` are the
    codes that the row itself is about; ``placements`` say which lines hold which section;
    ``aliases`` are the anchors of headings inside it.
    """

    anchor: str
    kind: str
    title: str
    lines: Range
    platforms: list[str] = field(default_factory=list)
    row: int | None = None
    key_codes: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    placements: list[Placement] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)


@dataclass(slots=True)
class OutlineItem:
    """A heading of the document with its own words and the entries right under it."""

    level: int
    anchor: str
    title: str
    intro: str = ""
    entries: list[int] = field(default_factory=list)


@dataclass(slots=True)
class DocfxDocument:
    """A document read: front matter, title, the words around its entries, and the entries."""

    language: str
    title: str
    front_matter: Mapping[str, Any]
    preamble: str
    entries: list[Entry]
    outline: list[OutlineItem]
    structure: list[Placement]
    line_count: int
    warnings: list[Oddity] = field(default_factory=list)
