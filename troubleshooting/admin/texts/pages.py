"""What the pages about one text of an article share: who may see them, what is at their head."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ...access import reader_of
from ...models import Article, ArticleTranslation
from ...rights import may_edit, why_not
from ...texts.sections import TEXTS
from ..articles.languages import Tab, language_to_translate, state_of, texts_by_language
from ..parts import verbose_name

#: What editors call the texts, by field name.
LABELS = {name: verbose_name(ArticleTranslation, name) for name in TEXTS}


@dataclass(frozen=True)
class TextPage:
    """An article in one language, as ``request`` may see it; ``text`` is None where it has none."""

    model_admin: ModelAdmin[Any]
    request: HttpRequest
    article: Article
    language: str
    texts: dict[str, ArticleTranslation]

    @property
    def text(self) -> ArticleTranslation | None:
        return self.texts.get(self.language)

    @property
    def may_edit(self) -> bool:
        return may_edit(self.request.user, self.article)

    def context(self, feature: str) -> dict[str, Any]:
        """Return what the head of the page shows; ``feature`` is the name of the page's address."""
        first = self.text or next(iter(self.texts.values()), None)
        return {
            **self.model_admin.admin_site.each_context(self.request),
            "opts": self.model_admin.opts,
            "article": self.article,
            "name": first.title if first else self.article.slug,
            "name_language": first.language if first else self.language,
            "language": self.language,
            "text": self.text,
            "may_edit": self.may_edit,
            "why_not": "" if self.may_edit else why_not(self.request.user, self.article),
            "feature": feature,
            "tabs": [self._tab(feature, code, name) for code, name in settings.LANGUAGES],
            "translating": language_to_translate(self.texts, self.language),
            "is_nav_sidebar_enabled": False,
        }

    def _tab(self, feature: str, code: str, name: str) -> Tab:
        address = reverse(f"admin:{feature}", args=[self.article.pk, code])
        is_begun = code not in self.texts and code in self.begun_languages
        state = "begun" if is_begun else state_of(self.texts.get(code))
        return Tab(code, name, address, state, code == self.language)

    @cached_property
    def begun_languages(self) -> set[str]:
        """Return the languages in which a translation is begun that readers do not see yet."""
        return set(self.article.unfinished.values_list("language", flat=True))


def text_page(
    model_admin: ModelAdmin[Any], request: HttpRequest, pk: int, language: str
) -> TextPage:
    """Return the text that an address names. Raises ``Http404`` and ``PermissionDenied``."""
    article = get_object_or_404(Article.objects.visible_to(reader_of(request)), pk=pk)
    if not model_admin.has_view_or_change_permission(request, article):
        raise PermissionDenied
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return TextPage(model_admin, request, article, language, texts_by_language(article))
