"""What a file of another format becomes. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from ..docfx.model import Oddity

#: Bytes of a file of another format at most; the images in it count.
MOST_BYTES = 25 * 1024 * 1024
#: The folder of the images that were inside a file, as texts name it.
INSIDE = "inside"
#: The field of a header by which a product knows a page, whatever it is called or wherever it lies.
NUMBER = "document-id"


#: Endings of files that are looked into, beside those of Markdown.
SUFFIXES = (".html", ".htm", ".docx", ".json")
_NOTION_NAME = re.compile(r"[0-9a-f]{32}\.(?:md|markdown)$", re.IGNORECASE)


def is_foreign(name: str) -> bool:
    """Return whether the file called ``name`` is looked into before it is read as Markdown."""
    return name.lower().endswith(SUFFIXES) or bool(_NOTION_NAME.search(name))


@dataclass(frozen=True, slots=True)
class ProductPage:
    """A file with what its product says around it.

    ``name`` is its path in the tree that is imported, ``names`` are those of all files there.
    """

    raw: bytes
    name: str
    names: frozenset[str] = frozenset()


@dataclass(slots=True)
class Converted:
    """One document as Markdown with a header.

    ``number`` is that by which its product knows it, such as ``zendesk-36001``; "" for a file that
    is known by its path alone. ``images`` are those that were inside the file, by the paths that
    the text names; ``notes`` say what the text does not show, their lines are 0.
    """

    text: str
    number: str = ""
    language: str = ""
    images: dict[str, bytes] = field(default_factory=dict)
    notes: list[Oddity] = field(default_factory=list)


def with_header(fields: Mapping[str, Any], body: str) -> str:
    """Return ``body`` behind a header of the ``fields`` that say anything."""
    told = {name: value for name, value in fields.items() if value not in ("", None, [], False)}
    if not told:
        return f"{body.strip()}\n"
    if title := str(told.get("title") or ""):
        body = f"# {_heading(title)}\n\n{body.strip()}"
    header = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{header}---\n\n{body.strip()}\n"


def _heading(title: str) -> str:
    """Return a title as it is written in a heading: nothing of it is markup."""
    return re.sub(r"([\\`*\[\]<~]|(?<!\w)_|_(?!\w)|#+$)", r"\\\1", title)
