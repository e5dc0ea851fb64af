"""The page on which an article is split: parts are chosen, looked at, moved."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ...checking.backlinks import linking_articles
from ...editing.whole import (
    SPLIT,
    SplitWish,
    missing_in_split,
    parts_to_split,
    split_article,
    split_texts,
)
from ...models import Article
from ...models.article import LONGEST_TITLE
from ...rights import REVIEW, may
from ...texts.remarks import remark
from ...texts.sections import TEXTS
from ..articles.preview import check_texts
from ..generics import editor_of
from ..texts.addresses import form_url
from ..texts.history import changed_texts
from ..texts.pages import LABELS, TextPage, text_page
from .numbers import numbers_named

NAME = "troubleshooting_article_split"


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the page's address."""

    def split(request: HttpRequest, pk: int, language: str) -> HttpResponse:
        page = text_page(model_admin, request, pk, language)
        if not may(request.user, REVIEW, page.article):
            raise PermissionDenied
        is_act = request.method == "POST" and "preview" not in request.POST
        return _split(page) if is_act else _show(page)

    view = model_admin.admin_site.admin_view(split)
    return [path("<int:pk>/split/<str:language>/", view, name=NAME)]


def _wish(article: Article, query: QueryDict) -> SplitWish:
    """Return the split that the query asks for; a missing revision number is the current one.

    So it is with all of them where the result is to be shown: it is that of the present texts.
    """
    titles, seen = {}, {}
    for text in article.translations.order_by("source_language", "language"):
        titles[text.language] = query.get(f"title_{text.language}", "")[:LONGEST_TITLE]
        current = str(text.revision_number)
        is_shown_anew = "preview" in query
        number = current if is_shown_anew else query.get(f"revision_{text.language}", current)
        seen[text.language] = int(number[:9]) if number.isdecimal() else 0
    is_sent = bool(query.keys() & {"look", "preview", "token"})
    leaves_pointer = not is_sent or "pointer" in query  # a box that nobody has seen yet is ticked
    parts = frozenset(query.getlist("part"))
    return SplitWish(parts, titles, seen, leaves_pointer, "accept_missing" in query)


def _asked(wish: SplitWish) -> str:
    """Return what is asked for in one line, to be compared with what was shown."""
    return json.dumps([sorted(wish.parts), wish.titles, wish.leaves_pointer])


def _show(page: TextPage, error: str = "", *, is_changed: bool = False) -> HttpResponse:
    request, article = page.request, page.article
    asked = request.POST if request.method == "POST" else request.GET
    wish = _wish(article, asked)
    parted = []
    if (is_changed or asked.keys() & {"look", "preview"}) and not error:
        try:
            parted = split_texts(article, wish)
        except ValidationError as refused:
            error = " ".join(refused.messages)
    context = {
        **page.context(NAME),
        "title": _("Split"),
        "parts": [(row, LABELS[row.section], row.key in wish.parts)
                  for row in parts_to_split(article)],
        "wish": wish,
        "titles": [(language, title) for language, title in wish.titles.items()],
        "revisions": list(wish.revisions.items()),
        "error": error,
        "is_changed": is_changed,
        "shown": _asked(wish),
        "checked": check_texts(
            request,
            {one.language: {**dict.fromkeys(TEXTS, ""), **one.leaving} for one in parted},
            article,
            kind=article.kind,
            platforms=article.platforms.values_list("pk", flat=True),
        ) if parted else [],
        "parted": [
            (one.language, changed_texts(one.before, one.staying),
             changed_texts(dict.fromkeys(one.leaving, ""), one.leaving))
            for one in parted
        ],
        "named": numbers_named(
            (one.language, is_new, said)
            for one in parted
            for is_new, said in ((False, one.staying), (True, one.leaving))
        ),
        "missing": missing_in_split(article, parted),
        "links": linking_articles([article]).get(article.pk, []) if parted else [],
        "token": uuid4().hex,
    }  # fmt: skip
    return TemplateResponse(request, "admin/troubleshooting/bulk/split.html", context)


def _split(page: TextPage) -> HttpResponse:
    request = page.request
    wish, token = _wish(page.article, request.POST), request.POST.get("token", "")[:60]
    if request.POST.get("shown", _asked(wish)) != _asked(wish):
        return _show(page, is_changed=True)
    try:
        new = split_article(page.article, wish, user=editor_of(request), token=token)
    except ValidationError as error:
        return _show(page, " ".join(error.messages))
    title = next(title for title in wish.titles.values() if title.strip())
    page.model_admin.log_change(request, page.article, remark(SPLIT, title=title))
    if new.status != page.article.status:
        messages.warning(request, _("The new article is a draft: readers do not see it yet."))
    text = _(
        "This is the new article. Read both texts once more. To undo this, restore the previous"
        " revision in each language of the first article, and archive this one."
    )
    first = format_html(
        '<a href="{}">{}</a>', form_url(page.article, page.language), _("The first article")
    )
    messages.success(request, format_html("{} {}", text, first))
    return HttpResponseRedirect(form_url(new, page.language))
