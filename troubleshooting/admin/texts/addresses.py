"""Where a text is written, and where what waits of it is shown."""

from __future__ import annotations

from django.urls import reverse

from ...models import Article, PendingRevision

PENDING = "troubleshooting_article_pending"
TRANSLATE = "troubleshooting_article_translate"


def form_url(article: Article, language: str) -> str:
    """Return the address of the form in which the text is written."""
    address = reverse("admin:troubleshooting_article_change", args=[article.pk])
    return f"{address}?language={language}"


def writing_url(article: Article, language: str) -> str:
    """Return the address of the form in which the editors' pending revision is written."""
    return f"{form_url(article, language)}&pending=1"


def translation_url(article: Article, language: str) -> str:
    """Return the address of the page on which the text is translated side by side."""
    return reverse(f"admin:{TRANSLATE}", args=[article.pk, language])


def pending_url(pending: PendingRevision) -> str:
    """Return the address of the page of ``pending``."""
    address = reverse(f"admin:{PENDING}", args=[pending.article_id, pending.language])
    return f"{address}?origin={pending.origin}"
