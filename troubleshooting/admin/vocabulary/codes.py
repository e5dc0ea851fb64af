"""Error codes: a vocabulary that the texts fill."""

from __future__ import annotations

from typing import Any, Protocol

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ...filters.values import FAMILY_LABELS
from ...models import Article, CodeCitation, ErrorCode
from ..generics import Lookups
from ..parts import ReadOnlyAdmin, bullets, change_link

_CITING = "citations__translation__article"


class CountedCode(Protocol):
    """A code as the list reads it."""

    of_published: int
    of_all: int


class FamilyFilter(admin.SimpleListFilter):
    """What sort of code it is."""

    title = _("family")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Lookups:
        return list(FAMILY_LABELS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class CitedFilter(admin.SimpleListFilter):
    """Whether an article that readers may find still cites the code."""

    title = _("articles")
    parameter_name = "cited"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Lookups:
        return [
            ("published", _("Cited by a published article")),
            ("hidden", _("Cited by others only")),
            ("none", _("No longer cited")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        citations = CodeCitation.objects.filter(code=OuterRef("pk"))
        published = citations.filter(translation__article__status=Article.Status.PUBLISHED)
        match self.value():
            case "published":
                return queryset.filter(Exists(published))
            case "hidden":
                return queryset.filter(Exists(citations), ~Exists(published))
            case "none":
                return queryset.filter(~Exists(citations))
        return queryset


@admin.register(ErrorCode)
class ErrorCodeAdmin(ReadOnlyAdmin):
    nothing_yet = _("No article mentions a code yet.")
    list_display = ["canonical", "family", "spelling_list", "published", "article_count"]
    list_filter = [CitedFilter, FamilyFilter]
    search_fields = ["canonical", "spellings__text"]
    search_help_text = _("Any spelling of the code")
    list_per_page = 100
    show_full_result_count = False
    fields = ["canonical", "family", "value", "spelling_list", "articles"]
    readonly_fields = ["family", "spelling_list", "articles"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        is_published = Q(**{f"{_CITING}__status": Article.Status.PUBLISHED})
        counts = {
            "of_all": Count(_CITING, distinct=True),
            "of_published": Count(_CITING, filter=is_published, distinct=True),
        }
        rows: QuerySet[Any] = super().get_queryset(request).annotate(**counts)
        return rows.prefetch_related("spellings")

    @admin.display(description=_("family"), ordering="kind")
    def family(self, code: ErrorCode) -> str:
        return str(FAMILY_LABELS.get(code.kind, code.kind))

    @admin.display(description=_("spellings"))
    def spelling_list(self, code: ErrorCode) -> str:
        return ", ".join(spelling.text for spelling in code.spellings.all())

    @admin.display(description=_("published articles"), ordering="of_published")
    def published(self, code: CountedCode) -> int:
        return code.of_published

    @admin.display(description=_("all articles"), ordering="of_all")
    def article_count(self, code: CountedCode) -> int:
        return code.of_all

    @admin.display(description=_("articles"))
    def articles(self, code: ErrorCode) -> str:
        """Return the articles that cite the code, each with its status."""
        citing = Article.objects.with_code(code.canonical).in_language(get_language())
        return bullets(
            change_link(
                "article",
                article.pk,
                f"{article.translations.all()[0].title} ({article.get_status_display()})",
            )
            for article in citing
        )
