"""Whole log files: read in the browser, or, without scripts, sent, answered and forgotten."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from ...representing.encodings import is_text, text_of
from ...search.pasted.shortening import shortened
from ...search.reading.query import MAX_TEXT
from ...texts.codes.context import announcing_words
from .results import SearchView

#: Bytes of a file that is sent; a form holds a little more.
MOST_SENT = 5 * 2**20
_FORM = 64 * 2**10
#: Bytes of all files that are read in the browser.
MOST_READ = 200 * 2**20


@method_decorator(csrf_exempt, name="dispatch")  # as for a search
class LogsView(SearchView):
    """The page that takes files; a posted ``file`` is answered as a pasted text would be."""

    template_name = "troubleshooting/searching/logs.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer; the page without a log is kept for when there is no network."""
        response = super().dispatch(request, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            response.headers["Cache-Control"] = "no-cache"
        return response

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _size(request) > MOST_SENT + _FORM:
            return self._page("large", status=413)
        files = request.FILES.getlist("file")
        if not files:
            return self._page("none", status=400)
        contents = [file.read() for file in files]
        if not all(map(is_text, contents)):
            return self._page("binary", status=400)
        self.template_name = SearchView.template_name
        text = "\n".join(map(text_of, contents))
        return self._answer(shortened(text, MAX_TEXT))

    def _page(self, problem: str = "", status: int = 200) -> HttpResponse:
        context = super(SearchView, self).get_context_data(
            problem=problem, most=MOST_READ, words=json.dumps(announcing_words())
        )
        return self.render_to_response(context, status=status)


def _size(request: HttpRequest) -> int:
    """Return bytes of the body, as the request says before any of it is read."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdigit() else 0
