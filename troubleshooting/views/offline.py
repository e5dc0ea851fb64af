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
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from ..access import Reader
from ..caching.responses import CachedResponseMixin
from ..models import Article, ArticleTranslation, CodeCitation, Step, Symptom
from ..querysets import ArticleTranslationQuerySet
from .base import PortalView

FOLDER = "portal"
#: What only the administration has: nobody edits without a network.
ADMIN = "admin"
#: What the reader of logs asks for when it meets a cabinet, with a network or without.
UNPACKING = "vendor/fflate/fflate.js"
#: Pages that work without a network, by name.
PAGES = ("home", "offline", "logs")
#: Articles in a part of the index, and the key after which a part begins.
PART = 1000
_KEY = re.compile(r"[0-9]{1,15}")


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
    """Return the paths below ``FOLDER`` of the files that pages of readers load."""
    folder = Path(finders.find(FOLDER) or "")
    paths = (path.relative_to(folder) for path in folder.rglob("*.*"))
    return sorted(
        path.as_posix() for path in paths if path.parts[0] != ADMIN and path.suffix != ".LICENSE"
    )


class OfflineView(PortalView):
    """Search in what was kept, and the button that keeps everything."""

    template_name = "troubleshooting/offline.html"


#: How a cause links to another article.
_ARTICLE_LINK = re.compile(r'href="/[^"]*/articles/([\w-]+)/')


class OfflineIndexView(CachedResponseMixin):
    """Every public article, in the language of the address where it has it, part by part.

    Each has its address, title, and the codes and messages of its texts in all languages: a
    caller's screen need not speak the reader's language. ``first`` is the address of its first
    step, ``steps`` has that of the step which cites a code. ``because`` is what its cause names:
    codes, and the addresses of other articles. What is for staff alone stays out, whoever asks:
    the copy outlives the session. ``next`` is the address of the next part, where there is one.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> JsonResponse:
        """Answer with the part after the article that the address names by its key.

        Raise ``Http404``: it names none.
        """
        after = request.GET.get("after", "0")
        if not _KEY.fullmatch(after):
            raise Http404
        first, last = int(after), _last_after(int(after))
        answer: dict[str, Any] = {"articles": _articles(first, last)}
        if last is not None:
            address = reverse("troubleshooting:offline_index")
            answer["next"] = f"{address}?after={last}"
        return JsonResponse(answer)


def _last_after(first: int) -> int | None:
    """Return the key of the last article of the part after ``first``; None: no part follows."""
    following = Article.objects.visible_to(Reader.PUBLIC).filter(pk__gt=first).order_by("pk")
    keys = list(following.values_list("pk", flat=True)[PART - 1 : PART + 1])
    return keys[0] if len(keys) > 1 else None


def _articles(first: int, last: int | None) -> list[dict[str, Any]]:
    """Return the articles whose keys come after ``first`` and up to ``last`` (None: to the end)."""
    part = {"article__gt": first} | ({} if last is None else {"article__lte": last})
    texts = ArticleTranslation.objects.visible_to(Reader.PUBLIC).filter(**part)
    messages: dict[int, set[str]] = {}
    quoted = Symptom.objects.filter(translation__in=texts).order_by()
    for article, message in quoted.values_list("translation__article", "text"):
        messages.setdefault(article, set()).add(message)
    rows: dict[int, dict[str, Any]] = {}
    linked: dict[int, set[str]] = {}
    for article, slug, language, title, step, cause in _texts(texts):
        linked.setdefault(article, set()).update(_ARTICLE_LINK.findall(cause))
        if article not in rows:
            rows[article] = {
                "url": _address(slug),
                "language": language,
                "title": title,
                "codes": [],
                "messages": sorted(messages.get(article, ())),
                **({"first": step} if step else {}),
            }
    for article, code, section, cited in _citations(part):
        _cite(rows[article], code, section, cited)
    _link(rows, linked)
    return list(rows.values())


def _address(slug: str) -> str:
    return reverse("troubleshooting:article", kwargs={"slug": slug})


def _link(rows: dict[int, dict[str, Any]], linked: dict[int, set[str]]) -> None:
    """Note of each of ``rows`` the public articles among those that its texts link to."""
    named = {slug for slugs in linked.values() for slug in slugs}
    if not named:
        return
    public = Article.objects.visible_to(Reader.PUBLIC).filter(slug__in=named)
    known = set(public.values_list("slug", flat=True))
    for article, row in rows.items():
        others = {_address(slug) for slug in linked[article] & known} - {row["url"]}
        if others:
            row.setdefault("because", []).extend(sorted(others))


def _texts(texts: ArticleTranslationQuerySet) -> Iterable[tuple[int, str, str, str, str, str]]:
    """Return article, slug, language, title, first step and, if it links, cause of each text."""
    steps = Step.objects.filter(translation=OuterRef("pk"), position=0).values("anchor")
    links = When(rendered__cause__contains="/articles/", then="rendered__cause")
    rows = texts.best_first(get_language()).annotate(
        first=Subquery(steps[:1]), links=Case(links, default=Value(""), output_field=TextField())
    )
    return rows.values_list("article", "article__slug", "language", "title", "first", "links")


def _citations(part: dict[str, int]) -> Iterable[tuple[int, str, str, str | None]]:
    """Return article, code, section and, in a resolution, the step that holds it; by code.

    ``part`` names the articles.
    """
    within = {f"translation__{name}": key for name, key in part.items()}
    said = Step.objects.filter(
        translation=OuterRef("translation"), text__contains=OuterRef("spelling")
    )
    cited = (
        CodeCitation.objects.visible_to(Reader.PUBLIC)
        .filter(**within)
        .annotate(
            step=Case(
                When(
                    section="resolution",
                    then=Subquery(said.order_by("position").values("anchor")[:1]),
                )
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
