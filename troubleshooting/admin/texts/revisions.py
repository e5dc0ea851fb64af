"""The history of the texts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Min, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...access import reader_of
from ...models import Revision
from ...querysets import visibility
from ...templatetags.portal import language_name
from ...texts.sections import MARKDOWN_TEXTS
from ..parts import ReadOnlyAdmin

_LIST = "troubleshooting_revision_changelist"
#: The list shows no text.
_COLUMNS = ("title", "number", "origin", "comment", "created", "translation", "author")


class _Dated(QuerySet[Any]):
    """Revisions whose years, months and days are met one after the other by the index."""

    def datetimes(self, field_name: str, kind: str, *args: Any, **kwargs: Any) -> Any:
        """Return the beginnings of the periods, earliest first, that hold any of the rows.

        Django's own cuts the moment of every row.
        """
        found, rows = list[datetime](), self.order_by()
        while first := rows.aggregate(first=Min(field_name))["first"]:
            begin = _begin(first, kind)
            found.append(begin)
            # More than a period later, and less than two.
            following = _begin(begin + timedelta(days=_LONGER[kind]), kind)
            rows = self.order_by().filter(**{f"{field_name}__gte": following})
        return found


#: Days after whose beginning the next period is reached.
_LONGER = {"year": 370, "month": 35, "day": 1.25}


def _begin(moment: datetime, kind: str) -> datetime:
    """Return when the year, month or day of a moment began, where the portal is."""
    local = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    first = {"year": {"month": 1, "day": 1}, "month": {"day": 1}}.get(kind, {})
    naive = local.replace(tzinfo=None, **first)
    return timezone.make_aware(naive)


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    nothing_yet = _("No text was saved yet.")
    list_display = ["title", "language", "number", "origin", "author", "comment", "created"]
    fields = [
        "title", "language", "number", *MARKDOWN_TEXTS, "author", "comment", "size", "origin",
        "created",
    ]  # fmt: skip
    list_filter = ["origin", "translation__language", "created"]
    show_full_result_count = False
    list_select_related = ["translation", "author"]
    search_fields = ["title", "comment", "translation__article__slug"]
    date_hierarchy = "created"
    ordering = ["-created"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        seen = visibility(reader_of(request), "translation__article__")
        rows = _Dated(Revision).filter(seen).order_by(*self.ordering)
        if request.resolver_match and request.resolver_match.url_name == _LIST:
            columns = (*_COLUMNS, "translation__language", "author__username")
            rows = rows.only(*columns)
        return rows

    @admin.display(ordering="translation__language", description=_("language"))
    def language(self, revision: Revision) -> str:
        return language_name(revision.translation.language)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "translation__id__exact" or super().lookup_allowed(lookup, value, request)
