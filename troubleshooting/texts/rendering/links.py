"""Addresses of links: which may be shown, and the one place that writes them into a page. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement as Element

from ..markup.parser import SCHEMES
from .trees import NO_CHARACTER

#: Characters of an address that a document gives for itself.
LONGEST_ADDRESS = 500
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# What a browser passes over in an address (URL Standard, "basic URL parser").
_PASSED_OVER = re.compile(r"\A[\x00-\x20]+|[\t\n\r]")


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads: ``external`` ones leave the portal."""

    href: str
    external: bool


def plain_link(href: str) -> Link | None:
    """Lead to addresses on other hosts, keep fragments; anything else is no link."""
    scheme = urlsplit(href).scheme.lower()
    if scheme in SCHEMES:
        return Link(href, external=True)
    return Link(href, external=False) if href.startswith("#") else None


def is_address(href: str) -> bool:
    """Return whether ``href`` can be read as an address at all (``//[`` cannot)."""
    try:
        urlsplit(href)
    except ValueError:
        return False
    return bool(href)


def web_address(address: str) -> str:
    """Return ``address`` where it is a whole address of the web, else "".

    No script, no other scheme.
    """
    fits = len(address) <= LONGEST_ADDRESS and is_address(address)
    return address if fits and urlsplit(address).scheme in ("http", "https") else ""


def broken_scheme(href: str) -> bool:
    """Return whether ``href`` names a scheme that no link of the portal may have (``ttps://…``)."""
    match = _SCHEME.match(_PASSED_OVER.sub("", href))
    return match is not None and match[1].lower() not in SCHEMES


def set_address(element: Element, attribute: str, address: str) -> bool:
    """Write ``address`` into ``element``; return False, with nothing written, if it may not be.

    The sanitiser saw the address that an author wrote, not the one that it was resolved to: so
    every attribute that leads somewhere and is written after it is written here.
    """
    if not is_address(address) or broken_scheme(address) or NO_CHARACTER.search(address):
        return False
    element.set(attribute, address)
    return True
