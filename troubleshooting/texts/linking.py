"""Where the links of an imported text lead: to an article, a document's page, or the publisher.

Source of the rule for paths: https://learn.microsoft.com/contribute/content/how-to-write-links
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from .languages import common, labels_for
from .rendering import Link, plain_link, web_address

# A target that only the documents around it give a meaning.
RELATIVE = re.compile(r"\]\(\s*<?(?![a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The document a text comes from, as links see it.

    ``find`` gives the portal's address of an anchor ("": the whole) of the document that its
    publisher calls by that name ("": this document), or None where the portal has no such thing.
    """

    language: str
    source_url: str
    find: Callable[[str, str], str | None]


def resolver(around: Surroundings) -> Callable[[str], Link | None]:
    """Return a function from a target as it is written to where it leads; None: it is no link."""

    def resolve(href: str) -> Link | None:
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return plain_link(f"https:{href}" if href.startswith("//") else href)
        local = around.find(file_stem(parts.path), parts.fragment)
        if local:
            return Link(local, external=False)
        if not parts.path:
            return Link(href, external=False)
        return Link(_published(parts.path, parts.fragment, around), external=True)

    return resolve


def file_stem(path: str) -> str:
    """Return ``device-enrollment`` for ``../intune/device-enrollment.md``."""
    name = path.rstrip("/").rsplit("/", 1)[-1]
    return name.split(".", 1)[0].lower()


def _published(path: str, fragment: str, around: Surroundings) -> str:
    root, locale = common()["site"]["root"], labels_for(around.language).locale
    page = re.sub(r"\.(?:md|yml)$", "", path)
    suffix = f"#{fragment}" if fragment else ""
    if page.startswith("/"):
        return f"{root}/{locale}{page}{suffix}"
    if around.source_url:
        # "./" first: a path is never read as an address of its own (``~/mailto:x``).
        return urljoin(around.source_url, f"./{page.removeprefix('~/')}") + suffix
    words = file_stem(path).replace("-", " ")
    return f"{root}/{locale}/search/?terms={quote(words)}"


def published_name(source_url: str, key: str) -> str:
    """Return what links of the same publisher call a document.

    The last part of its address there.
    """
    return file_stem(urlsplit(source_url).path) or key


def published_address(fields: Mapping[str, object], language: str, path: str) -> str:
    """Return the address of a document on its publisher's site, or "" where that is not known."""
    given = web_address(str(fields.get("source_url") or fields.get("original_url") or ""))
    if given:
        return given
    service = common()["site"]["services"].get(str(fields.get("ms.service", "")))
    if not service:
        return ""
    locale = labels_for(language).locale
    return f"{common()['site']['root']}/{locale}/{service}/{file_stem(path)}"
