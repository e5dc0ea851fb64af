"""What every set of filters shares: chosen values, values not understood, facets to show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..models import Platform
from ..search.facets import ALL_PLATFORMS


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet; ``count`` is the number of articles that choosing it shows."""

    value: str
    label: str
    count: int
    selected: bool
    platform: Platform | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A question with the values that have an answer; ``name`` is the parameter."""

    name: str
    label: str
    options: list[Option]


class FacetedFilter(django_filters.FilterSet):
    """Filters that are facets: each a parameter with several values; unknown ones are reported.

    A subclass has a ``MultipleChoiceFilter`` for each name in ``facet_names``.
    """

    facet_names: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.platforms = {platform.slug: platform for platform in Platform.objects.all()}
        names = [(slug, platform.name) for slug, platform in self.platforms.items()]
        self.filters["platform"].extra["choices"] = [*names, (ALL_PLATFORMS, _("All platforms"))]

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
        choices = self.filters[name].extra["choices"]
        return list(choices() if callable(choices) else choices)

    def option(self, name: str, value: str, label: str, count: int) -> Option:
        """Return the value of a facet as it is shown."""
        platform = self.platforms.get(value) if name == "platform" else None
        return Option(value, label, count, value in self.selected(name), platform)


def language_choices() -> list[tuple[str, str]]:
    """Return the portal's languages, each by its name in itself."""
    return [(code, capfirst(name)) for code, name in settings.LANGUAGES]


def chosen_options(facets: list[Facet]) -> list[tuple[Facet, Option]]:
    """Return what is chosen, for the reader to take back one by one."""
    return [(facet, option) for facet in facets for option in facet.options if option.selected]
