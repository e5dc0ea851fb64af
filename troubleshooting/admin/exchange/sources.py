"""Sources: trees of documents that are imported again and again."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ...models import Source
from ..generics import ModelAdmin


@admin.register(Source)
class SourceAdmin(ModelAdmin[Source]):
    list_display = ["name", "kind", "location", "is_active", "imported"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name", "slug", "location"]
    prepopulated_fields = {"slug": ["name"]}
    filter_horizontal = ["platforms"]
    autocomplete_fields = ["owner"]
    readonly_fields = ["imported", "imported_revision"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "location", "revision", "is_active"]}),
        (_("Files"), {"fields": ["include", "exclude", "languages"]}),
        (_("Source"), {"fields": ["link_base", "licence", "licence_url", "attribution"]}),
        (_("New articles"), {"fields": ["platforms", "status", "owner", "review_days"]}),
        (_("Last import"), {"fields": ["imported", "imported_revision"]}),
    ]
