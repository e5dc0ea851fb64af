"""What programs are told of the portal: how to search it, and a map for language models."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ..access import Reader, reader_of
from ..models import ArticleTranslation, SearchFacets
from ..representing.writing import Form
from ..search import suggest

#: Articles of a language that ``llms.txt`` names, the last ones changed.
_ARTICLES = 300
_DAY = 24 * 3600


@require_safe
@cache_control(max_age=_DAY)
def opensearch(request: HttpRequest) -> HttpResponse:
    """Return ``opensearch.xml``: lets browsers search the portal (OpenSearch 1.1, draft 6)."""
    site = request.build_absolute_uri("/").rstrip("/")
    return render(
        request,
        "opensearch.xml",
        {"site": site},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )


@require_safe
@cache_control(private=True, max_age=60)
def opensearch_suggestions(request: HttpRequest) -> JsonResponse:
    """Return ``[typed, [texts]]``, as browsers read it (OpenSearch Suggestions 1.0)."""
    typed = request.GET.get("q", "")
    visible = SearchFacets.objects.visible_to(reader_of(request))
    found = suggest(visible, typed, get_language())
    return JsonResponse(
        [typed, [one.text for one in found]],
        safe=False,
        content_type="application/x-suggestions+json",
    )


@require_safe
def llms_txt(request: HttpRequest) -> HttpResponse:
    """Return ``llms.txt``.

    The public articles with the addresses of their Markdown (llmstxt.org).
    """
    site = request.build_absolute_uri("/").rstrip("/")
    lines = [line for code, _name in settings.LANGUAGES for line in _articles(site, code)]
    with override(settings.LANGUAGE_CODE):
        about = _("Known problems and error codes with their causes and resolutions, by platform.")
        head = [f"# {_('Troubleshooting portal')}", "", f"> {about}"]
    text = "\n".join([*head, *lines, ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _articles(site: str, language: str) -> Iterator[str]:
    """Yield the lines about a language."""
    texts = (
        ArticleTranslation.objects.visible_to(Reader.PUBLIC)
        .filter(language=language)
        .select_related("article", "rendered")
        .only("title", "article__slug", "rendered__summary")
        .order_by("-modified", "article__slug")[:_ARTICLES]
    )
    form = Form(is_markdown=True)
    yield from ("", f"## {_own_name(language)}", "")
    with override(language):
        for text in texts:
            address = reverse("troubleshooting:article_markdown", args=[text.article.slug])
            summary = text.rendered.summary if hasattr(text, "rendered") else ""
            said = f": {form.words(' '.join(summary.split()))}" if summary else ""
            yield f"- [{form.words(text.title)}]({site}{address}){said}"
        search = f"{site}{reverse('troubleshooting:search')}?q="
        yield f"- [{form.words(_('Search'))}]({search})"


def _own_name(language: str) -> str:
    name: str = get_language_info(language)["name_local"]
    return name[:1].upper() + name[1:]
