"""What became of an article that is no longer there, for whoever still has a page of it open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ...access import DELETE_ARTICLE
from ...auditing import Act
from ...editing.whole import heir_of
from ...models import Article, AuditEntry, TrashedArticle
from ..articles.forms import person
from ..translating.posted import sent_texts
from .pages import LABELS

#: The permission to look into the trash.


@dataclass(frozen=True, slots=True)
class Departure:
    """Who took an article away and when, and what it was called.

    ``trashed`` is its row in the trash, None where it was deleted for good; ``heir`` is the article
    that it was merged into, if it was.
    """

    title: str
    who: str
    time: datetime
    trashed: TrashedArticle | None = None
    heir: Article | None = None


def departure_of(key: str) -> Departure | None:
    """Return what became of the article with that ``key``; None: there never was such a one."""
    if not (key.isascii() and key.isdecimal()):
        return None
    # The article is the first of the rows that ``put_into_trash`` writes.
    start = f'[{{"model": "{Article._meta.label_lower}", "pk": {int(key[:18])},'
    trashed = TrashedArticle.objects.filter(rows__startswith=start).first()
    if trashed:
        titles: dict[str, str] = trashed.titles
        return Departure(
            titles.get(get_language() or "") or str(trashed),
            person(trashed.deleted_by) if trashed.deleted_by else "",
            trashed.deleted,
            trashed,
            heir_of(trashed),
        )
    noted = AuditEntry.objects.filter(act=Act.DELETED, kind=Article._meta.model_name, key=key)
    entry = noted.first()
    return Departure(entry.name, entry.who, entry.time) if entry else None


def said_of_departure(request: HttpRequest, key: str) -> str | None:
    """Return what became of the article as a piece of a page; None: there never was one."""
    departure = departure_of(key)
    if departure is None:
        return None
    return render_to_string(
        "admin/troubleshooting/texts/departed.html", _context(request, departure)
    )


def telling_of_departure(model_admin: ModelAdmin[Any], pattern: URLPattern) -> URLPattern:
    """Return the address ``pattern`` of a page below one article, which says what became of it.

    What the page answers itself stays: only where it finds no article is its answer replaced.
    """
    view: Callable[..., HttpResponse] = pattern.callback

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except Http404:
            key = named.get("pk")
            if key is None or Article.objects.filter(pk=key).exists():
                raise
            is_editor = model_admin.has_view_or_change_permission(request)
            gone = gone_page(model_admin, request, str(key)) if is_editor else None
            if gone is None:
                raise
            return gone

    pattern.callback = answer
    return pattern


def gone_page(model_admin: ModelAdmin[Any], request: HttpRequest, key: str) -> HttpResponse | None:
    """Return the page for who comes to, or saves, an article that is gone; it shows what was typed.

    None: there never was such an article.
    """
    departure = departure_of(key)
    if departure is None:
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        **_context(request, departure),
        "opts": model_admin.opts,
        "title": departure.title,
        "typed": _typed(request),
        "language": request.POST.get("language", ""),
    }
    return TemplateResponse(request, "admin/troubleshooting/texts/gone.html", context, status=410)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a form of the article sent, whole texts, rows or a comment, by what it is."""
    texts = sent_texts(request.POST)
    typed = [(str(LABELS[name]), text) for name, text in texts.items() if text.strip()]
    said = request.POST.get("text", "").strip()
    return [*typed, (_("Comment"), said)] if said else typed


def _context(request: HttpRequest, departure: Departure) -> dict[str, Any]:
    return {
        "departure": departure,
        "may_restore": bool(departure.trashed) and request.user.has_perm(DELETE_ARTICLE),
        "trash_days": settings.TRASH_DAYS,
    }
