"""The audit: who did what and when, before and after; as a table for spreadsheets too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import (
    HttpRequest,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ...access import DELETE_ARTICLE
from ...auditing import Act
from ...figures.rendering.spreadsheets import Cell
from ...models import AuditEntry
from ...texts.remarks import in_words, remark
from ..parts import ReadOnlyAdmin
from ..tables import table_file
from ..wording import filter_in_words
from .in_words import changes_in_words, changes_shown, kind_in_words, values_in_words
from .searching import Holds, SearchInWords

NAME = "troubleshooting_auditentry_csv"
#: Who deletes for good may see who did what.
_GONE = (AuditEntry.Act.DELETED,)
#: What else people call an act: what was done, where the line names the doing ("Suppression").
_ALSO_CALLED = {
    Act.SIGN_IN: _("signed in"),
    Act.SIGN_OUT: _("signed out"),
    Act.REFUSED: _("sign-in refused"),
    Act.ADDED: _("added, created"),
    Act.CHANGED: _("changed, modified"),
    Act.STATUS: _("status changed"),
    Act.DELETED: _("deleted, removed"),
    Act.RESTORED: _("restored, brought back"),
    Act.MANY: _("changed many articles"),
    Act.EXPORTED: _("exported"),
    Act.SENT: _("sent to be translated"),
}
#: An article that is deleted goes there, and comes back from there.
_TRASH = gettext_noop("trash")


#: What its file has, in this order.
_COLUMNS = (
    *(_("time"), _("who"), _("act"), _("kind"), _("key"), _("what")),
    *(pgettext_lazy("change", "before"), pgettext_lazy("change", "after"), _("details")),
)
#: What was acted on, by the words of people, where lines keep the name of a model.
KindFilter = filter_in_words(kind_in_words)


@admin.register(AuditEntry)
class AuditAdmin(SearchInWords, ReadOnlyAdmin):
    """One line for each act, the newest first."""

    nothing_yet = _("Nothing was done yet.")
    called = _("who did what")
    list_display = ["moment", "person", "act", "listed", "told"]
    list_display_links = None
    list_filter = ["act", ("kind", KindFilter), "user"]
    list_per_page = 50
    fields = ["time", "person", "user", "act", "what_kind", "what", "changes", "details"]
    search_fields = ["before", "after"]
    remarks = ["who", "name", "detail"]
    date_hierarchy = "time"
    change_list_template = "admin/troubleshooting/people/audit.html"

    def has_view_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return request.user.has_perm(DELETE_ARTICLE)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.csv)
        return [path("csv/", view, name=NAME), *super().get_urls()]

    def named(self, holds: Holds) -> Q:
        kinds = list(AuditEntry.objects.order_by().values_list("kind", flat=True).distinct())
        acts = [(act, f"{words} {_ALSO_CALLED[Act(act)]}") for act, words in Act.choices]
        found = Q(act__in=[act for act, words in acts if holds(words)])
        if holds(gettext(_TRASH)):
            found |= Q(act__in=(Act.DELETED, Act.RESTORED), kind="article")
        found |= Q(kind__in=[kind for kind in kinds if holds(kind_in_words(kind))])
        for kind in kinds:
            for pair in values_in_words(kind, holds):
                found |= Q(kind=kind) & (Q(before__icontains=pair) | Q(after__icontains=pair))
        return found

    @admin.display(description=_("time"), ordering="time")
    def moment(self, entry: AuditEntry) -> str:
        return date_format(localtime(entry.time), "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("who"), ordering="who")
    def person(self, entry: AuditEntry) -> str:
        return in_words(entry.who) or str(_("somebody"))

    @admin.display(description=_("kind"), ordering="kind")
    def what_kind(self, entry: AuditEntry) -> str:
        return kind_in_words(entry.kind) or "–"

    @admin.display(description=_("what"), ordering="name")
    def what(self, entry: AuditEntry) -> SafeString | str:
        address = _address(entry)
        if not address:
            return in_words(entry.name) or "–"
        return format_html('<a href="{}">{}</a>', address, in_words(entry.name) or entry.key)

    @admin.display(description=_("what"), ordering="name")
    def listed(self, entry: AuditEntry) -> SafeString | str:
        """Return what it was, beneath it of which kind: lists have no room for both in columns."""
        kind = kind_in_words(entry.kind)
        if not kind:
            return self.what(entry)
        return format_html('{} <span class="row-facts">{}</span>', self.what(entry), kind)

    @admin.display(description=_("before and after, details"), ordering="detail")
    def told(self, entry: AuditEntry) -> SafeString | str:
        """Return all that a line says besides; a dash where that is nothing."""
        said = [changes_shown(entry), in_words(entry.detail)]
        return format_html_join("", "<div>{}</div>", ((one,) for one in said if one)) or "–"

    @admin.display(description=_("details"), ordering="detail")
    def details(self, entry: AuditEntry) -> str:
        return in_words(entry.detail) or "–"

    @admin.display(description=_("before and after"))
    def changes(self, entry: AuditEntry) -> SafeString | str:
        return changes_shown(entry) or "–"

    def csv(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the lines that the filters of the address leave, oldest and all pages too.

        An address that filters by what lines do not have leads to the list, which says so.

        Raise ``PermissionDenied``: this editor may not read them.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            found = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            listed = reverse(f"{self.admin_site.name}:troubleshooting_auditentry_changelist")
            return HttpResponseRedirect(f"{listed}?{ERROR_FLAG}=1")
        called = remark(gettext_noop("who did what"))
        return table_file(request, "audit.csv", _rows(found), called=called)


def _address(entry: AuditEntry) -> str:
    if entry.act in _GONE or not entry.key:
        return ""
    for app in ("troubleshooting", "auth"):
        try:
            return reverse(f"admin:{app}_{entry.kind}_change", args=[entry.key])
        except NoReverseMatch:
            continue
    return ""


def _rows(entries: Any) -> Iterator[list[Cell]]:
    """Yield the lines in the words of who reads them; a key is a number for programs."""
    yield [str(capfirst(column)) for column in _COLUMNS]
    for entry in entries.iterator(chunk_size=500):
        changes = list(changes_in_words(entry))
        yield [
            localtime(entry.time).isoformat(timespec="seconds"),
            in_words(entry.who),
            entry.get_act_display(),
            kind_in_words(entry.kind),
            entry.key,
            in_words(entry.name),
            _line((name, before) for name, before, _after in changes),
            _line((name, after) for name, _before, after in changes),
            in_words(entry.detail),
        ]


def _line(values: Iterable[tuple[str, str]]) -> str:
    said = (_("%(name)s: %(value)s") % {"name": name, "value": value} for name, value in values)
    return "; ".join(said)
