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

    ``is_of_site``: it comes from the site that ``common.toml`` names. ``find`` gives the portal's
    address of an anchor ("": the whole) of the document that its publisher calls by that name ("":
    this document), or None where the portal has no such thing.
    """

    language: str
    source_url: str
    find: Callable[[str, str], str | None]
    is_of_site: bool = False


def resolver(around: Surroundings) -> Callable[[str], Link | None]:
    """Return a function from a target as it is written to where it leads; None: it is no link.

    What the portal does not hold is looked for where the document comes from, and nowhere else: the
    names of files are nobody's business whose they are not.
    """

    def resolve(href: str) -> Link | None:
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return plain_link(f"https:{href}" if href.startswith("//") else href)
        local = around.find(file_stem(parts.path), parts.fragment)
        if local:
            return Link(local, external=False)
        if not parts.path:
            return Link(href, external=False)
        published = _published(parts.path, parts.fragment, around)
        return Link(published, external=True) if published else None

    return resolve


def file_stem(path: str) -> str:
    """Return ``device-enrollment`` for ``../intune/device-enrollment.md``."""
    name = path.rstrip("/").rsplit("/", 1)[-1]
    return name.split(".", 1)[0].lower()


def _published(path: str, fragment: str, around: Surroundings) -> str:
    """Return the address of a page of the document's publisher; "" where that is not known."""
    root, locale = common()["site"]["root"], labels_for(around.language).locale
    page = re.sub(r"\.(?:md|yml)$", "", path)
    suffix = f"#{fragment}" if fragment else ""
    if around.is_of_site and page.startswith("/"):
        return f"{root}/{locale}{page}{suffix}"
    if around.source_url:
        # "./" first: a path is never read as an address of its own (``~/mailto:x``).
        place = page if page.startswith("/") else f"./{page.removeprefix('~/')}"
        return urljoin(around.source_url, place) + suffix
    words = file_stem(path).replace("-", " ")
    return f"{root}/{locale}/search/?terms={quote(words)}" if around.is_of_site else ""


def is_of_site(fields: Mapping[str, object], source_url: str) -> bool:
    """Return whether a document comes from the site of ``common.toml``.

    Its header has fields that only documents from there have, or its address is one there.
    """
    site = common()["site"]
    named = any(str(name).startswith(site["field_prefix"]) for name in fields)
    return named or urlsplit(source_url).netloc.lower() == urlsplit(site["root"]).netloc


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
