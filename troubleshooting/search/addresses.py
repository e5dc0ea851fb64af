"""The addresses of the pages that hits lead to."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import override


def article_address(slug: str, language: str, anchor: str = "") -> str:
    """The address of an article's page in ``language``, at ``anchor`` if one is given."""
    with override(language):
        page = reverse("troubleshooting:article", kwargs={"slug": slug})
    return f"{page}#{anchor}" if anchor else page
