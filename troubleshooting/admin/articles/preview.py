"""The live preview: what a text becomes, what was recognised in it, what is worth a second look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from ...access import reader_of
from ...addresses import own_hosts
from ...checking import CheckedText, Finding, check
from ...editing import Preview, article_of_form, preview
from ...editing.refusals import refusal
from ...models import Article
from ...texts.bounded import UnrenderableText
from ...texts.codes import Code
from ...texts.codes.decoding.wording import Decoded, decoded
from ...texts.languages import UNTRANSLATED
from ...texts.sections import TEXTS
from ..generics import editor_of
from ..parts import keys_among
from .languages import chosen_language

_PAGE = "admin/troubleshooting/articles/form/preview.html"
#: Codes that are taken apart: a text that is a list of codes has its figure all the same.
MOST_CODES = 100
_REPORT = "admin/troubleshooting/articles/form/report.html"


@dataclass(frozen=True, slots=True)
class CitedCode:
    """A code as the text cites it, taken apart."""

    code: Code
    spellings: tuple[str, ...]
    decoded: Decoded | None


@dataclass(frozen=True, slots=True)
class TextPreview:
    """What an editor sees of a text beside the text itself; ``refused`` where it has no page."""

    preview: Preview | None
    codes: tuple[CitedCode, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: str = ""

    def context(self, language: str) -> dict[str, Any]:
        """Return what the templates of the page and of the report show."""
        structured = self.preview.structured if self.preview else None
        return {
            "seen": self,
            "language": language,
            "structured": structured,
            "counts": structured.counts() if structured else {},
            "preview_title": self.preview.texts["title"] if self.preview else "",
        }


def see(
    request: HttpRequest,
    texts: Mapping[str, str],
    language: str,
    article: Article | None,
    *,
    kind: str,
    platforms: Iterable[object],
) -> TextPreview:
    """Return what ``texts`` would become in the article (None: a new one).

    ``platforms`` are as a form has them (``keys_among``).
    """
    key = article.pk if article else None
    try:
        made = preview(texts, language, key)
    except UnrenderableText as error:
        return TextPreview(None, refused=refusal(error))
    draft = CheckedText(
        texts=made.texts,
        language=language,
        structured=made.structured,
        links=made.links,
        typed=texts,
        reader=reader_of(request),
        article=key,
        kind=kind,
        platforms=frozenset(keys_among(platforms)),
        own_hosts=own_hosts() | {request.get_host().casefold()},
    )
    return TextPreview(made, tuple(_codes(draft)), tuple(check(draft)))


class CheckedLanguage(NamedTuple):
    """What is worth a second look in a text, and why it has no page, if it has none."""

    language: str
    findings: tuple[Finding, ...]
    refused: str


def check_texts(
    request: HttpRequest,
    texts: Mapping[str, Mapping[str, str]],
    article: Article,
    *,
    kind: str,
    platforms: Iterable[int],
) -> list[CheckedLanguage]:
    """Return what there is to say of ``texts``, by language, of the article or of a part of it."""
    keys = list(platforms)
    seen = {
        language: see(request, said, language, article, kind=kind, platforms=keys)
        for language, said in texts.items()
    }
    return [CheckedLanguage(code, one.findings, one.refused) for code, one in seen.items()]


def _codes(draft: CheckedText) -> Iterator[CitedCode]:
    """Yield the first codes of a text as it spells them; the report says how many there are."""
    spellings: dict[str, dict[str, None]] = {}
    for item in draft.structured.codes:
        spellings.setdefault(item.code.canonical, {})[item.spelling] = None
    for canonical, code in islice(draft.codes.items(), MOST_CODES):
        other = tuple(spelling for spelling in spellings[canonical] if spelling != canonical)
        yield CitedCode(code, other, decoded(code, get_language() or UNTRANSLATED))


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the address that a form posts its texts to, to see what they become."""

    @require_POST
    def answer(request: HttpRequest) -> JsonResponse:
        article = _article(model_admin, request)
        language = chosen_language(request, article)
        seen = see(
            request,
            {name: request.POST.get(name, "") for name in TEXTS},
            language,
            article,
            kind=request.POST.get("kind", ""),
            platforms=request.POST.getlist("platforms"),
        )
        context = seen.context(language)
        answered = {"report": render_to_string(_REPORT, context, request)}
        if seen.preview:
            answered["page"] = render_to_string(_PAGE, context, request)
        return JsonResponse(answered)

    view = model_admin.admin_site.admin_view(answer)
    return [path("preview/", view, name="troubleshooting_article_preview")]


def _article(model_admin: ModelAdmin[Any], request: HttpRequest) -> Article | None:
    """Return the article of the form; a form of a new one may have made it a moment ago."""
    key = request.POST.get("article", "")
    if key.isdecimal():
        article = model_admin.get_object(request, key)
    else:
        article = article_of_form(editor_of(request), request.POST.get("draft", "")[:60])
    if not model_admin.has_view_or_change_permission(request, article):
        raise PermissionDenied
    return article
