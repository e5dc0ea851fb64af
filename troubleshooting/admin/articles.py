"""Articles: what is decided about them. Their texts are edited language by language."""

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..models import Article
from .parts import bullets, change_link


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    list_display = [
        "title",
        "kind",
        "status",
        "platform_names",
        "languages",
        "review_due",
    ]
    list_filter = ["status", "kind", "audience", "platforms", "review_due"]
    search_fields = ["slug", "translations__title", "translations__citations__spelling"]
    search_help_text = _("Address, title or error code")
    readonly_fields = ["texts", "origins", "created"]
    raw_id_fields = ["owner"]
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    list_per_page = 50
    fieldsets = [
        (None, {"fields": ["slug", "kind", "platforms", "texts"]}),
        (_("Publication"), {"fields": ["status", "audience", "owner", "review_due"]}),
        (_("Origin"), {"fields": ["origins", "created"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).for_list(get_language())

    @admin.display(description=_("title"), ordering="slug")
    def title(self, article: Article) -> str:
        translations = article.translations.all()
        return translations[0].title if translations else article.slug

    @admin.display(description=_("platforms"))
    def platform_names(self, article: Article) -> str:
        names = [platform.name for platform in article.platforms.all()]
        return ", ".join(names) or _("All platforms")

    @admin.display(description=_("languages"))
    def languages(self, article: Article) -> str:
        return ", ".join(text.language for text in article.translations.all()) or "–"

    @admin.display(description=_("texts"))
    def texts(self, article: Article) -> str:
        """A link to each language's text, or to where it is written."""
        if article.pk is None:
            return _("Save the article first, then write its texts.")
        texts = {text.language: text for text in article.translations.all()}
        return bullets(
            change_link(
                "articletranslation", texts[code].pk, f"{capfirst(name)} – {texts[code].title}"
            )
            if code in texts
            else self._add_link(article, code, name)
            for code, name in settings.LANGUAGES
        )

    def _add_link(self, article: Article, code: str, name: str) -> str:
        address = reverse("admin:troubleshooting_articletranslation_add")
        query = urlencode({"article": article.pk, "language": code})
        return format_html(
            '<a href="{}?{}">{} – {}</a>', address, query, capfirst(name), _("write this text")
        )

    @admin.display(description=_("documents"))
    def origins(self, article: Article) -> str:
        entries = article.sources.select_related("document") if article.pk else []
        return bullets(
            change_link(
                "sourcedocument", entry.document_id, f"{entry.document.path} #{entry.anchor}"
            )
            for entry in entries
        )
