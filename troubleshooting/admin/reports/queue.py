"""Reports of gaps and of errors as one queue, worked through by giving each another status."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_protect

from ...access import reader_of
from ...figures import reports

NAME = "troubleshooting_reports"
PER_PAGE = 25


def urls(site: AdminSite) -> list[URLPattern]:
    """Return the address of the reports that wait for an editor, for ``site``."""
    view = site.admin_view(ReportQueue.as_view(site=site))
    return [path("reports/", view, name=NAME)]


@method_decorator(csrf_protect, name="dispatch")
class ReportQueue(View):
    """What readers reported: read by status and kind; who may change it leads it on."""

    site: AdminSite = admin.site  # replaced where the site makes its addresses
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        kinds = reports.kinds_for(request.user)
        if not kinds:
            raise PermissionDenied
        status, kind = _asked(request, kinds)
        rows = reports.queue([kind] if kind else kinds, status)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.site.each_context(request),
            "title": _("Reports of readers"),
            "reports": reports.load(list(page), reader_of(request), get_language()),
            "page": page,
            "status": status,
            "kind": kind,
            "kinds": kinds,
            "states": _states(kinds, status),
            "changeable": [one for one in kinds if _may_change(request, one)],
            "may_write": request.user.has_perm("troubleshooting.add_article"),
            "query": urlencode({"status": status, "kind": kind, "page": page.number}),
        }
        return TemplateResponse(request, "admin/troubleshooting/reports/reports.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Give ``report`` (such as "gap-12") the posted ``status``.

        Raise ``PermissionDenied``: this editor may not. Raise ``Http404``: no such report or
        status.
        """
        kind, _dash, key = request.POST.get("report", "").partition("-")
        if kind not in reports.MODELS or not key.isascii() or not key.isdecimal():
            raise Http404
        if not _may_change(request, kind):
            raise PermissionDenied
        model, status = reports.MODELS[kind], request.POST.get("status")
        report = reports.find(kind, int(key[:18]))
        if report is None or status is None or status not in reports.Status.values:
            raise Http404
        if report.status != status:
            report.status = status
            report.save(update_fields=["status"])
            changed = [{"changed": {"fields": ["status"]}}]
            self.site.get_model_admin(model).log_change(request, report, changed)
        said = _("The report is now “%(status)s”.") % {"status": report.get_status_display()}
        messages.success(request, said)
        query = request.GET.urlencode()
        return HttpResponseRedirect(f"{reverse(f'admin:{NAME}')}?{query}", status=303)


def _asked(request: HttpRequest, kinds: list[str]) -> tuple[str, str]:
    """Answer with status and kind that the address asks for.

    Open ones of all kinds without usable ones.
    """
    status, kind = request.GET.get("status"), request.GET.get("kind")
    known = status if status in reports.Status.values else None
    return known or reports.Status.OPEN.value, kind if kind in kinds else ""


def _states(kinds: list[str], current: str) -> list[tuple[str, str, int, bool]]:
    """Return each status with its name, the number of its reports, and whether it is shown."""
    counts = reports.counts(kinds)
    return [
        (value, str(label), counts[value], value == current)
        for value, label in reports.Status.choices
    ]


def _may_change(request: HttpRequest, kind: str) -> bool:
    return request.user.has_perm(f"troubleshooting.change_{kind}report")
