"""Imported documents: where they come from and what became of their parts."""

from __future__ import annotations

from typing import Any, Protocol

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ...figures.titles import titles_of
from ...media import images_of
from ...models import ArticleTranslation, SourceDocument, SourceEntry
from ..parts import ReadOnlyAdmin, bullets, change_link
from . import document_images, uploads


class CountedDocument(Protocol):
    """A document as the list reads it."""

    number_of_entries: int


@admin.register(SourceDocument)
class SourceDocumentAdmin(ReadOnlyAdmin):
    nothing_yet = _("No document was imported yet.")
    list_display = ["title", "language", "path", "entry_count", "licence", "date", "imported"]
    list_filter = ["language", "licence", "imported"]
    search_fields = ["title", "key", "path"]
    fieldsets = [
        (None, {"fields": ["title", "key", "language", "path", "sha256", "imported"]}),
        (
            _("Source"),
            {"fields": ["source_url", "licence", "licence_url", "attribution", "date"]},
        ),
        (_("Articles"), {"fields": ["entries", "images"]}),
        (_("Text"), {"fields": ["preamble", "front_matter", "original"], "classes": ["collapse"]}),
    ]
    readonly_fields = ["entries", "images", "original"]

    def get_urls(self) -> list[URLPattern]:
        own = [*uploads.urls(self), *document_images.urls(self)]
        return [*own, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).defer("raw", "preamble_html", "outline")
        # By itself for each row: what only counts the documents then leaves it out.
        entries = SourceEntry.objects.filter(document=OuterRef("pk")).order_by()
        number = entries.values("document").annotate(n=Count("pk")).values("n")
        counted: QuerySet[Any] = rows.annotate(number_of_entries=Coalesce(Subquery(number), 0))
        return counted

    @admin.display(description=_("articles"), ordering="number_of_entries")
    def entry_count(self, document: CountedDocument) -> int:
        return document.number_of_entries

    @admin.display(description=_("articles"))
    def entries(self, document: SourceDocument) -> str:
        entries = list(document.entries.select_related("article"))
        keys = [entry.article_id for entry in entries]
        titles = titles_of(keys, document.language, ArticleTranslation.objects.all())
        return bullets(
            format_html(
                "{} ({})",
                change_link(
                    "article",
                    entry.article_id,
                    titles[entry.article_id].text
                    if entry.article_id in titles
                    else entry.article.slug,
                ),
                _("lines %(first)d to %(last)d")
                % {"first": entry.first_line, "last": entry.last_line},
            )
            for entry in entries
        )

    @admin.display(description=_("images"))
    def images(self, document: SourceDocument) -> SafeString:
        """Say how many images its articles name and how many are there, leading to their page."""
        found = images_of(document)
        here = sum(image.image is not None for image in found)
        words = _("%(here)d of %(count)d are here") % {"here": here, "count": len(found)}
        address = reverse(f"admin:{document_images.NAME}", args=[document.pk])
        return format_html('<a href="{}">{}</a>', address, words)

    @admin.display(description=_("original"))
    def original(self, document: SourceDocument) -> SafeString:
        """Return the bytes as they came, read as UTF-8 (an import accepts nothing else)."""
        text = bytes(document.raw).decode("utf-8", errors="replace")
        return format_html('<pre class="original">{}</pre>', text)
