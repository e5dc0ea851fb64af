"""What is typed into a form is kept on the server every few moments, and offered again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from ...editing import drafts_of, end_draft, keep_draft
from ...models import Article
from ...rights import may_edit, may_propose
from ..generics import editor_of

NAME = "troubleshooting_article_drafts"
#: The form of an article, and the page on which a text is translated.
PAGES = ("form", "translate", "pending")
#: What says which form it is, not what was typed.
_PLACE = frozenset(["csrfmiddlewaretoken", "draft_article", "draft_language", "draft_page"])


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the address that keeps what an open form holds, and tells what was kept."""
    view = model_admin.admin_site.admin_view(require_http_methods(["GET", "POST"])(_drafts))
    return [path("drafts/", view, name=NAME)]


def _drafts(request: HttpRequest) -> HttpResponse:
    """Keep the posted form, end the one named ``discard``, or list what was kept of a form."""
    if request.method == "POST":
        if token := request.POST.get("discard"):
            end_draft(editor_of(request), token)
            return HttpResponse(status=204)
        return _keep(request)
    article, language, page = _place(request)
    kept = drafts_of(editor_of(request), page=page, article=article, language=language)
    rows = [
        {"token": draft.token, "time": draft.modified.timestamp() * 1000, "fields": draft.fields}
        for draft in kept[:1]
    ]
    return JsonResponse({"drafts": rows})


def _keep(request: HttpRequest) -> HttpResponse:
    article, language, page = _place(request)
    token = request.POST.get("draft", "")[:60]
    if not token:
        raise Http404
    fields = {name: values for name, values in request.POST.lists() if name not in _PLACE}
    try:
        keep_draft(
            user=editor_of(request),
            token=token,
            page=page,
            article=article,
            language=language,
            fields={name: [str(value) for value in values] for name, values in fields.items()},
        )
    except ValueError:
        return HttpResponse(status=413)
    return HttpResponse(status=204)


def _place(request: HttpRequest) -> tuple[Article | None, str, str]:
    """Return the article (None: a new one), the language and the page of the form.

    Raise ``PermissionDenied`` where its user may not write there.
    """
    asked = request.POST if request.method == "POST" else request.GET
    key, language, page = (
        asked.get(f"draft_{name}", "") for name in ("article", "language", "page")
    )
    if page not in PAGES or language not in dict(settings.LANGUAGES):
        raise Http404
    if key and not key.isdecimal():
        raise Http404
    article = get_object_or_404(Article, pk=int(key)) if key else None
    if article is None and not request.user.has_perm("troubleshooting.add_article"):
        raise PermissionDenied
    is_proposed = article is not None and may_propose(request.user, article)
    if not (may_edit(request.user, article) or is_proposed):
        raise PermissionDenied
    return article, language, page
