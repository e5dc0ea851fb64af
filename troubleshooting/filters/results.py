"""The filters of a search: what the search is asked to leave, and the counts it answers with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from ..models import SearchFacets
from ..search.facets.declared import NAMES
from ..search.result import FacetValue
from .facets import FacetedFilter, FacetPanel


class ResultFilter(FacetedFilter):
    """The facets of a search; the search itself narrows and counts.

    The queryset is what the reader may see, of which only editors see more than one status.
    """

    facet_names = NAMES

    class Meta:
        model = SearchFacets
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[SearchFacets]) -> QuerySet[SearchFacets]:
        """Return the queryset as it is: counts are of the whole result; the search narrows it."""
        return queryset

    def facets(self, counted: Mapping[str, Sequence[FacetValue]]) -> list[FacetPanel]:
        """Return the facets of a result, with its counts, in its order."""
        return list(self.panels(counted))
