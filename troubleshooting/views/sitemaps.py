"""What search engines are told: every public page in each of its languages, and what to leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from ..access import Reader
from ..models import ArticleTranslation, CodeCitation, Platform, SourceDocument

#: Pages of the portal itself, by the names of their addresses.
OWN = ("home", "article_list", "code_list", "message_list", "document_list")
#: Addresses that say nothing by themselves: forms, what needs a person. Results stay open: each
#: names the search page as the canonical one, which only a crawler that reads them can know.
LEFT_OUT = ("suggestions", "gap", "sign_in")


@dataclass(slots=True)
class SitemapPage:
    """A page: the name and arguments of its address, its languages, its last change."""

    name: str
    arguments: dict[str, str] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    changed: datetime | None = None


if TYPE_CHECKING:  # at run time it takes no brackets
    PlaceSitemap = Sitemap[SitemapPage]
else:
    PlaceSitemap = Sitemap


class PortalSitemap(PlaceSitemap):
    """Pages with their alternates; a subclass has ``items``."""

    i18n = True
    alternates = True
    x_default = True
    limit = 2000

    def items(self) -> list[SitemapPage]:
        raise NotImplementedError

    def get_languages_for_item(self, item: SitemapPage) -> list[str]:
        return item.languages

    def location(self, item: SitemapPage) -> str:
        return reverse(f"troubleshooting:{item.name}", kwargs=item.arguments)

    def lastmod(self, item: SitemapPage) -> datetime | None:
        return item.changed


class OwnPages(PortalSitemap):
    def items(self) -> list[SitemapPage]:
        slugs = Platform.objects.values_list("slug", flat=True)
        own = [SitemapPage(name, languages=_languages()) for name in OWN]
        return own + [SitemapPage("platform", {"slug": slug}, _languages()) for slug in slugs]


class Articles(PortalSitemap):
    def items(self) -> list[SitemapPage]:
        texts = ArticleTranslation.objects.visible_to(Reader.PUBLIC).order_by("article", "language")
        return _by_language(
            "article", "slug", texts.values_list("article__slug", "language", "modified")
        )


class Codes(PortalSitemap):
    def items(self) -> list[SitemapPage]:
        cited = CodeCitation.objects.visible_to(Reader.PUBLIC).order_by("code__canonical")
        names = cited.values_list("code__canonical", flat=True).distinct()
        return [SitemapPage("code", {"canonical": name}, _languages()) for name in names]


class Documents(PortalSitemap):
    def items(self) -> list[SitemapPage]:
        rows = SourceDocument.objects.visible_to(Reader.PUBLIC).order_by("key", "language")
        return _by_language("document", "key", rows.values_list("key", "language", "imported"))


SITEMAPS = {"pages": OwnPages, "articles": Articles, "codes": Codes, "documents": Documents}


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
            place.changed = max(changed, place.changed or changed)
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
