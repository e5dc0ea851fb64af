"""Error codes: a vocabulary that the texts fill."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..models import Article, ErrorCode
from .parts import ReadOnlyAdmin, bullets, change_link


@admin.register(ErrorCode)
class ErrorCodeAdmin(ReadOnlyAdmin):
    list_display = ["canonical", "kind", "value", "spelling_list", "article_count"]
    list_filter = ["kind"]
    search_fields = ["canonical", "spellings__text"]
    search_help_text = _("Any spelling of the code")
    fields = ["canonical", "kind", "value", "spelling_list", "articles"]
    readonly_fields = ["spelling_list", "articles"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        number = Count("citations__translation__article", distinct=True)
        return super().get_queryset(request).annotate(used=number).prefetch_related("spellings")

    @admin.display(description=_("spellings"))
    def spelling_list(self, code: ErrorCode) -> str:
        return ", ".join(spelling.text for spelling in code.spellings.all())

    @admin.display(description=_("articles"), ordering="used")
    def article_count(self, code: ErrorCode) -> int:
        return code.used

    @admin.display(description=_("articles"))
    def articles(self, code: ErrorCode) -> str:
        citing = Article.objects.with_code(code.canonical).for_list(get_language())
        return bullets(
            change_link("article", article.pk, article.translations.all()[0].title)
            for article in citing
        )
