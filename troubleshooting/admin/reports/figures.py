"""What readers tell us: searches, what came of them, how articles help. A page and its files."""

from __future__ import annotations

from itertools import chain
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ...access import ADD_ARTICLE, reader_of
from ...figures import outcomes, reports, searches
from ...figures.period import LENGTHS, Period
from ...figures.rendering.charts import HEIGHT, WIDTH, bar_chart
from ...texts.remarks import remark
from ..generics import editor_of
from ..tables import TABLE, table_file
from .figure_tables import TABLES, FigureTable

NAME = "troubleshooting_figures"
#: Who may read what readers did and said.
PERMISSIONS = ("troubleshooting.view_searchlog", "troubleshooting.view_outcome")
#: Rows of a table on the page; its file has all.
ROWS_ON_PAGE = 10


def urls(site: AdminSite) -> list[URLPattern]:
    """Return the page and a file for each of its tables."""

    def figures(request: HttpRequest) -> HttpResponse:
        return _show(site, request)

    page = path("figures/", site.admin_view(figures), name=NAME)
    return [page, *(_file(site, table) for table in TABLES)]


def _file(site: AdminSite, table: FigureTable) -> URLPattern:
    def file(request: HttpRequest) -> StreamingHttpResponse:
        return _export(table, request)

    view = site.admin_view(file)
    return path(f"figures/{table.name}.csv", view, name=f"{NAME}_{table.name}")


def _show(site: AdminSite, request: HttpRequest) -> HttpResponse:
    _check(request)
    period, language, user = asked_period(request), get_language(), request.user
    days = searches.per_day(period)
    kinds = reports.kinds_for(user)
    chart = bar_chart([(day.searches, day.without_hit) for day in days])
    reader = reader_of(request)
    answers = outcomes.helpfulness(period, reader, language)
    context = {
        **site.each_context(request),
        "title": _("What readers tell us"),
        "period": period,
        "lengths": LENGTHS,
        "languages": settings.LANGUAGES,
        "query": urlencode({"days": period.length, "language": period.language}),
        "chart": chart,
        "bars": list(zip(chart.bars, days, strict=True)),
        "labelled": (days[0], days[len(days) // 2], days[-1]),
        "size": (WIDTH, HEIGHT),
        "searches": sum(day.searches for day in days),
        "without_hit": sum(day.without_hit for day in days),
        "opened": sum(day.opened for day in days),
        "failed": list(searches.groups(searches.without_hit(period)[:ROWS_ON_PAGE])),
        "unopened": list(searches.groups(searches.nothing_opened(period)[:ROWS_ON_PAGE])),
        "chosen": searches.opened_most(period, reader, language, ROWS_ON_PAGE),
        "steps": outcomes.stuck_most(period, reader, language, ROWS_ON_PAGE),
        "help": answers,
        "worst": answers.articles[:ROWS_ON_PAGE],
        "fewest": outcomes.FEWEST,
        "open_reports": reports.counts(kinds)[reports.Status.OPEN] if kinds else None,
        "may_write": user.has_perm(ADD_ARTICLE),
    }
    return TemplateResponse(request, "admin/troubleshooting/reports/figures.html", context)


def _export(table: FigureTable, request: HttpRequest) -> StreamingHttpResponse:
    _check(request)
    header = [str(column) for column in table.columns]
    rows = chain([header], table.rows(asked_period(request), editor_of(request), get_language()))
    name = f"{table.name}-{timezone.localdate().isoformat()}.csv"
    return table_file(request, name, rows, called=remark(TABLE, name=name))


def asked_period(request: HttpRequest) -> Period:
    """Return the period that the address names; 30 days in all languages without a usable one."""
    asked, language = request.GET.get("days", ""), request.GET.get("language", "")
    length = int(asked) if asked in map(str, LENGTHS) else 30
    known = language in dict(settings.LANGUAGES)
    return Period(length, timezone.localdate(), language if known else "")


def _check(request: HttpRequest) -> None:
    if not request.user.has_perms(PERMISSIONS):
        raise PermissionDenied
