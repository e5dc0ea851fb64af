"""Reading without a network: the service worker, the page that searches, and its index."""

import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db.models import Case, OuterRef, Subquery, TextField, Value, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from ..access import Reader
from ..models import ArticleTranslation, CodeCitation, Step, Symptom
from ..querysets import ArticleTranslationQuerySet
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


#: How a cause links to another article.
_ARTICLE_LINK = re.compile(r'href="/[^"]*/articles/([\w-]+)/')


@require_safe
def offline_index(request: HttpRequest) -> JsonResponse:
    """Answer with every public article, in the language of the address where it has it.

    Each has its address, title, and the codes and messages of its texts in all languages: a
    caller's screen need not speak the reader's language. ``first`` is the address of its first
    step, ``steps`` has that of the step which cites a code. ``because`` is what its cause names:
    codes, and other articles by their place in this list. What is for staff alone stays out,
    whoever asks: the copy outlives the session.
    """
    texts = ArticleTranslation.objects.visible_to(Reader.PUBLIC)
    messages: dict[int, set[str]] = {}
    quoted = Symptom.objects.filter(translation__in=texts).order_by()
    for article, message in quoted.values_list("translation__article", "text"):
        messages.setdefault(article, set()).add(message)
    rows: dict[int, dict[str, Any]] = {}
    places: dict[str, int] = {}
    linked: dict[int, set[str]] = {}
    for article, slug, language, title, first, cause in _texts(texts):
        linked.setdefault(article, set()).update(_ARTICLE_LINK.findall(cause))
        if article not in rows:
            places[slug] = len(places)
            rows[article] = {
                "url": reverse("troubleshooting:article", kwargs={"slug": slug}),
                "language": language,
                "title": title,
                "codes": [],
                "messages": sorted(messages.get(article, ())),
                **({"first": first} if first else {}),
            }
    for article, code, section, step in _citations():
        _cite(rows[article], code, section, step)
    for place, (article, row) in enumerate(rows.items()):
        others = {places[slug] for slug in linked[article] if slug in places} - {place}
        if others:
            row.setdefault("because", []).extend(sorted(others))
    return JsonResponse({"articles": list(rows.values())})


def _texts(texts: ArticleTranslationQuerySet) -> Iterable[tuple[int, str, str, str, str, str]]:
    """Return article, slug, language, title, first step and, if it links, cause of each text."""
    steps = Step.objects.filter(translation=OuterRef("pk"), position=0).values("anchor")
    links = When(rendered__cause__contains="/articles/", then="rendered__cause")
    rows = texts.best_first(get_language()).annotate(
        first=Subquery(steps[:1]), links=Case(links, default=Value(""), output_field=TextField())
    )
    return rows.values_list("article", "article__slug", "language", "title", "first", "links")


def _citations() -> Iterable[tuple[int, str, str, str | None]]:
    """Return article, code, section and, in a resolution, the step that holds it; by code."""
    said = Step.objects.filter(
        translation=OuterRef("translation"), text__contains=OuterRef("spelling")
    )
    cited = CodeCitation.objects.visible_to(Reader.PUBLIC).annotate(
        step=Case(
            When(
                section="resolution", then=Subquery(said.order_by("position").values("anchor")[:1])
            )
        )
    )
    rows = cited.order_by("code__canonical", "position")
    return rows.values_list("translation__article", "code__canonical", "section", "step")


def _cite(row: dict[str, Any], code: str, section: str, step: str | None) -> None:
    if code not in row["codes"]:
        row["codes"].append(code)
    if section == "cause" and code not in row.setdefault("because", []):
        row["because"].append(code)
    if step:
        row.setdefault("steps", {}).setdefault(code, step)
