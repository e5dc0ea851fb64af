"""The page on which an article takes in another: chosen, looked at, done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ...access import reader_of
from ...checking.backlinks import linking_articles
from ...editing.refusals import refusal
from ...editing.whole import (
    MERGED,
    REDIRECTED,
    check_mergeable,
    merge_articles,
    merged_texts,
    waiting_on,
)
from ...figures.titles import titles_of
from ...models import Article, ArticleTranslation
from ...rights import REVIEW, may, may_decide, may_edit, why_not
from ...texts.bounded import UnrenderableText
from ...texts.remarks import remark
from ..articles.languages import posted_revisions, shown_revisions
from ..generics import editor_of
from ..site.everything import article_keys
from ..texts.addresses import form_url
from ..texts.history import changed_texts
from ..texts.pages import TextPage, text_page
from .numbers import numbers_named

NAME = "troubleshooting_article_merge"
#: Articles that are offered.
_MOST = 10
#: What names of fields about the other article begin with.
_OTHER = "other_"


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the page's address."""

    def merge(request: HttpRequest, pk: int, language: str) -> HttpResponse:
        page = text_page(model_admin, request, pk, language)
        if not may(request.user, REVIEW, page.article):
            raise PermissionDenied
        other = _other(request, page.article)
        if request.method == "POST" and other:
            return _merge(page, other)
        return _show(page, other)

    view = model_admin.admin_site.admin_view(merge)
    return [path("<int:pk>/merge/<str:language>/", view, name=NAME)]


def _other(request: HttpRequest, article: Article) -> Article | None:
    asked = request.POST if request.method == "POST" else request.GET
    key = asked.get("other", "")
    articles = Article.objects.visible_to(reader_of(request)).exclude(pk=article.pk)
    return articles.filter(pk=int(key[:18])).first() if key.isdecimal() else None


def _takes_texts(request: HttpRequest) -> bool:
    """Return whether the texts are to be taken over, and not only the address is to lead here."""
    return not (request.POST if request.method == "POST" else request.GET).get("redirect")


def _title(article: Article) -> str:
    titles = titles_of([article.pk], get_language(), ArticleTranslation.objects.all())
    return titles[article.pk].text if titles else article.slug


def _show(page: TextPage, other: Article | None) -> HttpResponse:
    context = {**page.context(NAME), "title": _("Merge with another article")}
    if other:
        takes_texts = _takes_texts(page.request)
        # Before the texts themselves: what is saved in between is newer than these.
        revisions = shown_revisions(page.texts.values())
        other_revisions = shown_revisions(other.translations.all())
        merged = sorted(
            merged_texts(page.article, other) if takes_texts else [],
            key=lambda one: (one.language != page.language, one.language),
        )
        context |= {
            "takes_texts": takes_texts,
            "other": other,
            "other_title": _title(other),
            "why_not": _why_not(page, other),
            "revisions": revisions,
            "other_revisions": other_revisions,
            "merged": [
                (
                    one.language,
                    changed_texts(one.before or dict.fromkeys(one.after, ""), one.after),
                    one.is_begun,
                )
                for one in merged
            ],
            "named": numbers_named((one.language, False, one.after) for one in merged),
            "links": [
                text
                for text in linking_articles([other]).get(other.pk, [])
                if text.article_id != page.article.pk
            ],
            "waiting": waiting_on(other),
            "refused": _refused(page.article, other, takes_texts),
        }
    else:
        query = page.request.GET.get("q", "")[:200]
        context |= {"query": query, "offered": _offered(page, query)}
    return TemplateResponse(page.request, "admin/troubleshooting/bulk/merge.html", context)


def _why_not(page: TextPage, other: Article) -> str:
    """Return why one of the two may not be changed, and which; "" where both may."""
    user = page.request.user
    is_allowed = may_edit if _takes_texts(page.request) else may_decide
    bound = [one for one in (page.article, other) if not is_allowed(user, one)]
    if not bound:
        return ""
    values = {"title": _title(bound[0]), "why": why_not(user, bound[0])}
    return _("“%(title)s”: %(why)s") % values


def _refused(article: Article, other: Article, takes_texts: bool) -> str:
    """Return why the two cannot be merged as they are, and what to do first; "" where they can."""
    try:
        check_mergeable(article, other, takes_texts=takes_texts)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _offered(page: TextPage, query: str) -> list[tuple[int, str, str]]:
    """Return articles that a query finds: key, title and status."""
    words = " ".join(query.replace("\0", " ").split())
    if not words:
        return []
    keys = article_keys(page.request, words, _MOST + 1, page.language)
    articles = Article.objects.in_bulk(key for key in keys if key != page.article.pk)
    titles = titles_of(articles, page.language, ArticleTranslation.objects.all())
    return [
        (
            key,
            titles[key].text if key in titles else articles[key].slug,
            articles[key].get_status_display(),
        )
        for key in keys
        if key in articles
    ][:_MOST]


def _merge(page: TextPage, other: Article) -> HttpResponse:
    request, title, takes_texts = page.request, _title(other), _takes_texts(page.request)
    address = reverse(f"admin:{NAME}", args=[page.article.pk, page.language])
    again = HttpResponseRedirect(
        f"{address}?other={other.pk}{'' if takes_texts else '&redirect=1'}"
    )
    seen = posted_revisions(request), posted_revisions(request, of=_OTHER)
    try:
        merge_articles(
            page.article, other, user=editor_of(request), seen=seen, takes_texts=takes_texts
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return again
    except UnrenderableText as error:
        messages.error(request, refusal(error))
        return again
    said = MERGED if takes_texts else REDIRECTED
    page.model_admin.log_change(request, page.article, remark(said, title=title))
    text = (
        _(
            "“%(title)s” is part of this article now, and its address leads here. Read the text"
            " once more: what both said may stand in it twice."
        )
        if takes_texts
        else _("The address of “%(title)s” leads here now; this article stayed as it was.")
    )
    messages.success(request, text % {"title": title})
    return HttpResponseRedirect(form_url(page.article, page.language))
