"""Reports of gaps: what readers looked for and nobody has written yet."""

from django.contrib import admin
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..models import GapReport


@admin.register(GapReport)
class GapReportAdmin(admin.ModelAdmin):
    list_display = ["subject", "count", "language", "status", "created", "last_reported"]
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

    @admin.action(description=_("Mark as done"), permissions=["change"])
    def mark_done(self, request: HttpRequest, queryset: QuerySet) -> None:
        queryset.update(status=GapReport.Status.DONE)

    @admin.action(description=_("Mark as rejected"), permissions=["change"])
    def mark_rejected(self, request: HttpRequest, queryset: QuerySet) -> None:
        queryset.update(status=GapReport.Status.REJECTED)
