"""What search engines are told: every public page in each of its languages, and what to leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import F, Func, IntegerField, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from ..access import Reader
from ..models import Article, ArticleTranslation, CodeCitation, Platform, SourceDocument

#: Pages of the portal itself, by the names of their addresses.
OWN = ("home", "article_list", "code_list", "message_list", "document_list")
#: Addresses that say nothing by themselves: forms, what needs a person. Results stay open: each
#: names the search page as the canonical one, which only a crawler that reads them can know.
LEFT_OUT = ("suggestions", "gap", "sign_in")
#: Keys that a part of a map spans, and more parts than any map has.
PART, _MOST = 500, 1_000_000


@dataclass(slots=True)
class SitemapPage:
    """A page: the name and arguments of its address, its languages, its last change."""

    name: str
    arguments: dict[str, str] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    changed_at: datetime | None = None


if TYPE_CHECKING:  # at run time it takes no brackets
    PlaceSitemap = Sitemap[SitemapPage]
    AnyPaginator = Paginator[Any]
else:
    PlaceSitemap, AnyPaginator = Sitemap, Paginator


class _Parts(AnyPaginator):
    """The parts of a map by number, each read by itself when it is asked for."""

    def __init__(self, sitemap: PortalSitemap) -> None:
        super().__init__([], 1)
        self._sitemap = sitemap

    def page(self, number: int | str) -> Page[Any]:
        """Return the part as Django's page. Raise ``InvalidPage``: there is no such part."""
        try:
            part = int(number)
        except ValueError as error:
            raise PageNotAnInteger(number) from error
        items = self._sitemap.items_of(part) if 0 < part < _MOST else []
        if not items and part != 1:
            raise EmptyPage(number)
        return Page([(one, code) for one in items for code in one.languages], part, self)


class PortalSitemap(PlaceSitemap):
    """Pages with their alternates, in parts: none costs more than its own pages.

    A part holds the rows whose keys lie in a range, so that it keeps its pages while others come
    and go. A subclass says which parts there are and what is in each.
    """

    i18n = True
    alternates = True
    x_default = True

    @property
    def paginator(self) -> Paginator[Any]:
        return _Parts(self)

    def parts(self) -> Sequence[int]:
        """Return the numbers of the parts that hold anything, from 1."""
        return [1]

    def items_of(self, part: int) -> list[SitemapPage]:
        """Return the pages of a part. Raise ``NotImplementedError``: a subclass has to say."""
        raise NotImplementedError

    def get_languages_for_item(self, item: SitemapPage) -> list[str]:
        return item.languages

    def location(self, item: SitemapPage) -> str:
        return reverse(f"troubleshooting:{item.name}", kwargs=item.arguments)

    def lastmod(self, item: SitemapPage) -> datetime | None:
        return item.changed_at


def _parts_of(rows: QuerySet[Any], key: str) -> list[int]:
    """Return the numbers of the ranges in which some of ``rows`` have their ``key``."""
    # As the databases divide whole numbers: Django would have PostgreSQL divide fractions.
    part = Func(
        F(key), Value(PART), template="%(expressions)s", arg_joiner=" / ",
        output_field=IntegerField(),
    )  # fmt: skip
    numbers = rows.order_by().annotate(part=part).values_list("part", flat=True).distinct()
    return [number + 1 for number in sorted(numbers)]


def _within(part: int, key: str) -> Q:
    """Return the condition that ``key`` lies in the range of a part."""
    return Q((f"{key}__gte", (part - 1) * PART), (f"{key}__lt", part * PART))


class OwnPages(PortalSitemap):
    def items_of(self, part: int) -> list[SitemapPage]:
        if part > 1:
            return []
        slugs = Platform.objects.values_list("slug", flat=True)
        own = [SitemapPage(name, languages=_languages()) for name in OWN]
        return own + [SitemapPage("platform", {"slug": slug}, _languages()) for slug in slugs]


class Articles(PortalSitemap):
    def parts(self) -> Sequence[int]:
        return _parts_of(Article.objects.visible_to(Reader.PUBLIC), "pk")

    def items_of(self, part: int) -> list[SitemapPage]:
        texts = ArticleTranslation.objects.visible_to(Reader.PUBLIC)
        rows = texts.filter(_within(part, "article")).order_by("article", "language")
        return _by_language(
            "article", "slug", rows.values_list("article__slug", "language", "modified")
        )


class Codes(PortalSitemap):
    def parts(self) -> Sequence[int]:
        return _parts_of(CodeCitation.objects.visible_to(Reader.PUBLIC), "code_id")

    def items_of(self, part: int) -> list[SitemapPage]:
        cited = CodeCitation.objects.visible_to(Reader.PUBLIC).filter(_within(part, "code"))
        names = cited.order_by("code__canonical").values_list("code__canonical", flat=True)
        return [SitemapPage("code", {"canonical": name}, _languages()) for name in names.distinct()]


class Documents(PortalSitemap):
    """A document has a row for each language; their keys may lie in several parts."""

    def parts(self) -> Sequence[int]:
        return range(1, -(-self._keys().count() // PART) + 1)

    def items_of(self, part: int) -> list[SitemapPage]:
        keys = list(self._keys()[(part - 1) * PART : part * PART])
        rows = SourceDocument.objects.visible_to(Reader.PUBLIC).filter(key__in=keys)
        rows = rows.order_by("key", "language")
        return _by_language("document", "key", rows.values_list("key", "language", "imported"))

    def _keys(self) -> QuerySet[Any, str]:
        rows = SourceDocument.objects.visible_to(Reader.PUBLIC).order_by("key")
        return rows.values_list("key", flat=True).distinct()


SITEMAPS = {"pages": OwnPages, "articles": Articles, "codes": Codes, "documents": Documents}


@x_robots_tag
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Answer with the addresses of all parts.

    Django's own reads every page of every map for the last change of each.
    """
    sites = [
        SitemapIndexItem(f"{address}?p={part}" if part > 1 else address)
        for name, sitemap in SITEMAPS.items()
        for address in [request.build_absolute_uri(reverse("sitemap", args=[name]))]
        for part in sitemap().parts()
    ]
    context = {"sitemaps": sites}
    return TemplateResponse(request, "sitemap_index.xml", context, content_type="application/xml")


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _by_language(
    name: str, key: str, rows: Iterable[tuple[str, str, datetime]]
) -> list[SitemapPage]:
    """Return a place for each value of ``key``, in those languages of its rows that are offered."""
    offered = _languages()
    places: dict[str, SitemapPage] = defaultdict(lambda: SitemapPage(name))
    for value, language, changed in rows:
        if language in offered:
            place = places[value]
            place.arguments = {key: value}
            place.languages.append(language)
            place.changed_at = max(changed, place.changed_at or changed)
    return list(places.values())


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Return ``robots.txt``: everything where everyone may read, but forms."""
    lines = ["User-agent: *"]
    if getattr(settings, "SIGN_IN_REQUIRED", False):
        lines.append("Disallow: /")
    else:
        lines += [f"Disallow: {path}" for path in _left_out()]
        lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap_index'))}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _left_out() -> Iterable[str]:
    for language in _languages():
        with override(language):
            yield reverse("admin:index")
            yield from (reverse(f"troubleshooting:{name}") for name in LEFT_OUT)
