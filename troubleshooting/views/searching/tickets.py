"""A ticket in: pasted or handed over by a ticket system, matched, and kept nowhere.

The page marks in the browser what is personal and sends the text without it; what arrives is
marked once more, so that nothing personal is searched without scripts either.
"""

from __future__ import annotations

import json
from typing import Any

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from ...access import Reader, note_reader, reader_of
from ...models import Platform, SearchFacets
from ...search import SearchRequest, search
from ...search.pasted.shortening import shortened
from ...search.reading.query import MAX_TEXT
from ...texts.personal import HIDDEN, PATTERNS, personal_in, without_personal
from ..base import PortalView
from .cards import hit_cards

#: Articles that are shown.
_ARTICLES = 8


@method_decorator(csrf_exempt, name="dispatch")  # a search changes nothing of anybody's
@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class TicketView(PortalView):
    """``?q=`` asks a question; a posted ``ticket`` is matched."""

    template_name = "troubleshooting/searching/ticket.html"
    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._answer(request.GET.get("q", ""))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._answer(request.POST.get("ticket", ""), is_ticket=True)

    def _answer(self, ticket: str, *, is_ticket: bool = False) -> HttpResponse:
        text = ticket.replace("\0", "")[-MAX_TEXT:]  # the last ones hold what happened
        left_out = len(personal_in(text)) if is_ticket else 0
        asked = without_personal(text) if is_ticket else text
        left_out += text.count(HIDDEN) if is_ticket else 0
        context = self.get_context_data(
            ticket=asked if is_ticket else "",
            asked=asked if not is_ticket else "",
            left_out=left_out,
            patterns=json.dumps(PATTERNS),
            hidden=HIDDEN,
            longest=MAX_TEXT,
            **(self._found(asked) if asked.strip() else {}),
        )
        return self.render_to_response(context)

    def _found(self, query: str) -> dict[str, Any]:
        visible = SearchFacets.objects.visible_to(reader_of(self.request))
        wanted = SearchRequest(shortened(query, MAX_TEXT), self.language, limit=_ARTICLES)
        result = search(visible, wanted)
        platforms = {one.slug: one for one in Platform.objects.all()}
        evidence = list(dict.fromkeys(one.value for one in result.evidence))
        return {"cards": hit_cards(result, platforms), "evidence": evidence, "is_answered": True}


@method_decorator(csrf_exempt, name="dispatch")  # as above: decorators are not inherited
@method_decorator(xframe_options_exempt, name="dispatch")
class WidgetView(TicketView):
    """The same within a page of others, those that ``WIDGET_ORIGINS`` names; as the public sees it.

    It has no cookie of a reader to go by: one of another site's frame is not sent (``SameSite``).
    """

    template_name = "troubleshooting/searching/widget.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.WIDGET_ORIGINS:
            raise Http404
        note_reader(request, Reader.PUBLIC)
        response = super().dispatch(request, *args, **kwargs)
        allowed = {"frame-ancestors": settings.WIDGET_ORIGINS}
        response.headers[HEADER] = build_policy(replace=allowed)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(origins=json.dumps(settings.WIDGET_ORIGINS), **kwargs)


@require_safe
@cache_control(public=True, max_age=3600)
def widget_script(request: HttpRequest) -> HttpResponse:
    """Return the script that pages of others load; it makes the frame.

    Raise ``Http404``: the portal is set up for no pages of others.
    """
    if not settings.WIDGET_ORIGINS:
        raise Http404
    response = render(request, "widget.js", content_type="text/javascript; charset=utf-8")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
