"""The addresses of the pages that hits lead to."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import override


def article_address(slug: str, language: str, anchor: str = "") -> str:
    """Return the address of an article's page in ``language``, at ``anchor`` if one is given."""
    with override(language):
        page = reverse("troubleshooting:article", kwargs={"slug": slug})
    return f"{page}#{anchor}" if anchor else page


def document_address(key: str, language: str) -> str:
    """Return the address of a document's page in ``language``."""
    with override(language):
        return reverse("troubleshooting:document", kwargs={"key": key})
