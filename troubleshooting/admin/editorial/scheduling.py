"""The page on which a moment is chosen at which an article goes live, or ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...editing import missing_for_publication, pending_of, transitions_for
from ...editing.scheduling import (
    cancel_schedule,
    schedule_end,
    schedule_pending,
    schedule_publication,
    scheduled_of,
)
from ...models import Article
from ...rights import REVIEW, may
from ..articles.languages import linked_revisions, posted_revisions, shown_revisions
from ..generics import editor_of
from ..texts.history import ChangedText, changed_since
from ..texts.pages import TextPage, text_page
from ..texts.pending import posted_versions

NAME = "troubleshooting_article_schedule"
Status = Article.Status


class MomentForm(forms.Form):
    """A moment in the time of the portal.

    An hour that the change to summer time skips, or that comes twice in autumn, is refused.
    """

    at = forms.DateTimeField(
        label=gettext_lazy("Date and time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the page; authors see what is to happen, reviewers decide."""

    def schedule(request: HttpRequest, pk: int, language: str) -> HttpResponse:
        page = text_page(model_admin, request, pk, language)
        if request.method != "POST":
            return _show(page)
        act = _ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        return _decide(page, act)

    view = model_admin.admin_site.admin_view(schedule)
    return [path("<int:pk>/schedule/<str:language>/", view, name=NAME)]


def _show(page: TextPage, act: str = "", form: MomentForm | None = None) -> HttpResponse:
    user, article = editor_of(page.request), page.article
    rows = list(scheduled_of(article))
    pending = pending_of(article, page.language)
    may_decide = may(user, REVIEW, article)
    is_open = may_decide and any(way.name == "publish" for way in transitions_for(user, article))
    own_rows = {(row.act, row.pending_id): row for row in rows}
    asked = []
    if is_open:
        asked.append(("publish", _("Goes live"), own_rows.get(("publish", None))))
    if may_decide and pending and article.status == Status.PUBLISHED:
        row = own_rows.get(("publish", pending.pk))
        asked.append(("pending", _("The pending revision goes live"), row))
    if may_decide and article.status != Status.ARCHIVED:
        asked.append(("end", _("Comes to its end"), own_rows.get(("expire", None))))
    context = {
        **page.context(NAME),
        "title": _("Schedule"),
        "rows": rows,
        "asked": [
            (name, label, form if form and name == act else _form(name, row), row)
            for name, label, row in asked
        ],
        "pending": pending,
        "zone": settings.TIME_ZONE.replace("_", " "),
        "now": timezone.localtime(),
        "missing": missing_for_publication(article) if is_open else [],
        "may_decide": may_decide,
        "revisions": shown_revisions(page.texts.values()),
        "changed_since": _changed_since(page) if is_open and act in ("", "publish") else [],
    }
    return TemplateResponse(page.request, "admin/troubleshooting/editorial/schedule.html", context)


def _changed_since(page: TextPage) -> list[tuple[str, list[ChangedText]]]:
    request = page.request
    seen = posted_revisions(request) if request.method == "POST" else linked_revisions(request)
    if not seen and request.method != "POST":
        return []
    return changed_since(page.texts.values(), seen)


def _form(name: str, row: Any) -> MomentForm:
    initial = {"at": timezone.localtime(row.at)} if row else {}
    return MomentForm(initial=initial, auto_id=f"id_{name}_%s")


def _decide(page: TextPage, act: Callable[[TextPage, datetime], object]) -> HttpResponse:
    name = page.request.POST["act"]
    form = MomentForm(page.request.POST, auto_id=f"id_{name}_%s")
    if name == "cancel":
        return _cancel(page)
    if form.is_valid():
        at = form.cleaned_data["at"]
        try:
            act(page, at)
        except ValidationError as error:
            form.add_error("at", ValidationError(error.messages))
        else:
            moment = date_format(timezone.localtime(at), "DATETIME_FORMAT")
            messages.success(page.request, _("Scheduled for %(moment)s.") % {"moment": moment})
            return _again(page)
    return _show(page, name, form)


def _cancel(page: TextPage) -> HttpResponse:
    key = page.request.POST.get("row", "")
    row = scheduled_of(page.article).filter(pk=int(key[:18]) if key.isdecimal() else 0).first()
    if row:
        cancel_schedule(row, user=editor_of(page.request))
        messages.success(page.request, _("It is no longer scheduled."))
    return _again(page)


def _again(page: TextPage) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"admin:{NAME}", args=[page.article.pk, page.language]))


def _publish(page: TextPage, at: datetime) -> object:
    seen = posted_revisions(page.request)
    return schedule_publication(page.article, at, user=editor_of(page.request), seen=seen)


def _pending(page: TextPage, at: datetime) -> object:
    pending = pending_of(page.article, page.language)
    if pending is None:
        raise ValidationError(_("The text was changed meanwhile: read it again."))
    number, live = posted_versions(page.request)
    return schedule_pending(pending, at, user=editor_of(page.request), number=number, live=live)


def _end(page: TextPage, at: datetime) -> object:
    return schedule_end(page.article, at, user=editor_of(page.request))


_ACTS: dict[str, Callable[[TextPage, datetime], object]] = {
    "publish": _publish,
    "pending": _pending,
    "end": _end,
    "cancel": lambda page, at: None,
}
