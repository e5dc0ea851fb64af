"""The filters of the plain list of articles.

Values of one facet widen the result (Android or iOS), facets narrow it together (Android, and
an error). Every count is that of the whole result, and a value that leads nowhere is not shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from django.db.models import BooleanField, Exists, F, Func, OuterRef, QuerySet
from django.http import QueryDict

from ..models import Article, SearchEntry, SearchFacets
from ..search import Browsed, browse
from ..search.engines.contract import is_one_of
from ..search.facets.declared import FACET_OF, FACETS
from ..search.result import FacetValue
from ..walking import FEW
from .facets import FacetedFilter, FacetPanel


def _has_one_of(combinations: frozenset[int]) -> Func:
    """Return the condition on an entry that it has one of thousands of combinations."""
    condition = is_one_of("%(expressions)s", combinations)
    return Func(F("facets"), template=condition, output_field=BooleanField())


class ArticleFilter(FacetedFilter):
    """The facets of a list; a value that is not known is ignored and reported."""

    facet_names = tuple(facet.name for facet in FACETS if facet.is_listed)

    class Meta:
        model = Article
        fields: list[str] = []

    def __init__(
        self, data: QueryDict, articles: QuerySet[Article], visible: QuerySet[SearchFacets]
    ) -> None:
        """Keep what the reader may see: ``articles`` and ``visible``."""
        super().__init__(data, articles)
        self.visible = visible

    def filter_queryset(self, queryset: QuerySet[Article]) -> QuerySet[Article]:
        """Return the articles that match every facet."""
        if not self.chosen_values:
            return queryset
        entries = SearchEntry.objects.filter(_has_one_of(self._browsed.combinations))
        if self.total <= FEW:  # these first, else each of all articles is asked
            return queryset.filter(pk__in=entries.values("article"))
        return queryset.filter(Exists(entries.filter(article=OuterRef("pk"))))

    @property
    def total(self) -> int:
        """Return how many articles match."""
        return self._browsed.total

    def facets(self) -> list[FacetPanel]:
        """Return all facets with their counts, values in the order of lists."""
        counted = self._browsed.facets
        listed = {name: self._listed(name, counted.get(name, ())) for name in self.facet_names}
        return list(self.panels(listed))

    def _listed(self, name: str, counted: Sequence[FacetValue]) -> list[FacetValue]:
        """Return the values that lead somewhere: also those that only articles for all show for.

        The most frequent come first where only these are shown.
        """
        if FACET_OF[name].most:
            return list(counted)
        found = {one.value: one for one in counted}
        for_all = found.get(FACET_OF[name].for_all)
        values = (value for value, _label in self.choices(name))
        if for_all:
            return [found.get(value) or FacetValue(value, for_all.count) for value in values]
        return [found[value] for value in values if value in found]

    @cached_property
    def _browsed(self) -> Browsed:
        return browse(self.visible, self.chosen_values)
