"""The addresses of the pages that hits lead to."""

from __future__ import annotations

from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import override


def article_address(slug: str, language: str, anchor: str = "") -> str:
    """Return the address of an article's page in ``language``, at ``anchor`` if one is given."""
    page = _page("article", "slug", slug, language, get_script_prefix())
    return f"{page}#{anchor}" if anchor else page


def document_address(key: str, language: str) -> str:
    """Return the address of a document's page in ``language``."""
    return _page("document", "key", key, language, get_script_prefix())


@lru_cache(maxsize=1024)  # a page has twenty hits; to work out their addresses takes 2 ms
def _page(name: str, key: str, value: str, language: str, _prefix: str) -> str:
    with override(language):
        return reverse(f"troubleshooting:{name}", kwargs={key: value})
