"""What the indexes of codes and messages share: filters, order, pages, the articles of a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ...access import reader_of
from ...filters.facets import chosen_options
from ...filters.indexes import SORTS, IndexFilter, IndexRow, facility_label
from ...models import ArticleTranslation, Platform
from ...search.facets.declared import ALL_PLATFORMS
from ..articles import namesakes
from ..base import CachedView

PAGE_SIZE = 50
#: Addresses of rows that are kept: each page of rows would work out fifty again.
ADDRESSES = 4096
#: Articles that a row names; a link leads to the others.
NAMES = 3


class ArticleName(NamedTuple):
    """An article as a row names it, in the best language there is."""

    slug: str
    language: str
    title: str


class ShownRow(NamedTuple):
    """A row as a template needs it; ``more`` articles are not named, no platform means all.

    ``address`` leads to all that there is about the row, ``facilities`` are their labels.
    Values alone, so that a piece of a page is kept by them.
    """

    name: str
    family: str
    changed_at: datetime | None
    address: str
    facilities: tuple[str, ...]
    articles: tuple[ArticleName, ...]
    more: int
    platforms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SortOrder:
    """An order to choose."""

    value: str
    label: str
    selected: bool


class IndexView(CachedView):
    """A page of rows. A subclass knows them, their addresses, and what their names are."""

    name_label: Promise | str = ""

    def rows(self) -> list[IndexRow]:
        """Return every row that the reader may see.

        Raise ``NotImplementedError``: each index says which.
        """
        raise NotImplementedError

    def address(self, name: str) -> str:
        """Return where all that there is about the row of that name can be read.

        Raise ``NotImplementedError``: each index says where.
        """
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = IndexFilter(self.request.GET, self.rows())
        page = Paginator(wanted.matching_rows(), PAGE_SIZE).get_page(self.request.GET.get("page"))
        facets = wanted.facets()
        return super().get_context_data(
            **kwargs,
            filter=wanted,
            name_label=self.name_label,
            facets=facets,
            chosen=chosen_options(facets),
            sorts=list(self._sorts(wanted.sorted_by)),
            page=page,
            pages=page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            rows=self._shown(list(page), wanted.platforms),
        )

    def _sorts(self, current: str) -> Iterable[SortOrder]:
        labels = (self.name_label, _("Number of articles"), _("Recently changed"))
        for value, label in zip(SORTS, labels, strict=True):
            yield SortOrder(value, str(label), value == current)

    def _shown(self, rows: list[IndexRow], platforms: dict[str, Platform]) -> list[ShownRow]:
        named, changed = self._named(rows)
        return [
            ShownRow(
                name=row.name,
                family=next(iter(row.family), ""),
                changed_at=changed.get(row.latest),
                address=self.address(row.name),
                facilities=tuple(facility_label(value) for value in sorted(row.facility)),
                articles=tuple(named[key] for key in row.articles[:NAMES] if key in named),
                more=len(row.articles[NAMES:]),
                platforms=_platforms_of(row, platforms),
            )
            for row in rows
        ]

    def _named(self, rows: list[IndexRow]) -> tuple[dict[int, ArticleName], dict[int, datetime]]:
        """Return by key the articles that ``rows`` name, and when their latest texts changed."""
        articles = {key for row in rows for key in row.articles[:NAMES]}
        wanted = Q(article__in=articles) | Q(pk__in=[row.latest for row in rows])
        texts = ArticleTranslation.objects.visible_to(reader_of(self.request)).filter(wanted)
        found = texts.best_first(self.language)
        named: dict[int, ArticleName] = {}
        changed: dict[int, datetime] = {}
        values = ("article", "pk", "modified", "article__slug", "language", "title")
        for article, text, modified, *words in found.values_list(*values):
            named.setdefault(article, ArticleName(*words))
            changed[text] = modified
        return _told_apart(named, rows, self.language), changed


def _told_apart(
    article_names: dict[int, ArticleName], rows: list[IndexRow], language: str
) -> dict[int, ArticleName]:
    """Return the articles, those of one row with the same title with what tells them apart."""
    alike = set()
    for row in rows:
        of_title = defaultdict(list)
        for key in row.articles[:NAMES]:
            if key in article_names:
                of_title[article_names[key].title].append(key)
        alike |= {key for keys in of_title.values() if len(keys) > 1 for key in keys}
    if not alike:
        return article_names
    names = defaultdict(list)
    pairs = Platform.objects.filter(articles__in=alike).values_list("articles", "name")
    for key, name in pairs.order_by("position", "name"):
        names[key].append(name)
    sharing = {
        key: namesakes.Namesake(article_names[key].title, tuple(names[key]))
        for key in sorted(alike)
    }
    notes = namesakes.notes_on_namesakes(sharing, language)
    titles = {key: f"{article_names[key].title} ({note})" for key, note in notes.items()}
    return article_names | {
        key: article_names[key]._replace(title=title) for key, title in titles.items()
    }


def _platforms_of(row: IndexRow, platforms: dict[str, Platform]) -> tuple[str, ...]:
    if ALL_PLATFORMS in row.platform:
        return ()
    return tuple(platform.name for slug, platform in platforms.items() if slug in row.platform)
