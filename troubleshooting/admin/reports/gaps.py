"""Reports of gaps: what readers looked for and nobody has written yet."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ...access import ADD_ARTICLE
from ...models import GapReport
from ..parts import LabelledColumns


@admin.register(GapReport)
class GapReportAdmin(LabelledColumns):
    nothing_yet = _("Nobody has reported that an article is missing.")
    list_display = ["subject", "count", "language", "status", "last_reported", "create"]
    list_filter = ["status", "language", "created"]
    list_editable = ["status"]
    search_fields = ["subject", "key", "comment"]
    date_hierarchy = "last_reported"
    ordering = [Case(When(status="open", then=0), default=1), "-count", "-last_reported"]
    fields = ["subject", "comment", "language", "count", "created", "last_reported", "status"]
    readonly_fields = ["subject", "comment", "language", "count", "created", "last_reported"]
    actions = ["mark_done", "mark_rejected"]
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        may_write = request.user.has_perm(ADD_ARTICLE)
        columns = list(super().get_list_display(request))
        return columns if may_write else columns[:-1]

    @admin.display(description=_("article"))
    def create(self, gap: GapReport) -> SafeString:
        """Return a link to a new article that begins with what is missing."""
        query = urlencode({"language": gap.language, "gap": gap.pk})
        address = reverse("admin:troubleshooting_article_add")
        return format_html('<a href="{}?{}">{}</a>', address, query, _("Create an article"))

    @admin.action(description=_("Mark as done"), permissions=["change"])
    def mark_done(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        queryset.update(status=GapReport.Status.DONE)

    @admin.action(description=_("Mark as rejected"), permissions=["change"])
    def mark_rejected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        queryset.update(status=GapReport.Status.REJECTED)
