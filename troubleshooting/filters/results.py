"""The filters of a search: what the search is asked to leave, and the counts it answers with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..models import Article, SearchFacets
from ..search.result import FacetValue
from ..texts.codes import FAMILIES
from .facets import Facet, FacetedFilter, language_choices

FAMILY_LABELS = {family.kind: _(family.label) for family in FAMILIES}


class ResultFilter(FacetedFilter):
    """The facets of a search; the search itself narrows and counts.

    The queryset is what the reader may see, of which only editors see more than one status.
    """

    platform = django_filters.MultipleChoiceFilter(label=_("Platform"))
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=Article.Kind.choices)
    family = django_filters.MultipleChoiceFilter(
        label=_("Code family"),
        choices=list(FAMILY_LABELS.items()),
    )
    language = django_filters.MultipleChoiceFilter(
        label=_("Available in"), choices=language_choices
    )
    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=Article.Status.choices)

    facet_names = ("platform", "kind", "family", "language", "status")

    class Meta:
        model = SearchFacets
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[SearchFacets]) -> QuerySet[SearchFacets]:
        """Return the queryset as it is: counts are of the whole result; the search narrows it."""
        return queryset

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """Return the chosen values by facet, for ``SearchRequest.filters``."""
        return {name: found for name in self.facet_names if (found := self.selected(name))}

    def facets(self, counted: Mapping[str, Sequence[FacetValue]]) -> list[Facet]:
        """Return the facets of a result, with its counts, in its order."""
        facets = []
        for name in self.facet_names:
            labels = {value: str(label) for value, label in self.choices(name)}
            options = [
                self.option(name, one.value, labels.get(one.value, one.value), one.count)
                for one in counted.get(name, ())
            ]
            if options:
                facets.append(Facet(name, self.label(name), options))
        return facets
