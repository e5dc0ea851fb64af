"""Sources: trees of documents that are imported again and again."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ...importing.runs.acts import running_import, runs_of, start_source
from ...models import Source
from ...rights import may_import
from ..generics import ModelAdmin, editor_of
from ..parts import PlainList
from ..suggesting import Suggesting
from .imports import arrival, page_of

START = "troubleshooting_source_start"


@admin.register(Source)
class SourceAdmin(Suggesting, PlainList, ModelAdmin[Source]):
    nothing_yet = _(
        "There is no source yet. A source is a folder, an archive or a repository that "
        "is imported again and again."
    )
    change_form_template = "admin/troubleshooting/exchange/source_form.html"
    list_display = ["name", "kind", "location", "is_active", "imported"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name", "slug", "location"]
    prepopulated_fields = {"slug": ["name"]}
    filter_horizontal = ["platforms"]
    autocomplete_fields = ["owner"]
    readonly_fields = ["imported", "state"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "location", "revision", "is_active"]}),
        (_("Files"), {"fields": ["include", "exclude", "languages"]}),
        (_("Source"), {"fields": ["link_base", "licence", "licence_url", "attribution"]}),
        (_("New articles"), {"fields": ["platforms", "status", "owner", "review_days"]}),
        (_("Last import"), {"fields": ["imported", "state"]}),
    ]

    @admin.display(description=_("Revision of the repository"))
    def state(self, source: Source) -> str:
        return source.imported_revision or "–"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.start))
        return [path("<int:pk>/start/", view, name=START), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        source = kwargs.get("obj")
        more = {
            **arrival(source, is_upload=False),
            "may_import": source is not None and may_import(request.user),
            "runs": runs_of(source)[:5] if source is not None else [],
        }
        return super().render_change_form(request, {**context, **more}, *args, **kwargs)

    def start(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Have the source imported, or the import rehearsed; show the one that runs already.

        Raise ``PermissionDenied``: this editor may not.
        """
        source = get_object_or_404(Source, pk=pk)
        if not may_import(request.user) or not self.has_view_permission(request, source):
            raise PermissionDenied
        if found := running_import(source):
            messages.info(request, gettext("The source is being imported already."))
            return page_of(found)
        is_rehearsal = "rehearse" in request.POST
        return page_of(start_source(source, editor_of(request), is_rehearsal=is_rehearsal))
