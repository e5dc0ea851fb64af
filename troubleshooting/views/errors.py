"""Pages for what went wrong, in the reader's language and without the database.

The context processors are left out on purpose: one of them loads the user, and a page that says
that the database is down must not ask it anything. Only editors who look for a page of the
administration in vain, or may not open it, keep its menu.
"""

import sys
from collections.abc import Sequence
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kbportal.environment import databases

from ..accounts.ownership import made_for
from ..accounts.ownership.refusing import address_of_form, refusal

#: What pages within the administration are called and say, by status.
_INSIDE = {
    403: (
        _("You do not have access to this page"),
        _("Your role does not allow it. An administrator can give you another."),
    ),
    404: (
        _("This page does not exist"),
        _("The address may be mistyped, or what it showed was deleted meanwhile."),
    ),
}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer with status 400: the request cannot be understood."""
    return _page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer with status 403: the reader may not do this."""
    return _for_editors(request, 403) or _page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer with status 403: a form came without its secret (``CSRF_FAILURE_VIEW``).

    To load this page again would send the form again, with the same secret: it links to the form.
    One that says whom it was made for keeps what was typed, and can be sent by that person.
    """
    if (owner := made_for(request)) is not None:
        return refusal(request, owner)
    more = {"form_address": address_of_form(request)}
    return _page(request, 403, "errors/403_csrf.html", more)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer with status 404: nothing has this address."""
    return _for_editors(request, 404) or _page(request, 404)


def method_not_allowed(request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    """Answer with status 405: the address exists, but only for the ``methods`` methods."""
    page = _page(request, 405)
    response = HttpResponseNotAllowed(methods, page.content)
    response.headers["Content-Language"] = page.headers["Content-Language"]
    return response


def too_many_requests(request: HttpRequest, seconds: int) -> HttpResponse:
    """Answer with status 429: this address asks too often.

    It may again after so many ``seconds``.
    """
    return _page(request, 429, more={"minutes": ceil(seconds / 60)})


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer with status 500: a fault of the portal.

    503 where it is the database that cannot go on for now.
    """
    error = sys.exc_info()[1]
    if databases.is_busy(error):
        return _unavailable(request, "errors/503.html")
    if databases.is_full(error):
        return _unavailable(request, "errors/503_read_only.html")
    if databases.is_read_only(error):
        databases.open_anew()
        return _unavailable(request, "errors/503_read_only.html")
    if databases.is_away(error):
        databases.open_anew()
        return _unavailable(request, "errors/503_away.html")
    return _page(request, 500)


def _unavailable(request: HttpRequest, template: str) -> HttpResponse:
    response = _page(request, 503, template)
    response.headers["Retry-After"] = "30"
    response.headers["Cache-Control"] = "no-store"
    return response


def _for_editors(request: HttpRequest, status: int) -> HttpResponse | None:
    """Return the page with the menu of the administration, for those who may enter it.

    None elsewhere, and for others. The database answered a moment ago: a view asked it who this is.
    """
    is_inside = request.path.startswith(reverse("admin:index"))
    if not (is_inside and hasattr(request, "user") and admin.site.has_permission(request)):
        return None
    title, explanation = _INSIDE[status]
    context = {**admin.site.each_context(request), "title": title, "explanation": explanation}
    html = render_to_string("admin/error.html", context, request=request)
    return HttpResponse(html, status=status)


def _page(
    request: HttpRequest, status: int, template: str = "", more: dict[str, Any] | None = None
) -> HttpResponse:
    language = _language_of(request)
    with translation.override(language):
        context: dict[str, Any] = {"request": request, "status": status, "LANGUAGE_CODE": language}
        context |= more or {}
        html = render_to_string(template or f"errors/{status}.html", context)
    return HttpResponse(html, status=status, headers={"Content-Language": language})


def _language_of(request: HttpRequest) -> str:
    """Return the language of the address, else the one the browser asks for.

    The middleware that activates it may not have run, or may be what failed.
    """
    from_path = translation.get_language_from_path(request.path_info)
    return from_path or translation.get_language_from_request(request) or settings.LANGUAGE_CODE
