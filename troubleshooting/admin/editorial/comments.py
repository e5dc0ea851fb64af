"""The page on which editors talk about an article."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...access import CHANGE_ARTICLE
from ...editing.talking import PostedComment, add_comment, resolve_thread, threads_of
from ...models import Comment
from ...models.editorial.talking import LONGEST_COMMENT
from ..generics import editor_of
from ..texts.pages import TextPage, text_page

NAME = "troubleshooting_article_comments"
PERMISSION = CHANGE_ARTICLE


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the page's address."""

    def comments(request: HttpRequest, pk: int, language: str) -> HttpResponse:
        page = text_page(model_admin, request, pk, language)
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        if request.method != "POST":
            return _show(page)
        act = {"say": _say, "resolve": _resolve}.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        return act(page)

    view = model_admin.admin_site.admin_view(comments)
    return [path("<int:pk>/comments/<str:language>/", view, name=NAME)]


def _show(page: TextPage, error: str = "", text: str = "", thread: int = 0) -> HttpResponse:
    context = {
        **page.context(NAME),
        "title": _("Comments"),
        "threads": list(threads_of(page.article)),
        "error": error,
        "said": text,
        "said_in": thread,
        "longest": LONGEST_COMMENT,
    }
    return TemplateResponse(page.request, "admin/troubleshooting/editorial/comments.html", context)


def _thread(page: TextPage) -> Comment | None:
    """Return the thread that is posted; None: none is. Raise ``Http404`` for another article's."""
    key = page.request.POST.get("thread", "")
    if not key:
        return None
    threads = page.article.comments.filter(thread=None)
    found = threads.filter(pk=int(key[:18]) if key.isdecimal() else 0).first()
    if found is None:
        raise Http404
    return found


def _say(page: TextPage) -> HttpResponse:
    thread, text = _thread(page), page.request.POST.get("text", "")
    try:
        said = add_comment(page.article, text, author=editor_of(page.request), thread=thread)
    except ValidationError as error:
        return _show(page, " ".join(error.messages), text, thread.pk if thread else 0)
    _tell(page.request, said)
    return _again(page, said.comment.thread_id or said.comment.pk)


def _tell(request: HttpRequest, posted: PostedComment) -> None:
    """Say whom the comment reached, and whom it did not."""
    if posted.recipients:
        text = ngettext("Notified: %(names)s.", "Notified: %(names)s.", len(posted.recipients))
        messages.success(request, text % {"names": ", ".join(posted.recipients)})
    if posted.unknown:
        text = _("No editor is called %(names)s.")
        messages.warning(request, text % {"names": ", ".join(posted.unknown)})


def _resolve(page: TextPage) -> HttpResponse:
    thread = _thread(page)
    if thread is None:
        raise Http404
    resolve_thread(thread, user=page.request.user)
    return _again(page, thread.pk)


def _again(page: TextPage, thread: int) -> HttpResponseRedirect:
    address = reverse(f"admin:{NAME}", args=[page.article.pk, page.language])
    return HttpResponseRedirect(f"{address}#thread-{thread}")
