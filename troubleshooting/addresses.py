"""The portal's own addresses, as editors write them into texts: ``/fr/articles/some-article/``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.translation import get_language_from_path, override

from .texts.rendering import Link

APP = "troubleshooting"


@dataclass(frozen=True, slots=True)
class Target:
    """A page of the portal: its ``view`` by name, the ``arguments`` in its address, its language.

    ``anchor`` is the fragment without its mark, "" where there is none.
    """

    view: str
    arguments: Mapping[str, str]
    language: str
    anchor: str


def target_of(href: str) -> Target | None:
    """Return the page of the portal that ``href`` (path, query, fragment) leads to, else None.

    The address has to be one of the portal's; whether it has such an article is not asked.
    """
    path, _, anchor = href.partition("#")
    path = path.partition("?")[0]
    prefix = get_script_prefix()
    if not path.startswith(prefix) or path.startswith("//"):
        return None
    path = f"/{path.removeprefix(prefix)}"
    language = get_language_from_path(path)
    if language is None:
        return None
    try:
        with override(language):
            match = resolve(path)
    except Resolver404:
        return None
    if match.app_name != APP or match.url_name is None:
        return None
    return Target(match.url_name, match.kwargs, language, anchor)


def own_link(href: str) -> Link | None:
    """Return the link that ``href`` makes where it is an address of the portal itself."""
    return Link(href, external=False) if target_of(href) else None


def own_hosts() -> frozenset[str]:
    """Return the host names, with a port where one is needed, that the settings give the portal.

    In small letters; patterns of ``ALLOWED_HOSTS`` name no single host and are left out.
    """
    named = (host for host in settings.ALLOWED_HOSTS if host[:1] not in ("*", "."))
    hosts = (urlsplit(settings.SITE_ADDRESS).netloc, *named)
    return frozenset(host.casefold() for host in hosts if host)


def local_address(href: str, own_hosts: Collection[str]) -> str:
    """Return the address without the portal's own host; "" where another host is asked for it."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if not parts.scheme and not parts.netloc:
        return href
    is_own = parts.scheme in ("http", "https") and parts.netloc.casefold() in own_hosts
    return urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment)) if is_own else ""
