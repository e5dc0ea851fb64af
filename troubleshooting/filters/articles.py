"""The filters of the plain list of articles.

Values of one facet widen the result (Android or iOS), facets narrow it together (Android, and
an error). Every count is that of the whole result, and a value that leads nowhere is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator

import django_filters
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ..models import Article, ArticleTranslation
from ..search.facets import ALL_PLATFORMS
from .facets import Facet, FacetedFilter, Option, language_choices


class ArticleFilter(FacetedFilter):
    """Platform, kind and language; a value that is not known is ignored and reported."""

    platform = django_filters.MultipleChoiceFilter(label=_("Platform"))
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=Article.Kind.choices)
    language = django_filters.MultipleChoiceFilter(
        label=_("Available in"), choices=language_choices
    )

    facet_names = ("platform", "kind", "language")

    class Meta:
        model = Article
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Article]) -> QuerySet[Article]:
        """Return the articles that match every facet."""
        for name in self.facet_names:
            queryset = queryset.filter(self._chosen(name))
        return queryset

    def facets(self) -> list[Facet]:
        """Return all facets with their counts, by one query."""
        keys = [(name, value) for name in self.facet_names for value, _label in self.choices(name)]
        counted = {
            f"n{number}": Count("pk", filter=self._others(name) & self.condition(name, value))
            for number, (name, value) in enumerate(keys)
        }
        assert self.queryset is not None  # the filter stands on the articles of a reader
        found = self.queryset.aggregate(**counted)
        counts = dict(zip(keys, found.values(), strict=True))
        facets = (
            Facet(name, self.label(name), list(self._options(name, counts)))
            for name in self.facet_names
        )
        return [facet for facet in facets if facet.options]

    def condition(self, name: str, value: str) -> Q:
        """Return the condition under which an article has ``value`` in the facet ``name``."""
        if name == "platform":
            return self._platform_condition(value)
        if name == "language":
            texts = ArticleTranslation.objects.filter(article=OuterRef("pk"), language=value)
            return Q(Exists(texts))
        return Q(**{name: value})

    def _platform_condition(self, value: str) -> Q:
        links = Article.platforms.through.objects.filter(article=OuterRef("pk"))
        applies_to_all = ~Q(Exists(links))
        if value == ALL_PLATFORMS:
            return applies_to_all
        return Q(Exists(links.filter(platform=self.platforms[value]))) | applies_to_all

    def _chosen(self, name: str) -> Q:
        condition = Q()
        for value in self.selected(name):
            condition |= self.condition(name, value)
        return condition

    def _others(self, name: str) -> Q:
        condition = Q()
        for other in self.facet_names:
            if other != name:
                condition &= self._chosen(other)
        return condition

    def _options(self, name: str, counts: dict[tuple[str, str], int]) -> Iterator[Option]:
        chosen = self.selected(name)
        for value, label in self.choices(name):
            if counts[name, value] or value in chosen:
                yield self.option(name, value, label, counts[name, value])
