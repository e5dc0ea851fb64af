"""Reading without a network: the service worker, the page that searches, and its index."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db.models import Value
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


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps pages. It lies at the root, since it may only serve what is below."""
    assets = [static(f"{FOLDER}/{name}") for name in _files()]
    for code, _name in settings.LANGUAGES:
        with override(code):
            assets += [reverse("troubleshooting:home"), reverse("troubleshooting:offline")]
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
    """Every public article in the language of the address: address, title, codes, messages.

    What is for staff alone stays out, whoever asks: the copy outlives the session.
    """
    language = get_language()
    codes: dict[int, set[str]] = {}
    messages: dict[int, set[str]] = {}
    cited = CodeCitation.objects.visible_to(Reader.PUBLIC).order_by()
    # Of the messages only those of the texts below are given away.
    quoted = Symptom.objects.order_by().values_list("translation", "text", Value("message"))
    said = cited.values_list("translation", "code__canonical", Value("code")).union(quoted)
    for translation, words, kind in said:
        held = codes if kind == "code" else messages
        held.setdefault(translation, set()).add(words)
    texts = ArticleTranslation.objects.visible_to(Reader.PUBLIC).best_first(language)
    best: dict[str, dict[str, Any]] = {}
    for pk, slug, written_in, title in texts.values_list(
        "pk", "article__slug", "language", "title"
    ):
        best.setdefault(
            slug,
            {
                "url": reverse("troubleshooting:article", kwargs={"slug": slug}),
                "language": written_in,
                "title": title,
                "codes": sorted(codes.get(pk, ())),
                "messages": sorted(messages.get(pk, ())),
            },
        )
    return JsonResponse({"articles": list(best.values())})
