"""The journal: who did what in the administration, deletions too. Nobody changes it."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ...access import DELETE_ARTICLE
from ...texts.remarks import in_words
from ..articles.forms import person
from ..parts import ReadOnlyAdmin
from .searching import Holds, SearchInWords

#: Who deletes for good may see what was deleted.
_ACTS = {ADDITION: _("added"), CHANGE: _("changed"), DELETION: _("deleted")}


@admin.register(LogEntry)
class JournalAdmin(SearchInWords, ReadOnlyAdmin):
    """One line for each act, the newest first."""

    nothing_yet = _("Nothing was done yet.")
    list_display = ["action_time", "who", "act", "kind", "what", "message"]
    list_display_links = None
    list_filter = ["action_flag", "content_type", "user"]
    list_select_related = ["user", "content_type"]
    list_per_page = 50
    search_fields = ["user__username"]
    remarks = ["object_repr", "change_message"]
    date_hierarchy = "action_time"

    def has_view_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return request.user.has_perm(DELETE_ARTICLE)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def named(self, holds: Holds) -> Q:
        return Q(action_flag__in=[act for act, words in _ACTS.items() if holds(words)])

    @admin.display(description=_("who"), ordering="user__username")
    def who(self, entry: LogEntry) -> str:
        return person(entry.user)

    @admin.display(description=_("action"), ordering="action_flag")
    def act(self, entry: LogEntry) -> str:
        return str(_ACTS.get(entry.action_flag, entry.action_flag))

    @admin.display(description=_("kind"), ordering="content_type")
    def kind(self, entry: LogEntry) -> str:
        return capfirst(entry.content_type.name) if entry.content_type else "–"

    @admin.display(description=_("what"), ordering="object_repr")
    def what(self, entry: LogEntry) -> SafeString | str:
        address = None if entry.is_deletion() else entry.get_admin_url()
        if not address:
            return in_words(entry.object_repr)
        return format_html('<a href="{}">{}</a>', address, in_words(entry.object_repr))

    @admin.display(description=_("details"))
    def message(self, entry: LogEntry) -> str:
        return in_words(entry.get_change_message())
