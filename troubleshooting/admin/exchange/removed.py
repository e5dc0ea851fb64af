"""What documents no longer hold: each waits until somebody decides about its article."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...editing import change_many, change_status
from ...models import Article, ArticleTranslation, SourceEntry
from ...rights import REVIEW, within
from ...templatetags.portal import language_name
from ..bulk.undo import tell_left_out, tell_skipped, undo_offered
from ..generics import editor_of
from ..parts import ReadOnlyAdmin, change_link

NAME = "troubleshooting_sourceentry_changelist"


def waiting() -> QuerySet[SourceEntry]:
    """Return the parts that are gone from their documents, and about which nobody decided."""
    return SourceEntry.objects.filter(removed__isnull=False, decided=None).exclude(
        article__status=Article.Status.ARCHIVED
    )


@admin.register(SourceEntry)
class RemovedEntryAdmin(ReadOnlyAdmin):
    """The queue; articles stay as they are until then."""

    nothing_yet = gettext_lazy("Every article still stands in its document.")
    list_display = ["article_link", "document_link", "kin_link", "language", "status", "removed"]
    list_display_links = None
    fields = ["article_link", "document_link", "language", "status", "removed"]
    list_filter = ["document__language", "document__source", "removed"]
    list_select_related = ["article", "document", "document__source", "kin"]
    search_fields = ["article__slug", "document__title", "document__path"]
    ordering = ["-removed", "pk"]
    actions = ["keep", "archive"]

    def has_view_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return request.user.has_perm("troubleshooting.view_sourcedocument")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_review_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may decide."""
        return request.user.has_perm(REVIEW)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        texts = ArticleTranslation.objects.filter(
            article=OuterRef("kin"), language=OuterRef("document__language")
        )
        rows: QuerySet[Any] = waiting().annotate(kin_title=Subquery(texts.values("title")[:1]))
        return rows.defer("document__raw", "document__outline", "document__preamble_html")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        title = {"title": _("No longer in their documents")}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    @admin.display(description=gettext_lazy("article"))
    def article_link(self, entry: SourceEntry) -> SafeString:
        title = entry.base.get("title") or entry.article.slug
        return change_link("article", entry.article_id, title)

    @admin.display(description=gettext_lazy("document"))
    def document_link(self, entry: SourceEntry) -> SafeString:
        return change_link("sourcedocument", entry.document_id, entry.document.title)

    @admin.display(description=gettext_lazy("its words now stand in"))
    def kin_link(self, entry: Any) -> SafeString | str:
        """Return the article whose part has its words, and the way to merge the two."""
        if entry.kin_id is None:
            return ""
        merging = reverse(
            "admin:troubleshooting_article_merge", args=[entry.kin_id, entry.document.language]
        )
        return format_html(
            '{} · <a href="{}?other={}">{}</a>',
            change_link("article", entry.kin_id, entry.kin_title or str(entry.kin)),
            merging,
            entry.article_id,
            _("Merge the two"),
        )

    @admin.display(description=gettext_lazy("language"))
    def language(self, entry: SourceEntry) -> str:
        return language_name(entry.document.language)

    @admin.display(description=gettext_lazy("status"))
    def status(self, entry: SourceEntry) -> str:
        return entry.article.get_status_display()

    @admin.action(description=gettext_lazy("Keep the articles as our own"), permissions=["review"])
    def keep(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Note that the articles stay."""
        own = queryset.filter(within(editor_of(request), "article__"))
        keys = list(own.values_list("pk", flat=True))
        left = queryset.count() - len(keys)
        count = SourceEntry.objects.filter(pk__in=keys).update(decided=timezone.now())
        text = ngettext("%(count)d article is kept.", "%(count)d articles are kept.", count)
        messages.success(request, text % {"count": count})
        tell_left_out(request, left)

    @admin.action(description=gettext_lazy("Archive the articles"), permissions=["review"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Archive them; the message has the way back."""
        user = editor_of(request)
        articles = Article.objects.filter(pk__in=queryset.values("article"))

        def change(article: Article) -> None:
            comment = _("No longer in its document")
            change_status(article, "archive", user=user, comment=comment)

        outcome = change_many(list(articles), change, action="archive", user=user)
        text = ngettext(
            "%(count)d article was archived.", "%(count)d articles were archived.", outcome.count
        )
        if outcome.count:
            said = text % {"count": outcome.count}
            messages.success(request, undo_offered(request, said, outcome.change))
        tell_skipped(request, outcome.skipped)
