"""Links to other hosts: editors have them checked, and see how far that is."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from ...access import CHANGE_ARTICLE
from ...external_links.rounds import begin_round, state_of_round
from ...models import ExternalLink
from ..generics import editor_of

NAME = "troubleshooting_external_links"
PERMISSION = CHANGE_ARTICLE


def urls(site: AdminSite) -> list[URLPattern]:
    """Return the page's address; posted to, it has the links checked."""

    def external(request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return _begin(request) if request.method == "POST" else _show(request, site)

    return [path("external-links/", site.admin_view(external), name=NAME)]


def _begin(request: HttpRequest) -> HttpResponse:
    if begin_round(editor_of(request)):
        messages.success(request, _("The links are being checked, a few at a time."))
    else:
        messages.info(request, _("The links are being checked already."))
    return HttpResponseRedirect(reverse(f"admin:{NAME}"))


def _show(request: HttpRequest, site: AdminSite) -> HttpResponse:
    rows = ExternalLink.objects.exclude(state="").values("state").annotate(number=Count("pk"))
    numbers = dict(rows.order_by().values_list("state", "number"))
    last = ExternalLink.objects.exclude(checked=None).order_by("-checked").first()
    context = {
        **site.each_context(request),
        "title": _("Links to other hosts"),
        "round": state_of_round(),
        "states": [(name, numbers.get(value, 0)) for value, name in ExternalLink.State.choices],
        "checked": last.checked if last else None,
    }
    return TemplateResponse(request, "admin/troubleshooting/reports/external_links.html", context)
