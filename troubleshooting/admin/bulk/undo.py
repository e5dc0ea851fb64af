"""The way back from an act on many articles: from its message, and later from the list of acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, gettext_noop, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ...accounts.ownership import form_keys
from ...editing import BulkOutcome, take_back
from ...figures.titles import titles_of
from ...models import Article, ArticleTranslation, AuditEntry, BulkChange
from ...rights import EDIT, REVIEW
from ...texts.remarks import in_words, remark
from ..generics import editor_of
from ..parts import ReadOnlyAdmin, bullets, named_links
from ..people.in_words import changes_shown
from ..wording import filter_by

NAME = "troubleshooting_bulkchange_undo"
#: Articles that the page of an act names.
_NAMES = 200
LABELS = BulkChange.LABELS
#: Titles that a message names.
_NAMED = 3


def undo_offered(request: HttpRequest, text: str, change: BulkChange | None) -> SafeString | str:
    """Return ``text`` with a button that takes ``change`` back."""
    if change is None:
        return text
    return format_html(
        '{} <form class="undo" method="post" action="{}">'
        '{}<button type="submit" class="quiet">{}</button></form>',
        text,
        reverse(f"admin:{NAME}", args=[change.pk]),
        form_keys(request),
        _("Undo"),
    )


@admin.register(BulkChange)
class BulkChangeAdmin(ReadOnlyAdmin):
    """The acts on many articles, each with the way back: for reviewers all, else one's own."""

    nothing_yet = gettext_lazy(
        "Nobody has changed many articles at once yet. Each such act will stand here, "
        "to be taken back."
    )
    list_display = ["created", "act", "what", "user", "number", "undone"]
    list_filter = [("action", filter_by(LABELS))]
    list_select_related = ["user"]
    fields = ["created", "user", "act", "what", "undone", "articles"]
    readonly_fields = ["created", "user", "act", "what", "undone", "articles"]
    change_form_template = "admin/troubleshooting/bulk/bulk_change.html"

    def has_view_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        if request.user.has_perm(REVIEW):
            return True
        is_own = not isinstance(obj, BulkChange) or obj.user_id == request.user.pk
        return is_own and request.user.has_perm(EDIT)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        acts = super().get_queryset(request)
        return acts if request.user.has_perm(REVIEW) else acts.filter(user=request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.undo))
        return [path("<int:pk>/undo/", view, name=NAME), *super().get_urls()]

    @admin.display(description=gettext_lazy("action"), ordering="action")
    def act(self, change: BulkChange) -> str:
        return str(LABELS.get(change.action, change.action))

    @admin.display(description=gettext_lazy("details"))
    def what(self, change: BulkChange) -> SafeString | str:
        before, after = change.changed()
        line = AuditEntry(kind="bulkchange", before=before, after=after)
        return in_words(change.detail) or changes_shown(line) or "–"

    @admin.display(description=gettext_lazy("number of articles"))
    def number(self, change: BulkChange) -> int:
        return len(change.rows)

    @admin.display(description=gettext_lazy("articles"))
    def articles(self, change: BulkChange) -> SafeString | str:
        keys = [row["article"] for row in change.rows[:_NAMES]]
        return bullets(named_links(keys))

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the act back and say of how many articles.

        Raise ``PermissionDenied``: this editor may not.
        """
        change = get_object_or_404(BulkChange, pk=pk)
        user = editor_of(request)
        if not self.has_view_permission(request, change):
            raise PermissionDenied
        try:
            outcome = take_back(change, user=user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            _tell(request, outcome)
            if outcome.count:
                self.log_change(request, change, remark(gettext_noop("Undone.")))
        return HttpResponseRedirect(reverse("admin:troubleshooting_article_changelist"))


def tell_left_out(request: HttpRequest, count: int) -> None:
    """Say how many articles were left out, if any: they are in the field of others."""
    if count:
        text = ngettext(
            "%(count)d article was left out: it is outside your field of responsibility.",
            "%(count)d articles were left out: they are outside your field of responsibility.",
            count,
        )
        messages.warning(request, text % {"count": count})


def tell_skipped(request: HttpRequest, skipped: Mapping[str, Sequence[Article]]) -> None:
    """Say which articles an act left as they were, by their titles, and why."""
    for reason, articles in skipped.items():
        keys = list(dict.fromkeys(article.pk for article in articles))
        shown = keys[:_NAMED]
        titles = titles_of(shown, get_language(), ArticleTranslation.objects.all())
        named = [titles[key].text for key in shown if key in titles]
        text = ngettext(
            "%(count)d article was skipped (%(titles)s): %(reason)s",
            "%(count)d articles were skipped (%(titles)s): %(reason)s",
            len(keys),
        )
        more = " …" if len(keys) > _NAMED else ""
        said = {"count": len(keys), "titles": ", ".join(named) + more, "reason": reason}
        messages.warning(request, text % said)


def _tell(request: HttpRequest, outcome: BulkOutcome) -> None:
    """Say what was undone, what was not and why, and whether somebody else can undo that."""
    if outcome.count:
        text = ngettext(
            "%(count)d article is as it was before.",
            "%(count)d articles are as they were before.",
            outcome.count,
        )
        messages.success(request, text % {"count": outcome.count})
    tell_skipped(request, outcome.skipped)
    if outcome.gone:
        text = ngettext("%(count)d article is gone.", "%(count)d articles are gone.", outcome.gone)
        messages.warning(request, text % {"count": outcome.gone})
    if outcome.change and not outcome.change.undone:
        messages.info(request, _("Whoever may change the rest can still undo it."))
