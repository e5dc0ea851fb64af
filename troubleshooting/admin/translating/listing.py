"""The list of translations to do: texts that are missing or behind their source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from ...access import reader_of
from ...figures.lately import counted_lately
from ...models import Article, ArticleTranslation, Platform, Revision
from ...querysets import ArticleQuerySet, stale, with_source_base, with_staleness
from ...texts.comparing.diffing import words_changed
from ...texts.sections import SECTIONS

NAME = "troubleshooting_article_translations"
PER_PAGE = 25
STALE, MISSING = "stale", "missing"


@dataclass(frozen=True, slots=True)
class LanguageCounts:
    """How many texts of a language are missing, behind their source, and as they should be."""

    code: str
    missing: int
    stale: int
    current: int


@dataclass(frozen=True, slots=True)
class TranslationTask:
    """A text to write. ``words`` are new or gone in the source since, or (missing) all of it."""

    article: Article
    title: str
    title_language: str
    source_language: str
    words: int
    majors: int = 0
    minors: int = 0


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the page of what is left to translate."""

    def translations(request: HttpRequest) -> HttpResponse:
        if not model_admin.has_view_or_change_permission(request):
            raise PermissionDenied
        return _show(model_admin, request)

    view = model_admin.admin_site.admin_view(translations)
    return [path("translations/", view, name=NAME)]


def _show(model_admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    articles, platform = _articles(request)
    name = f"language_counts/{reader_of(request)}/{platform}"
    counts = counted_lately(name, lambda: language_counts(articles))
    state, language = _chosen(request, counts)
    tasks, page = (
        _stale(articles, language, request)
        if state == STALE
        else _missing(articles, language, request)
    )
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Missing and outdated texts"),
        "counts": counts,
        "state": state,
        "language": language,
        "platform": platform,
        "platforms": Platform.objects.order_by("position", "name"),
        "tasks": tasks,
        "page": page,
    }
    return TemplateResponse(request, "admin/troubleshooting/translating/translations.html", context)


def _articles(request: HttpRequest) -> tuple[QuerySet[Article], str]:
    """Return the articles to look at, and the platform that they are narrowed to."""
    articles: QuerySet[Article] = _translatable().visible_to(reader_of(request))
    platform = request.GET.get("platform", "")
    if not Platform.objects.filter(slug=platform).exists():
        return articles, ""
    return articles.filter(platforms__slug=platform), platform


def _translatable() -> ArticleQuerySet:
    return Article.objects.exclude(status=Article.Status.ARCHIVED).with_text()


def language_counts(articles: QuerySet[Article] | None = None) -> list[LanguageCounts]:
    """Return what is left to translate of ``articles`` (None: of all), for each language."""
    articles = _translatable() if articles is None else articles
    total = articles.count()
    texts = with_staleness(ArticleTranslation.objects.filter(article__in=articles))
    written = {
        row["language"]: row
        for row in texts.order_by()
        .values("language")
        .annotate(all=Count("pk"), stale=Count("pk", filter=Q(is_stale=True)))
    }
    counts = []
    for code, _name in settings.LANGUAGES:
        row = written.get(code, {"all": 0, "stale": 0})
        counts.append(
            LanguageCounts(code, total - row["all"], row["stale"], row["all"] - row["stale"])
        )
    return counts


def _chosen(request: HttpRequest, counts: list[LanguageCounts]) -> tuple[str, str]:
    """Return the state and the language of the list.

    Without a choice the first that has something.
    """
    state, language = request.GET.get("state"), request.GET.get("language")
    if state in (STALE, MISSING) and language in [count.code for count in counts]:
        return state, language
    for state in (STALE, MISSING):
        for count in counts:
            if getattr(count, state):
                return state, count.code
    return STALE, counts[0].code


def _stale(
    articles: QuerySet[Article], language: str, request: HttpRequest
) -> tuple[list[TranslationTask], Page[Any]]:
    texts = ArticleTranslation.objects.filter(article__in=articles, language=language)
    behind = stale(with_source_base(texts)).select_related("article")
    page = Paginator(behind.order_by("-modified", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    sources = _sources(page)
    tasks = []
    for text in page:
        source, sizes = sources[text.article_id, text.source_language]
        later = [size for number, size in sizes if number > text.source_revision]
        words = sum(
            words_changed(getattr(text, f"base_{name}") or "", getattr(source, name))
            for name in ("title", *SECTIONS)
        )
        majors = later.count(Revision.Size.MAJOR)
        tasks.append(
            TranslationTask(
                text.article,
                text.title,
                language,
                source.language,
                words,
                majors,
                len(later) - majors,
            )
        )
    return tasks, page


def _sources(
    page: Page[Any],
) -> dict[tuple[int, str], tuple[ArticleTranslation, list[tuple[int, str]]]]:
    """Return the texts that those of ``page`` were made from, with their revisions.

    A revision is (number, size of its change).
    """
    articles = [text.article_id for text in page]
    texts = ArticleTranslation.objects.filter(article__in=articles)
    sizes: dict[int, list[tuple[int, str]]] = {}
    revisions = Revision.objects.filter(translation__article__in=articles)
    for key, number, size in revisions.values_list("translation", "number", "size"):
        sizes.setdefault(key, []).append((number, size))
    return {(t.article_id, t.language): (t, sizes.get(t.pk, [])) for t in texts}


def _missing(
    articles: QuerySet[Article], language: str, request: HttpRequest
) -> tuple[list[TranslationTask], Page[Any]]:
    written = ArticleTranslation.objects.filter(language=language).values("article")
    missing = articles.exclude(pk__in=written).order_by("-pk")
    page = Paginator(missing.prefetch_related("translations"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    tasks = []
    for article in page:
        # The original first.
        source = min(article.translations.all(), key=lambda t: (t.source_language != "", t.pk))
        words = sum(len(re.findall(r"\w+", text)) for text in source.texts().values())
        tasks.append(
            TranslationTask(article, source.title, source.language, source.language, words)
        )
    return tasks, page
