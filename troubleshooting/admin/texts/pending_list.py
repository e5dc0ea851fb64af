"""The list of pending revisions, what waits for a review first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Case, Model, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ...access import CHANGE_ARTICLE
from ...models import PendingRevision
from ...templatetags.portal import language_name
from ..articles.forms import person
from ..generics import Lookups, editor_of
from ..parts import ReadOnlyAdmin
from .addresses import pending_url

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def own_pending(user: User) -> Q:
    """Return the condition for what ``user`` wrote in, or is written of an article of theirs."""
    written = PendingRevision.writers.through.objects.filter(user=user)
    return Q(pk__in=written.values("pendingrevision")) | Q(article__owner=user)


class WhoseFilter(admin.SimpleListFilter):
    """One's own, or all."""

    title = _("author")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Lookups:
        return [("me", _("Me"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(own_pending(editor_of(request))) if self.value() else queryset


@admin.register(PendingRevision)
class PendingRevisionAdmin(ReadOnlyAdmin):
    """What editors and imports would change of published texts; for whoever writes articles."""

    nothing_yet = _(
        "No revision is waiting. Begin one from the page of a published article: "
        "readers see it once it is published."
    )
    list_display = ["text", "waits", "of_language", "origin", "who", "modified"]
    list_display_links = None
    list_filter = [WhoseFilter, "state", "origin", "language"]
    list_select_related = ["article"]
    search_fields = ["article__slug", "comment", "writers__username"]
    ordering = [Case(When(state="submitted", then=0), When(state="rejected", then=1), default=2),
                "modified"]  # fmt: skip

    def has_view_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return request.user.has_perm(CHANGE_ARTICLE)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).prefetch_related("writers")
        return rows.order_by(*self.ordering)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Return the page of its article shows it."""
        found: Model | None = self.get_object(request, object_id) if object_id else None
        if isinstance(found, PendingRevision) and self.has_view_permission(request):
            return HttpResponseRedirect(pending_url(found))
        return super().changeform_view(request, object_id, form_url, extra_context)

    @admin.display(description=_("title"))
    def text(self, pending: PendingRevision) -> SafeString:
        return format_html(
            '<a href="{}" lang="{}">{}</a>', pending_url(pending), pending.language, pending
        )

    @admin.display(description=_("state"), ordering="state")
    def waits(self, pending: PendingRevision) -> SafeString:
        return format_html(
            '<span class="text-state is-{}">{}</span>',
            pending.state,
            pending.get_state_display(),
        )

    @admin.display(description=_("language"), ordering="language")
    def of_language(self, pending: PendingRevision) -> str:
        return language_name(pending.language)

    @admin.display(description=_("written by"), ordering="author__username")
    def who(self, pending: PendingRevision) -> str:
        return ", ".join(map(person, pending.written_by())) or "–"
