"""What readers say of articles: outcomes to look at, reports of errors to work through."""

from __future__ import annotations

from typing import Any, Protocol

from django.contrib import admin
from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ...models import Article, ArticleTranslation, ErrorReport, Outcome
from ...models.outcomes import FromReader
from ...templatetags.figures import step_name
from ..generics import ModelAdmin
from ..parts import LabelledColumns, ReadOnlyAdmin


class ReadPlace(Protocol):
    """A row as the lists read it, with the title of the article."""

    article: Article
    language: str
    anchor: str
    title: str


class _FromReader(ModelAdmin[Any]):
    """Columns of both kinds."""

    list_select_related = ["article"]
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Annotate each row with the title that the reader saw, else one in another language."""
        texts = ArticleTranslation.objects.filter(article=OuterRef("article"))
        read = texts.filter(language=OuterRef("language")).values("title")
        other = texts.order_by("language").values("title")
        title = Coalesce(
            Subquery(read[:1]), Subquery(other[:1]), "article__slug", output_field=CharField()
        )
        rows: QuerySet[Any] = super().get_queryset(request).annotate(title=title)
        return rows

    @admin.display(description=_("place"), ordering="article")
    def place(self, row: ReadPlace) -> str:
        """Return the step or article as a link to what the reader read."""
        with override(row.language):
            address = row.article.get_absolute_url()
        anchor = f"#{row.anchor}" if row.anchor else ""
        words = f"{row.title} · {step_name(row.anchor)}" if row.anchor else row.title
        return format_html('<a href="{}{}">{}</a>', address, anchor, words)

    @admin.display(description=_("comment"))
    def short_comment(self, row: FromReader) -> str:
        return Truncator(row.comment).chars(80)


@admin.register(Outcome)
class OutcomeAdmin(_FromReader, ReadOnlyAdmin):
    nothing_yet = _("No reader has said yet whether an article helped.")
    list_display = ["created", "verdict", "place", "reason", "short_comment", "language"]
    list_filter = ["verdict", "reason", "language", "created", "article__platforms"]
    search_fields = ["article__slug", "article__translations__title", "comment"]
    fields = ["place", "verdict", "reason", "comment", "language", "revision_number", "created"]
    readonly_fields = ["place"]


@admin.register(ErrorReport)
class ErrorReportAdmin(_FromReader, LabelledColumns):
    nothing_yet = _("No reader has reported an error.")
    list_display = ["created", "place", "short_comment", "language", "revision_number", "status"]
    list_editable = ["status"]
    list_filter = ["status", "language", "created", "article__platforms"]
    search_fields = ["article__slug", "article__translations__title", "comment"]
    ordering = [Case(When(status="open", then=0), default=1), "-created"]
    fields = ["place", "comment", "language", "revision_number", "created", "status"]
    readonly_fields = ["place", "comment", "language", "revision_number", "created"]
    actions = ["mark_done", "mark_rejected"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=_("Mark as done"), permissions=["change"])
    def mark_done(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        queryset.update(status=ErrorReport.Status.DONE)

    @admin.action(description=_("Mark as rejected"), permissions=["change"])
    def mark_rejected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        queryset.update(status=ErrorReport.Status.REJECTED)
