"""How articles serve in tickets: the link rate, what agents flagged, self-service, defined."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_protect

from ...access import reader_of
from ...auditing import note
from ...figures import searches, uses
from ...figures.period import LENGTHS
from ...models import Article, ArticleUse, AuditEntry, TicketCount
from ..generics import editor_of
from ..parts import PlainList
from .figures import PERMISSIONS, ROWS_ON_PAGE, asked_period

NAME = "troubleshooting_uses"
#: Who may say that a flag is settled: whoever works through reports of errors.
SETTLE = "troubleshooting.change_errorreport"
#: Flags on the page; its file has all.
MOST_FLAGS = 50


@admin.register(TicketCount)
class TicketCountAdmin(PlainList):
    nothing_yet = gettext_lazy(
        "No article was used in a ticket yet. Copying the note for a ticket counts as a use."
    )
    list_display = ["first", "last", "system", "closed", "with_article"]
    list_filter = ["system"]
    fields = ["first", "last", "system", "closed", "with_article"]


def urls(site: AdminSite) -> list[URLPattern]:
    """Return the page."""
    return [path("uses/", site.admin_view(UsesPage.as_view(site=site)), name=NAME)]


@method_decorator(csrf_protect, name="dispatch")
class UsesPage(View):
    """What ticket systems report; who works through reports says that a flag is settled."""

    site: AdminSite = admin.site  # replaced where the site makes its addresses
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perms(PERMISSIONS):
            raise PermissionDenied
        context = {
            **self.site.each_context(request),
            "title": _("Use in tickets"),
            "lengths": LENGTHS,
            "may_count": request.user.has_perm("troubleshooting.add_ticketcount"),
            "may_settle": request.user.has_perm(SETTLE),
            **_figures(request),
        }
        return TemplateResponse(request, "admin/troubleshooting/reports/uses.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Settle the flags of ``flag``, such as "12-en-3": article, language, revision.

        Raise ``PermissionDenied``: this editor may not. Raise ``Http404``: that is no flag.
        """
        if not request.user.has_perm(SETTLE):
            raise PermissionDenied
        number, _dash, rest = request.POST.get("flag", "").partition("-")
        language, _dash, revision = rest.rpartition("-")
        if not all(one.isascii() and one.isdecimal() for one in (number, revision)):
            raise Http404
        flags = ArticleUse.objects.open_flags().filter(article=int(number[:18]), language=language)
        # A flag that was raised since the page was shown may be about something else.
        keys = list(flags.filter(revision_number__lte=int(revision[:9])).values_list("pk"))
        article = Article.objects.filter(pk=int(number[:18])).first()
        if not keys or article is None:
            raise Http404
        ArticleUse.objects.filter(pk__in=[key for (key,) in keys]).update(is_settled=True)
        after = {_("flags"): _("settled")}
        note(editor_of(request), AuditEntry.Act.CHANGED, article, after=after, detail=language)
        messages.success(request, _("The flags of this text are settled."))
        query = urlencode({"days": asked_period(request).length})
        return HttpResponseRedirect(f"{reverse(f'admin:{NAME}')}?{query}", status=303)


def _figures(request: HttpRequest) -> dict[str, Any]:
    period, language, reader = asked_period(request), get_language(), reader_of(request)
    days = searches.per_day(period)
    return {
        "period": period,
        "query": urlencode({"days": period.length}),
        "rate": uses.link_rate(period),
        "uncounted": uses.uncounted_days(period),
        "service": uses.self_service(period),
        "searches": sum(day.searches for day in days),
        "opened": sum(day.opened for day in days),
        "used": uses.used_most(period, reader, language, ROWS_ON_PAGE),
        "flags": uses.flags(reader, language, MOST_FLAGS),
        "flagged": uses.flagged_texts(),
    }
