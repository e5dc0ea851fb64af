"""What the box asks for while a reader types, and the note of the article that was opened."""

from __future__ import annotations

from dataclasses import asdict

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ...access import reader_of
from ...models import Article, SearchFacets
from ...search import record_choice, suggest

_SALT = "troubleshooting.search"
#: Seconds after which nobody still chooses from a page of results.
_PATIENCE = 24 * 3600


@require_safe
@cache_control(private=True, max_age=60)
def suggestions(request: HttpRequest) -> JsonResponse:
    """``?q=`` -> ``{"suggestions": [{"kind", "text", "language", "url"}]}``.

    ``url`` is there where a suggestion is a page rather than something to search for.
    """
    visible = SearchFacets.objects.visible_to(reader_of(request))
    found = suggest(visible, request.GET.get("q", ""), get_language())
    rows = [
        {name: value for name, value in asdict(one).items() if name != "url" or value}
        for one in found
    ]
    return JsonResponse({"suggestions": rows})


def seal(entry: int) -> str:
    """The name of a logged search on its page: only the page that showed it can say it back."""
    return signing.TimestampSigner(salt=_SALT).sign(str(entry))


@csrf_exempt
@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Note which article was opened: ``entry`` as sealed, ``article`` its id.

    Without the usual secret, for ``sendBeacon`` cannot carry it; the seal stands in for it.
    """
    article = request.POST.get("article", "")
    try:
        sealed = signing.TimestampSigner(salt=_SALT)
        entry = int(sealed.unsign(request.POST.get("entry", ""), max_age=_PATIENCE))
    except signing.BadSignature:
        return HttpResponseBadRequest()
    if not (article.isascii() and article.isdigit() and len(article) < 19):
        return HttpResponseBadRequest()
    visible = Article.objects.visible_to(reader_of(request)).filter(pk=int(article))
    if not visible.exists():
        return HttpResponseBadRequest()
    record_choice(visible.db, entry, int(article))
    return HttpResponse(status=204)
