"""The history of the texts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ...access import reader_of
from ...models import Revision
from ...querysets import visibility
from ..parts import ReadOnlyAdmin


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    nothing_yet = _("No text was saved yet.")
    list_display = ["title", "language", "number", "origin", "author", "comment", "created"]
    list_filter = ["origin", "translation__language", "created"]
    list_select_related = ["translation", "author"]
    search_fields = ["title", "comment", "translation__article__slug"]
    date_hierarchy = "created"
    ordering = ["-created"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        seen = visibility(reader_of(request), "translation__article__")
        return super().get_queryset(request).filter(seen)

    @admin.display(ordering="translation__language", description=_("language"))
    def language(self, revision: Revision) -> str:
        return revision.translation.language

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "translation__id__exact" or super().lookup_allowed(lookup, value, request)
