"""What links to an article: what would lead nowhere without it."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from ...checking.backlinks import linking_articles
from ...models import VocabularyEntry
from .pages import text_page

NAME = "troubleshooting_article_backlinks"


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the page of what links to an article."""

    def backlinks(request: HttpRequest, pk: int, language: str) -> HttpResponse:
        page = text_page(model_admin, request, pk, language)
        context = {
            **page.context(NAME),
            "title": _("What links here"),
            "texts": linking_articles([page.article]).get(page.article.pk, []),
            "former": page.article.former_addresses.order_by("slug"),
            "pins": VocabularyEntry.objects.filter(article=page.article),
        }
        return TemplateResponse(request, "admin/troubleshooting/texts/backlinks.html", context)

    view = model_admin.admin_site.admin_view(backlinks)
    return [path("<int:pk>/links-here/<str:language>/", view, name=NAME)]
