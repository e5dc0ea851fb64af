"""What a text may link to: the portal's own articles, and the places in one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from ...access import reader_of
from ...models import Article, ArticleTranslation
from ...texts.anchors import place_at
from ...texts.sections import SECTIONS
from ..parts import verbose_name
from ..site.everything import article_keys

NAME = "troubleshooting_article_links"
#: Articles that are offered; words of a step that are shown.
_MOST, _WORDS = 8, 12
_LONGEST_QUERY = 200
Row = dict[str, str | int]


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the address that finds articles (``q``), or the places in one (``article``)."""

    @require_GET
    def found(request: HttpRequest) -> JsonResponse:
        if not model_admin.has_view_or_change_permission(request):
            raise PermissionDenied
        language = request.GET.get("language", "")
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        key = request.GET.get("article", "")
        rows = _places(request, key, language) if key else _articles(request, language)
        return JsonResponse({"found": list(rows)})

    return [path("links/", model_admin.admin_site.admin_view(found), name=NAME)]


def _articles(request: HttpRequest, language: str) -> Iterator[Row]:
    query = " ".join(request.GET.get("q", "")[:_LONGEST_QUERY].replace("\0", " ").split())
    if not query:
        return
    keys = article_keys(request, query, _MOST, language)
    texts: dict[int, ArticleTranslation] = {}
    rows = ArticleTranslation.objects.filter(article__in=keys).best_first(language)
    for text in rows.select_related("article").only("title", "language", "article__status"):
        texts.setdefault(text.article_id, text)
    for text in (texts[key] for key in keys if key in texts):
        facts = [] if text.language == language else [text.language.upper()]
        if text.article.status != Article.Status.PUBLISHED:
            facts.append(text.article.get_status_display())
        yield {"key": text.article_id, "name": text.title, "fact": " · ".join(facts)}


def _places(request: HttpRequest, key: str, language: str) -> Iterator[Row]:
    """Yield the article itself, its sections, its ways out and their steps."""
    visible = Article.objects.visible_to(reader_of(request))
    article = get_object_or_404(visible, pk=int(key) if key.isdecimal() else 0)
    with override(language):
        address = article.get_absolute_url()
    yield {"url": address, "name": _("The whole article"), "level": 0}
    text = article.translations.best_first(language).first()
    if text is None:
        return
    for name in SECTIONS:
        if not getattr(text, name):
            continue
        label = capfirst(str(verbose_name(ArticleTranslation, name)))
        yield {"url": f"{address}#{name}", "name": label, "level": 1}
        if name == "resolution":
            yield from _ways_out(text, address)


def _ways_out(text: ArticleTranslation, address: str) -> Iterator[Row]:
    steps = list(text.steps.all())
    for way in text.resolutions.all():
        if way.title:
            yield {"url": f"{address}#{way.anchor}", "name": way.title, "level": 2}
        for step in steps:
            if step.resolution_anchor == way.anchor:
                place = place_at(step.anchor)
                number = place.step_number if place else ""
                words = Truncator(step.text).words(_WORDS)
                yield {
                    "url": f"{address}#{step.anchor}",
                    "name": f"{number}. {words}",
                    "level": 3,
                }
