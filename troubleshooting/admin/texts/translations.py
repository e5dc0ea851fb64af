"""The texts of an article have no page of their own: their addresses lead to the article's form."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from ...models import ArticleTranslation
from ..generics import ModelAdmin


@admin.register(ArticleTranslation)
class ArticleTranslationAdmin(ModelAdmin[ArticleTranslation]):
    """Texts are written in the form of their article, in their language."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:troubleshooting_article_changelist"))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseRedirect:
        text = self.get_object(request, unquote(object_id))
        if text is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return _to_form(str(text.article_id), text.language)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponseRedirect:
        return _to_form(request.GET.get("article", ""), request.GET.get("language", ""))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseRedirect:
        return self.change_view(request, object_id)


def _to_form(article: str, language: str) -> HttpResponseRedirect:
    if article.isdecimal():
        address = reverse("admin:troubleshooting_article_change", args=[article])
    else:
        address = reverse("admin:troubleshooting_article_add")
    query = urlencode({"language": language}) if language else ""
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
