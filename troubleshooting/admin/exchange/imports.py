"""Imports: how far each is, what it did to every document, and the way back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ...editing import pending_of
from ...importing import (
    comes_for_review,
    status_of_new,
)
from ...importing.runs import acts, staging
from ...jobs import is_waiting_in_vain
from ...models import Article, ImportRun, Job, Revision, Source
from ...rights import may_import
from ..generics import editor_of
from ..parts import ReadOnlyAdmin
from ..texts.addresses import pending_url
from ..texts.history import changed_texts
from .blocks import conflicts_of, shown_blocks
from .import_report import TEXT, report_of

PROGRESS = "troubleshooting_importrun_progress"
ACT = "troubleshooting_importrun_act"


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """The imports, the newest first; the page of each is its report."""

    nothing_yet = gettext_lazy("Nothing was imported yet.")
    list_display = ["created", "__str__", "act", "state", "user", "undone"]
    list_display_links = ["created", "__str__"]
    list_filter = ["is_rehearsal", "source"]
    list_select_related = ["source", "user", "job"]

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/progress/", wrap(self.progress), name=PROGRESS),
            path("<int:pk>/texts/<int:file>/<int:number>/", wrap(self.text), name=TEXT),
            path("<int:pk>/act/", wrap(require_POST(self.decide)), name=ACT),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("kind"))
    def act(self, run: ImportRun) -> str:
        return _("Rehearsal") if run.is_rehearsal else _("Import")

    @admin.display(description=gettext_lazy("state"))
    def state(self, run: ImportRun) -> str:
        return state_of(run)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Return the report of an import, or how far it is."""
        run = self._run(request, int(object_id) if object_id and object_id.isdecimal() else 0)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(run),
            **progress_of(run),
        }
        if not context["is_running"]:
            context |= report_of(run, request) | {
                "may_import": may_import(request.user),
                "can_go_on": acts.can_go_on(run),
                **arrival(run.source, is_upload=run.is_upload),
            }
        return TemplateResponse(request, "admin/troubleshooting/exchange/import_run.html", context)

    def progress(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the part of the page that says how far it is."""
        context = progress_of(self._run(request, pk))
        return TemplateResponse(
            request, "admin/troubleshooting/exchange/import_progress.html", context
        )

    def text(self, request: HttpRequest, pk: int, file: int, number: int) -> HttpResponse:
        """Return what the document before, the document now and the portal say of one text.

        Raise ``Http404``: the report has no such text.
        """
        run = self._run(request, pk)
        row = get_object_or_404(run.documents, pk=file)
        change = row.changes[number] if number < len(row.changes) else None
        if change is None or not change["sides"]:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": change["sides"]["ours"]["title"],
            "run": run,
            "language": change["language"],
            **compared(change),
        }
        return TemplateResponse(request, "admin/troubleshooting/exchange/import_text.html", context)

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Cancel it, go on with it, import what was rehearsed, discard that, or take it back.

        Raise ``PermissionDenied``: this editor may not. Raise ``Http404``: it is no decision.
        """
        run = self._run(request, pk)
        act = _ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        if not may_import(request.user):
            raise PermissionDenied
        return act(request, run)

    def _run(self, request: HttpRequest, pk: int) -> ImportRun:
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = ImportRun.objects.select_related("source", "job", "undoing", "user")
        return get_object_or_404(rows, pk=pk)


def page_of(run: ImportRun) -> HttpResponseRedirect:
    """Return a redirection to the page of ``run``."""
    return HttpResponseRedirect(reverse("admin:troubleshooting_importrun_change", args=[run.pk]))


def state_of(run: ImportRun) -> str:
    """Return what is to be said of ``run`` in a word or two."""
    if run.undone:
        return _("Taken back")
    job = acts.job_of(run)
    if run.error or (job and job.state == Job.State.FAILED):
        return str(Job.State.FAILED.label)
    if job and job.state != Job.State.DONE:
        return str(job.get_state_display())
    return str(Job.State.DONE.label) if run.finished else _("Interrupted")


def progress_of(run: ImportRun) -> dict[str, Any]:
    """Return what the template says of how far ``run`` is."""
    job = acts.job_of(run)
    return {
        "run": run,
        "job": job,
        "state": state_of(run),
        "is_running": acts.is_busy(job),
        "is_undoing": run.undoing is not None,
        "in_vain": job is not None and is_waiting_in_vain(job),
    }


def arrival(source: Source | None, *, is_upload: bool) -> dict[str, Any]:
    """Return what pages say of new articles before an import: how they begin, and why."""
    needs_review = comes_for_review(None if is_upload else source)
    begins_as = Article.Status(status_of_new(source, needs_review)).label
    return {"comes_for_review": needs_review, "begins_as": begins_as}


def compared(change: dict[str, Any]) -> dict[str, Any]:
    """Return the differences between the three sides of a text, block by block."""
    sides = change["sides"]
    ours, note = sides["ours"], {"internal": sides["ours"]["internal"]}
    upstream = sides["upstream"] | note
    base = (sides["base"] or upstream) | note
    article = Article.objects.filter(pk=change["article"]).first()
    waits = article and pending_of(article, change["language"], Revision.Origin.IMPORT)
    return {
        "blocks": conflicts_of(shown_blocks(base, ours, upstream)),
        "theirs_label": _("The document"),
        "by_document": changed_texts(base, upstream),
        "by_editors": changed_texts(base, ours),
        "article": article,
        "waits": pending_url(waits) if waits else "",
    }


def _cancel(request: HttpRequest, run: ImportRun) -> HttpResponse:
    if acts.stop(run):
        messages.info(request, _("It is being cancelled; what is done by now stays."))
    return page_of(run)


def _confirm(request: HttpRequest, run: ImportRun) -> HttpResponse:
    try:
        return page_of(acts.confirm(run, editor_of(request)) or run)
    except acts.FilesGoneError:
        messages.error(request, _("The uploaded files are no longer here. Upload them again."))
        return page_of(run)


def _discard(request: HttpRequest, run: ImportRun) -> HttpResponse:
    if run.is_rehearsal:
        acts.stop(run)
        staging.drop(run.token)
        run.delete()
    return HttpResponseRedirect(reverse("admin:troubleshooting_importrun_changelist"))


def _go_on(request: HttpRequest, run: ImportRun) -> HttpResponse:
    acts.go_on(run)
    return page_of(run)


def _undo(request: HttpRequest, run: ImportRun) -> HttpResponse:
    acts.take_back(run, editor_of(request))
    return page_of(run)


_ACTS = {
    "cancel": _cancel,
    "confirm": _confirm,
    "discard": _discard,
    "go_on": _go_on,
    "undo": _undo,
}
