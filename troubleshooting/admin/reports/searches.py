"""The search log: what people looked for, and whether they found it. It holds nothing personal."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ...models import SearchLog
from ..generics import Lookups
from ..parts import ReadOnlyAdmin
from ..wording import filter_by

#: What was looked for, by the name that the search has for it.
_KINDS = {"code": _("A code"), "message": _("Words"), "log": _("A log")}


class OutcomeFilter(admin.SimpleListFilter):
    """What came of the search."""

    title = _("outcome")
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Lookups:
        return [
            ("nothing", _("Nothing found")),
            ("unopened", _("Results, nothing opened")),
            ("opened", _("An article opened")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        conditions: dict[str, dict[str, object]] = {
            "nothing": {"hits": 0},
            "unopened": {"hits__gt": 0, "chosen": None},
            "opened": {"chosen__isnull": False},
        }
        return queryset.filter(**conditions.get(self.value() or "", {}))


@admin.register(SearchLog)
class SearchLogAdmin(ReadOnlyAdmin):
    nothing_yet = _("Nobody has searched yet.")
    list_display = [
        "created",
        "what",
        "words",
        "unknown",
        "code_list",
        "language",
        "hits",
        "chosen",
    ]
    list_filter = [OutcomeFilter, ("kind", filter_by(_KINDS)), "language", "created"]
    list_select_related = ["chosen"]
    search_fields = ["words", "codes", "chosen__slug"]
    search_help_text = _("Words, code, or address of the article")
    list_per_page = 100
    show_full_result_count = False

    fields = ["created", "what", "words", "unknown", "code_list", "language", "hits", "chosen"]

    @admin.display(description=_("kind"), ordering="kind")
    def what(self, entry: SearchLog) -> str:
        return str(_KINDS.get(entry.kind, entry.kind))

    @admin.display(description=_("recognised codes"))
    def code_list(self, entry: SearchLog) -> str:
        return ", ".join(entry.codes)
