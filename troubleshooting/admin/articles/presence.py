"""Who else has the form of a text open: the form reports every now and then, and is told."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ...editing import end_presence, note_presence, others_present
from ...models import Article, EditingPresence, Revision, StatusChange
from ...rights import EDIT, may_edit, may_propose
from ..generics import editor_of
from ..texts.gone import said_of_departure
from .forms import person
from .saving import written_by


def present(article: Article, language: str, user: User) -> list[tuple[str, EditingPresence]]:
    """Return the others who have the form open, by name."""
    return [(person(form.user), form) for form in others_present(article, language, user)]


class Since(NamedTuple):
    """What others did since a form was opened, each None where nobody did: a status, a text."""

    change: StatusChange | None
    changed_by: str
    revision: Revision | None
    written_by: str
    may_propose: bool
    is_closed: bool


def changed_since_opened(request: HttpRequest, article: Article, language: str) -> Since:
    """Return what the posted form, which names what it was opened with, does not know yet."""
    user, posted = request.user, request.POST
    change = None
    if posted.get("status", article.status) != article.status:
        change = article.status_changes.select_related("author").first()
    base = posted.get("base_revision", "")[:9]
    revision = None
    if base.isdecimal():
        newer = Revision.objects.filter(
            translation__article=article, translation__language=language, number__gt=int(base)
        )
        revision = newer.select_related("author").first()
    is_writer = may_edit(user, article)
    is_proposer = not is_writer and may_propose(user, article)
    return Since(
        change,
        person(change.author) if change and change.author else _("the portal"),
        revision,
        written_by(revision) if revision else "",
        is_proposer,
        not (is_writer or is_proposer),
    )


def _answer(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "admin/troubleshooting/articles/form/present.html", context)


def _departed(request: HttpRequest, pk: int) -> HttpResponse:
    if not may_see(request.user):
        raise PermissionDenied
    said = said_of_departure(request, str(pk))
    if said is None:
        raise Http404
    return HttpResponse(said, status=410)


def may_see(user: User | AnonymousUser) -> bool:
    """Return whether ``user`` may be told what becomes of articles."""
    return user.has_perm(EDIT)


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the address that an open form reports to."""

    @require_POST
    def report(request: HttpRequest, pk: int, language: str) -> HttpResponse:
        article = Article.objects.filter(pk=pk).first()
        if article is None:
            return _departed(request, pk)
        if language not in dict(settings.LANGUAGES):
            raise Http404
        if not (may_edit(request.user, article) or may_propose(request.user, article)):
            if not may_see(request.user):
                raise PermissionDenied
            return _answer(request, {"since": changed_since_opened(request, article, language)})
        if request.POST.get("leaves"):
            end_presence(article, language, editor_of(request))
            return HttpResponse(status=204)
        note_presence(article, language, editor_of(request))
        context = {
            "present": present(article, language, editor_of(request)),
            "since": changed_since_opened(request, article, language),
        }
        return _answer(request, context)

    view = model_admin.admin_site.admin_view(report)
    return [
        path("<int:pk>/presence/<str:language>/", view, name="troubleshooting_article_presence")
    ]
