"""Who else has the form of a text open: the form reports every now and then, and is told."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from ...editing import end_presence, note_presence, others_present
from ...models import Article, EditingPresence
from ...rights import may_edit, may_propose
from ..generics import editor_of
from .forms import person


def present(article: Article, language: str, user: User) -> list[tuple[str, EditingPresence]]:
    """Return the others who have the form open, by name."""
    return [(person(form.user), form) for form in others_present(article, language, user)]


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the address that an open form reports to."""

    @require_POST
    def report(request: HttpRequest, pk: int, language: str) -> HttpResponse:
        article = get_object_or_404(Article, pk=pk)
        if language not in dict(settings.LANGUAGES):
            raise Http404
        if not (may_edit(request.user, article) or may_propose(request.user, article)):
            raise PermissionDenied
        if request.POST.get("leaves"):
            end_presence(article, language, editor_of(request))
            return HttpResponse(status=204)
        note_presence(article, language, editor_of(request))
        context = {"present": present(article, language, editor_of(request))}
        return render(request, "admin/troubleshooting/article_present.html", context)

    view = model_admin.admin_site.admin_view(report)
    return [
        path("<int:pk>/presence/<str:language>/", view, name="troubleshooting_article_presence")
    ]
