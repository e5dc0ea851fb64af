"""What every set of filters shares: chosen values, values not understood, facets to show."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import django_filters

from ..models import Platform
from ..search.facets.declared import FACET_OF, Rows
from ..search.result import FacetValue
from .values import Values


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet; ``count`` is the number of articles that choosing it shows."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetPanel:
    """A question with the values that have an answer; ``name`` is the parameter."""

    name: str
    label: str
    options: list[Option]


class FacetedFilter(django_filters.FilterSet):
    """Filters that are facets: each a parameter with several values; unknown ones are reported.

    ``facet_names`` are those of declared facets; a subclass has a ``MultipleChoiceFilter`` for
    each other one.
    """

    facet_names: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.values = Values()
        for name in self.facet_names:
            if name in FACET_OF:
                self.filters[name].extra["choices"] = partial(self.choices, name)

    @classmethod
    def get_filters(cls) -> OrderedDict[str, django_filters.Filter]:
        """Return the filters of the class, one for each declared facet among them."""
        declared = (FACET_OF[name] for name in cls.facet_names if name in FACET_OF)
        made = {
            facet.name: django_filters.MultipleChoiceFilter(
                field_name=facet.name, label=facet.label
            )
            for facet in declared
        }
        return OrderedDict({**made, **super().get_filters()})

    @property
    def platforms(self) -> dict[str, Platform]:
        """Return all platforms by their slugs."""
        source = FACET_OF["platform"].source
        assert isinstance(source, Rows)
        assert source.vocabulary
        return self.values.rows("platform", source.vocabulary)

    @property
    def ignored(self) -> list[str]:
        """Return the labels of the parameters whose value was not understood."""
        if not self._is_asked:
            return []
        return [self.label(name) for name in self.form.errors if name in self.filters]

    def label(self, name: str) -> str:
        """Return what readers call the facet, in their language."""
        return str(self.filters[name].label)

    def selected(self, name: str) -> list[str]:
        """Return the chosen and known values of a facet."""
        return self._valid.get(name) or []

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """Return the chosen values by facet, for ``SearchRequest.filters``."""
        return {name: found for name in self.facet_names if (found := self.selected(name))}

    @property
    def _is_asked(self) -> bool:
        """Whether the address has any of the parameters; to build the form takes a millisecond."""
        data = self.data or {}
        return any(name in data for name in self.filters)

    @cached_property
    def _valid(self) -> dict[str, list[str]]:
        if not self._is_asked:
            return {}
        _errors = self.form.errors  # reading them is what cleans the data of a bound form
        return getattr(self.form, "cleaned_data", {})

    def choices(self, name: str) -> list[tuple[str, str]]:
        """Return the values of a facet with their labels, in the order in which they are shown."""
        if name in FACET_OF:
            return [
                (value, str(label)) for value, label in self.values.names(FACET_OF[name]).items()
            ]
        return list(self.filters[name].extra["choices"])

    def panels(self, counted: Mapping[str, Sequence[FacetValue]]) -> Iterator[FacetPanel]:
        """Yield the facets that some value is counted of, with these values in their order."""
        for name in self.facet_names:
            if values := counted.get(name):
                labels = dict(self.choices(name))
                options = [
                    Option(one.value, labels.get(one.value, one.value), one.count, one.selected)
                    for one in values
                ]
                yield FacetPanel(name, self.label(name), options)


def chosen_options(facets: list[FacetPanel]) -> list[tuple[FacetPanel, Option]]:
    """Return what is chosen, for the reader to take back one by one."""
    return [(facet, option) for facet in facets for option in facet.options if option.selected]
