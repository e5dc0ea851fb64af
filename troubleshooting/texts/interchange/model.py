"""What a file of the portal's own format says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..sections import PUBLIC_TEXTS

VERSION = "1"
#: The field by which such a file is known, and whose value is the version of its format.
MARK = "portal-article"


@dataclass(frozen=True, slots=True)
class FileOrigin:
    """The part of a document that an article was made from, with its source and its rights.

    ``edited``: the article's text is no longer that of the document.
    """

    document: str
    language: str
    title: str
    path: str = ""
    url: str = ""
    date: str = ""
    licence: str = ""
    licence_url: str = ""
    attribution: str = ""
    anchor: str = ""
    anchors: Sequence[str] = ()
    codes: Sequence[str] = ()
    position: int = 0
    edited: bool = False


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article in one language, as a file says it.

    ``texts`` maps names of ``sections.TEXTS`` to texts; ``internal`` is there only where the note
    was given away. ``platforms`` maps slugs to names. ``images`` maps what the texts call
    an image to its file, relative to this one. ``digest`` is that of the texts as they left.
    """

    slug: str
    language: str
    texts: Mapping[str, str]
    kind: str = ""
    platforms: Mapping[str, str] = field(default_factory=dict)
    status: str = ""
    audience: str = ""
    owner: str = ""
    reviewed: date | None = None
    review_due: date | None = None
    translated_from: str = ""
    outdated: bool = False
    origins: Sequence[FileOrigin] = ()
    images: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""


def digest_of(texts: Mapping[str, str]) -> str:
    """Return the SHA-256, in hexadecimal digits, of what readers see of ``texts``."""
    public = json.dumps([texts.get(name, "") for name in PUBLIC_TEXTS], ensure_ascii=False)
    return hashlib.sha256(public.encode()).hexdigest()
