"""The history of the texts."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import Revision
from .parts import ReadOnlyAdmin


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["title", "language", "number", "origin", "author", "comment", "created"]
    list_filter = ["origin", "translation__language", "created"]
    list_select_related = ["translation", "author"]
    search_fields = ["title", "comment", "translation__article__slug"]
    date_hierarchy = "created"
    ordering = ["-created"]

    @admin.display(ordering="translation__language", description=_("language"))
    def language(self, revision: Revision) -> str:
        return revision.translation.language

    def lookup_allowed(self, lookup: str, value: str, request=None) -> bool:
        return lookup == "translation__id__exact" or super().lookup_allowed(lookup, value, request)
