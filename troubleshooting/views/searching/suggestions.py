"""What the box asks for while a reader types, and the note of the article that was opened."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ...access import reader_of
from ...models import Article, SearchFacets
from ...search import record_choice, suggest
from .learning import learn, unseal


@require_safe
@cache_control(private=True, max_age=60)
def suggestions(request: HttpRequest) -> JsonResponse:
    """Return ``?q=`` -> ``{"suggestions": [{"kind", "text", "language", "url"}]}``.

    ``url`` is there where a suggestion is a page rather than something to search for.
    """
    visible = SearchFacets.objects.visible_to(reader_of(request))
    found = suggest(visible, request.GET.get("q", ""), get_language())
    rows = [
        {name: value for name, value in asdict(one).items() if name != "url" or value}
        for one in found
    ]
    return JsonResponse({"suggestions": rows})


@csrf_exempt
@require_POST
def note_choice(request: HttpRequest) -> HttpResponse:
    """Note which article was opened: ``entry`` as sealed, ``article`` its id.

    Without the usual secret, for ``sendBeacon`` cannot carry it; the seal stands in for it.
    """
    article = request.POST.get("article", "")
    entry = unseal(request.POST.get("entry", ""))
    if entry is None or not (article.isascii() and article.isdigit() and len(article) < 19):
        return HttpResponseBadRequest()
    visible = Article.objects.visible_to(reader_of(request)).filter(pk=int(article))
    if not visible.exists():
        return HttpResponseBadRequest()
    record_choice(visible.db, entry, int(article))
    learn(request, visible.db, entry, int(article))
    return HttpResponse(status=204)
