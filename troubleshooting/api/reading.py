"""The operations that read. What each may show is decided by ``access.reader_of`` alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Query, Schema

from ..access import reader_of
from ..models import Article, ErrorCode, Platform, SearchFacets, SourceDocument
from ..narrowing import read_narrowing, search_narrowed
from ..querysets import platforms_with_counts
from ..representing.articles import ArticleText, article_text, record, texts_of
from ..representing.decoding import LONGEST, Decoding, decode
from ..representing.diagnosis import Diagnosis, diagnose
from ..representing.incidents import current_notices
from ..search import SearchRequest, SearchResult, Suggestion, browse, search, suggest
from ..search.facets.declared import ALL_PLATFORMS
from ..texts.codes import ReadingKind, readings
from .inputs import (
    LONGEST_QUERY,
    ONE_ERRORS,
    READ_ERRORS,
    Cursor,
    Language,
    LogIn,
    Number,
    Problem,
    Slug,
    Text,
    place_of,
)
from .interface import api
from .reasons import RefusedValue, WrongValueError, unknown_value

QueryText = Annotated[Text, Query(max_length=LONGEST_QUERY)]


class ArticlePage(Schema):
    """Texts, one an article and language; ``next`` is the cursor of the rest, empty at the end."""

    items: list[ArticleText]
    next: str


class PlatformOut(Schema):
    """A platform with the number of articles about it, those that apply to all included."""

    slug: str
    name: str
    article_count: int


class DocumentOut(Schema):
    """A document that articles come from, in one language."""

    key: str
    language: str
    title: str
    source_url: str
    licence: str
    licence_url: str
    attribution: str


class IncidentOut(Schema):
    """An incident that is shown now; ``language`` is empty where it is for every reader.

    It is pinned to platforms, codes and articles, or to nothing: then it concerns everybody.
    """

    number: int
    text: str
    language: str
    starts: datetime
    ends: datetime
    platforms: list[str]
    codes: list[str]
    articles: list[int]


def _search(request: HttpRequest, language: str, text: str, **more: Any) -> SearchResult:
    visible = SearchFacets.objects.visible_to(reader_of(request))
    return search(visible, SearchRequest(text, language, **more))


def _codes(text: str) -> list[str]:
    """Return the canonical forms that a code in any form may mean, and the text itself.

    Raise ``WrongValueError``: it is no code.
    """
    sure = (ReadingKind.EXACT, ReadingKind.HEX, ReadingKind.WIN32)
    found = readings(text)
    if not found and not ErrorCode.objects.filter(canonical=text).exists():
        raise WrongValueError([RefusedValue("query.code", "unknown", _("It is not a code."))])
    return [text, *(one.canonical for one in found if one.kind in sure)]


def _check_platforms(slugs: Sequence[str], place: str = "query.platform") -> None:
    """Raise ``WrongValueError``: one of the platforms is none."""
    known = {*Platform.objects.values_list("slug", flat=True), ALL_PLATFORMS}
    if strange := [one for one in slugs if one not in known]:
        raise WrongValueError(unknown_value(place, one, known) for one in strange)


@api.get("/articles/", response={200: ArticlePage, **READ_ERRORS}, operation_id="listArticles")
def list_articles(
    request: HttpRequest,
    language: Language = "",
    platform: Text = "",
    code: Text = "",
    cursor: Cursor = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> dict[str, Any]:
    """List texts in the order in which they were written first."""
    reader = reader_of(request)
    texts = texts_of(reader).filter(pk__gt=place_of(cursor)).order_by("pk")
    if language:
        texts = texts.filter(language=language)
    if platform:
        _check_platforms([platform])
        is_all = platform == ALL_PLATFORMS
        wanted = {"article__platforms": None} if is_all else {"article__platforms__slug": platform}
        texts = texts.filter(**wanted)
    if code:
        articles = Article.objects.visible_to(reader).with_code(*_codes(code))
        texts = texts.filter(article__in=articles)
    rows = list(texts[: limit + 1])
    more = len(rows) > limit
    return {
        "items": [record(row, reader) for row in rows[:limit]],
        "next": str(rows[limit - 1].pk) if more else "",
    }


@api.get(
    "/articles/{number}/", response={200: ArticleText, **ONE_ERRORS}, operation_id="readArticle"
)
def read_article(
    request: HttpRequest,
    number: Number,
    language: Language = "",
) -> ArticleText:
    """Read an article by its number, in the language asked for or else in another that it has."""
    found = article_text(reader_of(request), language or get_language(), number=number)
    if found is None:
        raise Http404
    return found


@api.get(
    "/articles/by-address/{slug}/",
    response={200: ArticleText, **ONE_ERRORS},
    operation_id="readArticleAtAddress",
)
def read_article_at(request: HttpRequest, slug: Slug, language: Language = "") -> ArticleText:
    """Read an article by the last part of its address, or of one that it had before."""
    known = Article.objects.visible_to(reader_of(request)).at_address(slug).first()
    found = known and article_text(reader_of(request), language or get_language(), number=known.pk)
    if not found:
        raise Http404
    return found


@api.get(
    "/platforms/", response={200: list[PlatformOut], **READ_ERRORS}, operation_id="listPlatforms"
)
def list_platforms(request: HttpRequest) -> Any:
    """List the platforms in their order."""
    return list(_counted(Platform.objects.all(), request))


def _counted(platforms: QuerySet[Platform], request: HttpRequest) -> QuerySet[Platform]:
    """Annotate the platforms with how many articles whoever asks may read about them."""
    counted = browse(SearchFacets.objects.visible_to(reader_of(request)), {})
    return platforms_with_counts(platforms, counted)


@api.get(
    "/platforms/{slug}/",
    response={200: PlatformOut, **ONE_ERRORS},
    operation_id="readPlatform",
)
def read_platform(request: HttpRequest, slug: Slug) -> Any:
    """Read a platform by the last part of its address."""
    one = next(iter(_counted(Platform.objects.filter(slug=slug), request)), None)
    if one is None:
        raise Http404
    return one


@api.get(
    "/documents/", response={200: list[DocumentOut], **READ_ERRORS}, operation_id="listDocuments"
)
def list_documents(request: HttpRequest) -> Any:
    """List the documents that articles come from."""
    seen = SourceDocument.objects.visible_to(reader_of(request))
    documents = seen.order_by("key", "language")
    return list(documents.values(*DocumentOut.model_fields))


@api.get(
    "/incidents/", response={200: list[IncidentOut], **READ_ERRORS}, operation_id="listIncidents"
)
def list_incidents(request: HttpRequest, language: Language = "") -> list[dict[str, Any]]:
    """List the incidents of this moment, those of one language and of all if it is named."""
    found = current_notices(reader_of(request))
    return [
        {
            **one._asdict(),
            "platforms": sorted(one.platforms),
            "codes": sorted(one.codes),
            "articles": sorted(one.articles),
        }
        for one in found
        if not language or one.language in ("", language)
    ]


@api.get("/codes/decode/", response={200: Decoding, **READ_ERRORS}, operation_id="decodeCode")
def decode_code(
    request: HttpRequest,
    code: Annotated[Text, Query(min_length=1, max_length=LONGEST)],
    language: Language = "",
) -> Decoding:
    """Take a code in any form apart."""
    return decode(code, language or get_language())


@api.get("/search/", response={200: SearchResult, **READ_ERRORS}, operation_id="search")
def search_articles(
    request: HttpRequest,
    q: QueryText,
    language: Language = "",
    platform: Annotated[list[Text], Query(max_length=20)] = [],  # noqa: B006  # ninja copies it
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=1000)] = 0,
) -> SearchResult:
    """Search as the page does, `in:`, `"..."` and `-word` included; nothing is noted of it."""
    _check_platforms(platform)
    reader = reader_of(request)
    visible, narrowing = SearchFacets.objects.visible_to(reader), read_narrowing(q, reader)
    asked = (visible, narrowing, language or get_language(), {"platform": platform})
    return search_narrowed(*asked, limit=limit, offset=offset).whole()


@api.get(
    "/search/suggestions/", response={200: list[Suggestion], **READ_ERRORS}, operation_id="suggest"
)
def suggest_texts(request: HttpRequest, q: QueryText, language: Language = "") -> list[Suggestion]:
    """Suggest what the beginning of a query may become."""
    visible = SearchFacets.objects.visible_to(reader_of(request))
    return suggest(visible, q, language or get_language())


@api.post(
    "/diagnose/", response={200: Diagnosis, 400: Problem, **READ_ERRORS}, operation_id="diagnose"
)
def diagnose_log(request: HttpRequest, log: LogIn, language: Language = "") -> Diagnosis:
    """Say what a log shows, when, and which articles are about it. The text is kept nowhere."""
    wanted = language or get_language()
    return diagnose(log.text, wanted, lambda text: _search(request, wanted, text))
