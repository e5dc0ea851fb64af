"""What became of an article that is no longer there, for whoever still has a page of it open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from ...auditing import Act
from ...models import Article, AuditEntry, FormerAddress, TrashedArticle
from ...texts.sections import TEXTS
from ..articles.forms import person
from .pages import LABELS

#: The permission to look into the trash.
_PERMISSION = "troubleshooting.delete_article"


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
        former = FormerAddress.objects.filter(slug=trashed.slug).select_related("article").first()
        titles: dict[str, str] = trashed.titles
        return Departure(
            titles.get(get_language() or "") or str(trashed),
            person(trashed.deleted_by) if trashed.deleted_by else "",
            trashed.deleted,
            trashed,
            former.article if former else None,
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
        "admin/troubleshooting/article_departed.html", _context(request, departure)
    )


def gone_page(model_admin: ModelAdmin[Any], request: HttpRequest, key: str) -> HttpResponse | None:
    """Return the page for who comes to, or saves, an article that is gone; it shows what was typed.

    None: there never was such an article.
    """
    departure = departure_of(key)
    if departure is None:
        return None
    typed = [(LABELS[name], request.POST[name]) for name in TEXTS if request.POST.get(name)]
    context = {
        **model_admin.admin_site.each_context(request),
        **_context(request, departure),
        "opts": model_admin.opts,
        "title": departure.title,
        "typed": typed,
        "language": request.POST.get("language", ""),
    }
    return TemplateResponse(request, "admin/troubleshooting/article_gone.html", context, status=410)


def _context(request: HttpRequest, departure: Departure) -> dict[str, Any]:
    return {
        "departure": departure,
        "may_restore": bool(departure.trashed) and request.user.has_perm(_PERMISSION),
        "trash_days": settings.TRASH_DAYS,
    }
