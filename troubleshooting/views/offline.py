"""Reading without a network: the service worker, the page that searches, and its index."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from ..access import Reader
from ..models import ArticleTranslation, CodeCitation, Symptom
from .base import PortalView

FOLDER = "portal"
#: Files of the admin alone are not needed without a network, where nobody edits.
LEFT_OUT = frozenset({"admin.css", "icons.LICENSE"})
#: What the reader of logs asks for when it meets a cabinet, with a network or without.
UNPACKING = "vendor/fflate/fflate.js"
#: Pages that work without a network, by name.
PAGES = ("home", "offline", "logs")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Serve the script that keeps pages.

    It lies at the root, since it may only serve what is below.
    """
    assets = [static(f"{FOLDER}/{name}") for name in _files()] + [static(UNPACKING)]
    for code, _name in settings.LANGUAGES:
        with override(code):
            assets += [reverse(f"troubleshooting:{name}") for name in PAGES]
    version = hashlib.sha256(json.dumps(assets).encode()).hexdigest()[:12]
    context = {"assets": json.dumps(assets), "version": version}
    return render(
        request,
        "sw.js",
        context,
        content_type="text/javascript; charset=utf-8",
    )


@cache
def _files() -> list[str]:
    folder = Path(finders.find(FOLDER) or "")
    return sorted(path.name for path in folder.iterdir() if path.name not in LEFT_OUT)


class OfflineView(PortalView):
    """Search in what was kept, and the button that keeps everything."""

    template_name = "troubleshooting/offline.html"


@require_safe
def offline_index(request: HttpRequest) -> JsonResponse:
    """Answer with every public article, in the language of the address where it has it.

    Each has its address, title, and the codes and messages of its texts in all languages: a
    caller's screen need not speak the reader's language. What is for staff alone stays out, whoever
    asks: the copy outlives the session.
    """
    texts = ArticleTranslation.objects.visible_to(Reader.PUBLIC)
    codes: dict[int, set[str]] = {}
    cited = CodeCitation.objects.visible_to(Reader.PUBLIC).order_by()
    for article, code in cited.values_list("translation__article", "code__canonical"):
        codes.setdefault(article, set()).add(code)
    messages: dict[int, set[str]] = {}
    quoted = Symptom.objects.filter(translation__in=texts).order_by()
    for article, message in quoted.values_list("translation__article", "text"):
        messages.setdefault(article, set()).add(message)
    best: dict[int, dict[str, Any]] = {}
    for article, slug, language, title in texts.best_first(get_language()).values_list(
        "article", "article__slug", "language", "title"
    ):
        if article not in best:
            best[article] = {
                "url": reverse("troubleshooting:article", kwargs={"slug": slug}),
                "language": language,
                "title": title,
                "codes": sorted(codes.get(article, ())),
                "messages": sorted(messages.get(article, ())),
            }
    return JsonResponse({"articles": list(best.values())})
