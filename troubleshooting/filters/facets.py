"""What every set of filters shares: chosen values, values not understood, facets to show."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django.http import QueryDict

from ..models import Platform
from ..search.facets.declared import FACET_OF, Facet, Rows
from ..search.result import FacetValue
from .values import ValueName, Values, name_of

#: The parameter that names the facets of which all values are to be shown.
MORE = "more"
#: Fewer values than these are not worth a link to them.
_FEW = 3
#: All values that a page can take; a list of thousands would be read by nobody.
_WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet; ``count`` is the number of articles that choosing it shows.

    ``language`` is set where the label is not in the reader's.
    """

    value: str
    label: str
    count: int
    selected: bool
    language: str = ""


@dataclass(frozen=True, slots=True)
class FacetPanel:
    """A question with the values that have an answer; ``name`` is the parameter.

    ``more`` values are not shown but can be asked for; ``is_whole`` tells that they were.
    """

    name: str
    label: str
    options: list[Option]
    more: int = 0
    is_whole: bool = False


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
                self.filters[name].extra["choices"] = self._choices_of(name)

    def _choices_of(self, name: str) -> Callable[[], list[tuple[str, str]]]:
        """Return a function, which a form copies with its fields, but not with what it knows."""
        return lambda: self.choices(name)

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
    def chosen_values(self) -> dict[str, list[str]]:
        """Return the chosen values by facet, for ``SearchRequest.filters``."""
        return {name: found for name in self.facet_names if (found := self.selected(name))}

    @property
    def _is_asked(self) -> bool:
        """Return whether the address has any of the parameters.

        To build the form takes a millisecond.
        """
        data = self.data or {}
        return any(name in data for name in self.filters)

    @cached_property
    def _valid(self) -> dict[str, list[str]]:
        if not self._is_asked:
            return {}
        _errors = self.form.errors  # reading them is what cleans the data of a bound form
        return getattr(self.form, "cleaned_data", {})

    def choices(self, name: str) -> list[tuple[str, str]]:
        """Return the values of a facet with their labels, in the order in which they are shown.

        Of a long vocabulary it is those values that the address asks for.
        """
        if name not in FACET_OF:
            return list(self.filters[name].extra["choices"])
        asked = filter(str.isprintable, self._parameters(name))  # a database may refuse others
        names = self.values.names(FACET_OF[name], list(asked))
        return [(value, str(one.text)) for value, one in names.items()]

    def panels(self, counted: Mapping[str, Sequence[FacetValue]]) -> Iterator[FacetPanel]:
        """Yield the facets that some value is counted of, with these values in their order."""
        for name in self.facet_names:
            if values := counted.get(name):
                yield self._panel(FACET_OF[name], values)

    def _panel(self, facet: Facet, values: Sequence[FacetValue]) -> FacetPanel:
        is_whole = facet.name in self._parameters(MORE) and len(values) > facet.most > 0
        shown = list(values[:_WHOLE])
        if facet.most and not is_whole and len(values) >= facet.most + _FEW:
            rest = (one for one in values[facet.most :] if one.selected)
            shown = [*values[: facet.most], *rest]
        known = self.values.names(facet)
        names = [name_of(one.names) or known.get(one.value, ValueName(one.value)) for one in shown]
        labels = Counter(str(name.text) for name in names)
        options = []
        for one, name in zip(shown, names, strict=True):
            label = str(name.text)
            if labels[label] > 1:  # two documents of one title
                label = f"{label} ({one.value})"
            options.append(Option(one.value, label, one.count, one.selected, name.language))
        more = len(values) - len(shown)
        return FacetPanel(facet.name, self.label(facet.name), options, more, is_whole)

    def _parameters(self, name: str) -> list[str]:
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []


def chosen_options(facets: list[FacetPanel]) -> list[tuple[FacetPanel, Option]]:
    """Return what is chosen, for the reader to take back one by one."""
    return [(facet, option) for facet in facets for option in facet.options if option.selected]
