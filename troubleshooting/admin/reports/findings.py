"""One list of what is worth a second look in the whole base."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ...access import CHANGE_ARTICLE
from ...checking.model import BaseFinding
from ...checking.survey import RULE_LABELS, survey
from ...figures.lately import counted_lately
from ...figures.titles import titles_of
from ...models import Article, ArticleTranslation, ExternalLink, Platform

NAME = "troubleshooting_findings"
PERMISSION = CHANGE_ARTICLE
PER_PAGE = 50


class RuleChoice(NamedTuple):
    """A rule that the list can be narrowed to, with how much it found."""

    name: str
    label: str
    number: int
    is_shown: bool


class FindingLine(NamedTuple):
    """A finding with the articles that it is about, each its key and title."""

    finding: BaseFinding
    articles: list[tuple[int, str]]
    state: str


#: What findings are narrowed by, as a query of their articles.
_LOOKUPS = {"platform": "platforms__slug", "status": "status"}


def urls(site: AdminSite) -> list[URLPattern]:
    """Return the page's address."""

    def findings(request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return _show(request, site)

    return [path("findings/", site.admin_view(findings), name=NAME)]


def _survey() -> list[BaseFinding]:
    """Return the findings of the present content; of a large base those of a while ago."""
    asked = ExternalLink.objects.aggregate(last=Max("checked"))["last"]
    return counted_lately("survey", survey, str(asked and asked.timestamp()))


def _show(request: HttpRequest, site: AdminSite) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("rule", "language", *_LOOKUPS)}
    rows = _narrowed(_survey(), asked)
    shown = (
        [row for row in rows if row.rule == asked["rule"]] if asked["rule"] in RULE_LABELS else rows
    )
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    query = {name: value for name, value in asked.items() if value}
    choices = _choices(rows, asked["rule"])
    context = {
        **site.each_context(request),
        "title": _("Findings"),
        "choices": [one for one in choices if one.number or one.is_shown],
        "absent": [one.label for one in choices if not one.number],
        "number": len(rows),
        "lines": _lines(list(page)),
        "page": page,
        "asked": asked,
        "query": urlencode(query),
        "query_without_rule": urlencode({n: v for n, v in query.items() if n != "rule"}),
        "languages": [(code, capfirst(str(name))) for code, name in settings.LANGUAGES],
        "platforms": Platform.objects.order_by("position", "name"),
        "states": [one for one in Article.Status.choices if one[0] != Article.Status.ARCHIVED],
    }
    return TemplateResponse(request, "admin/troubleshooting/reports/findings.html", context)


def _narrowed(findings: list[BaseFinding], filters: dict[str, str]) -> list[BaseFinding]:
    articles = Article.objects.all()
    is_narrow = False
    for name, lookup in _LOOKUPS.items():
        if filters[name]:
            articles, is_narrow = articles.filter(**{lookup: filters[name]}), True
    keys: set[int] = set(articles.values_list("pk", flat=True)) if is_narrow else set()
    return [
        row
        for row in findings
        if (not filters["language"] or row.language == filters["language"])
        and (not is_narrow or row.article in keys)
    ]


def _choices(rows: list[BaseFinding], current: str) -> list[RuleChoice]:
    numbers = dict.fromkeys(RULE_LABELS, 0)
    for row in rows:
        numbers[row.rule] += 1
    return [
        RuleChoice(name, str(label), numbers[name], name == current)
        for name, label in RULE_LABELS.items()
    ]


def _lines(rows: list[BaseFinding]) -> list[FindingLine]:
    keys = {key for row in rows for key in (row.article, *row.others)}
    titles: dict[int, Any] = titles_of(keys, get_language(), ArticleTranslation.objects.all())
    articles = Article.objects.in_bulk(keys)
    return [
        FindingLine(
            row,
            [
                (key, titles[key].text if key in titles else articles[key].slug)
                for key in (row.article, *row.others)
                if key in articles
            ],
            articles[row.article].get_status_display() if row.article in articles else "",
        )
        for row in rows
    ]
