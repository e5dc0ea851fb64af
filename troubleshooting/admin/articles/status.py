"""The states of an article: the page that asks before a change, and the change."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from ...editing import (
    TRANSITIONS,
    Transition,
    change_status,
    missing_for_publication,
    transitions_for,
)
from ...models import Article, StatusChange
from ...models.workflow import LONGEST_REASON
from ...rights import may
from ..generics import editor_of
from ..texts.history import changed_since
from .forms import person
from .languages import (
    chosen_language,
    linked,
    linked_revisions,
    posted_revisions,
    shown_revisions,
)
from .preview import CheckedLanguage, check_texts

#: Ways that are gone at once; before the others a page shows what they mean, or asks why.
AT_ONCE = ("submit", "withdraw", "reopen")


def status_url(article: Article, transition: str, language: str, seen: Mapping[str, int]) -> str:
    """Return the address of the page that leads ``article`` on.

    ``seen`` are the revisions by language that the page showed from which it is gone to.
    """
    address = reverse("admin:troubleshooting_article_status", args=[article.pk, transition])
    return f"{address}?{urlencode({'language': language, **linked(seen)})}"


class StatusLine(NamedTuple):
    """A line of an article's history: who led it where, in words."""

    person: str
    words: str
    change: StatusChange


def status_history(article: Article, most: int) -> list[StatusLine]:
    """Return the last changes of status, the newest first; a rejection is called that.

    Who takes back what they sent themselves, with some words, rejects nothing.
    """
    rows = list(article.status_changes.select_related("author")[: most + 1])
    lines = []
    for change, before in zip_longest(rows[:most], rows[1:]):
        is_own = before is not None and before.author_id == change.author_id
        is_rejected = change.is_rejection and not is_own
        words = _("Rejected") if is_rejected else change.get_after_display()
        lines.append(StatusLine(person(change.author) if change.author else "", words, change))
    return lines


def follow(
    request: HttpRequest,
    article: Article,
    language: str,
    transition: str,
    seen: Mapping[str, int],
) -> HttpResponseRedirect:
    """Lead ``article`` on where nothing has to be asked, else to the page that asks.

    ``seen``: as ``status_url`` has it.
    Raise ``Http404``: there is no such change of status.
    """
    if transition not in TRANSITIONS:
        raise Http404
    if transition not in AT_ONCE:
        return HttpResponseRedirect(status_url(article, transition, language, seen))
    try:
        _change(request, article, transition)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _to_form(article, language)


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the page of each way from one state to another."""

    def ask(request: HttpRequest, pk: int, transition: str) -> HttpResponse:
        article = get_object_or_404(Article, pk=pk)
        way = TRANSITIONS.get(transition)
        if way is None:
            raise Http404
        if not may(request.user, way.permission, article):
            raise PermissionDenied
        language = chosen_language(request, article)
        error, seen = "", linked_revisions(request) or None
        if request.method == "POST":
            seen = posted_revisions(request)
            try:
                _change(request, article, transition, request.POST.get("comment", ""), seen)
                return _to_form(article, language)
            except ValidationError as refused:
                error = " ".join(refused.messages)
        return _page(model_admin, request, article, way, language, error, seen)

    view = model_admin.admin_site.admin_view(ask)
    pattern = "<int:pk>/status/<str:transition>/"
    return [path(pattern, view, name="troubleshooting_article_status")]


def _change(
    request: HttpRequest,
    article: Article,
    transition: str,
    comment: str = "",
    seen: dict[str, int] | None = None,
) -> None:
    change = change_status(
        article,
        transition,
        user=editor_of(request),
        comment=comment[:LONGEST_REASON],
        accept_missing=True,
        seen=seen,
    )
    said = _("The article is now “%(status)s”.") % {"status": change.get_after_display()}
    if transition == "reject":
        said = _("The article was rejected; its author sees why.")
    messages.success(request, said)


def _to_form(article: Article, language: str) -> HttpResponseRedirect:
    address = reverse("admin:troubleshooting_article_change", args=[article.pk])
    return HttpResponseRedirect(f"{address}?language={language}")


def _page(
    model_admin: ModelAdmin[Any],
    request: HttpRequest,
    article: Article,
    way: Transition,
    language: str,
    error: str,
    seen: dict[str, int] | None,
) -> HttpResponse:
    is_publication = way.target == Article.Status.PUBLISHED
    # Read before what is shown of them: a save in between is refused, never published unseen.
    texts = list(article.translations.best_first(language))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": way.label,
        "article": article,
        "way": way,
        "target": Article.Status(way.target).label,
        "language": language,
        "comment": request.POST.get("comment", ""),
        "error": error,
        "is_possible": way in transitions_for(request.user, article),
        "missing": missing_for_publication(article) if is_publication else [],
        "checked": _checked(request, article) if is_publication else [],
        "texts": texts,
        "revisions": shown_revisions(texts),
        "is_publication": is_publication,
        "changed_since": changed_since(texts, seen) if is_publication and seen is not None else [],
    }
    return TemplateResponse(request, "admin/troubleshooting/articles/status.html", context)


def _checked(request: HttpRequest, article: Article) -> list[CheckedLanguage]:
    texts = {text.language: text.texts() for text in article.translations.all()}
    platforms = article.platforms.values_list("pk", flat=True)
    return check_texts(request, texts, article, kind=article.kind, platforms=platforms)
