"""The filters of the indexes of codes and messages, over rows that are read as a whole.

A row is narrowed by what its articles have: their platforms, and the families and facilities of
codes. Counts are of rows, each facet's under the choices in the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import ErrorCode
from ..search.words.folding import fold
from ..texts.codes import HEX, hresult_of
from .facets import FacetedFilter, FacetPanel, Option

#: The value of the facility facet for codes of makers other than the system's.
OTHER_MAKER = "customer"
SORTS = ("name", "articles", "recent")


class IndexRow(NamedTuple):
    """A code or a message, with the keys of the articles that hold it.

    ``latest`` is the key of the text of them that changed last, ``rank`` its place among all
    texts in the order of their changes. ``platform`` holds every slug, and ``ALL_PLATFORMS``,
    where one of the articles applies to all. The last three are named as their facets are.
    """

    name: str
    articles: tuple[int, ...]
    latest: int
    rank: int
    family: frozenset[str]
    facility: frozenset[str]
    platform: frozenset[str]


class IndexFilter(FacetedFilter):
    """Family, facility and platform, and the order; a value not known is ignored and reported."""

    facility = django_filters.MultipleChoiceFilter(label=gettext_lazy("Facility"))
    sort = django_filters.ChoiceFilter(
        label=gettext_lazy("Order"), choices=[(name, name) for name in SORTS]
    )

    q = django_filters.CharFilter(label=gettext_lazy("Words"), max_length=100)

    facet_names = ("family", "facility", "platform")

    class Meta:
        model = ErrorCode
        fields: list[str] = []

    def __init__(self, data: QueryDict, rows: Sequence[IndexRow]) -> None:
        """Keep ``rows``, which are in the order of their names."""
        super().__init__(data, ErrorCode.objects.none())
        self.rows = rows
        facilities = Counter(chain.from_iterable(row.facility for row in rows))
        self.filters["facility"].extra["choices"] = [
            (value, facility_label(value)) for value, _count in facilities.most_common()
        ]

    @property
    def sorted_by(self) -> str:
        """Return the order that was asked for, of ``SORTS``."""
        return str(self.selected("sort") or "name")

    @property
    def typed(self) -> str:
        """Return the words that names have to hold, all of them and wherever."""
        return str((self.data or {}).get("q", ""))[:100].strip()

    def matching_rows(self) -> list[IndexRow]:
        """Return the rows that match every facet, in the order that was asked for."""
        found = self._matching(self.facet_names)
        order = _ORDERS.get(self.sorted_by)
        return sorted(found, key=order) if order else found

    def facets(self) -> list[FacetPanel]:
        """Return the facets with their counts; a value that leads nowhere is not shown."""
        facets = (self._facet(name) for name in self.facet_names)
        return [facet for facet in facets if facet.options]

    def _facet(self, name: str) -> FacetPanel:
        rows = self._matching(other for other in self.facet_names if other != name)
        counts = Counter(chain.from_iterable(map(attrgetter(name), rows)))
        chosen = self.selected(name)
        options = [
            Option(value, label, counts[value], value in chosen)
            for value, label in self.choices(name)
            if counts[value] or value in chosen
        ]
        return FacetPanel(name, self.label(name), options)

    def _matching(self, names: Iterable[str]) -> list[IndexRow]:
        rows = list(self.rows)
        for word in fold(self.typed).split():
            rows = [row for row in rows if word in fold(row.name)]
        for name in names:
            if wanted := frozenset(self.selected(name)):
                values = attrgetter(name)
                rows = [row for row in rows if not wanted.isdisjoint(values(row))]
        return rows


# Sorting keeps the order of names among equals.
_ORDERS: dict[str, Callable[[IndexRow], int]] = {
    "articles": lambda row: -len(row.articles),
    "recent": lambda row: -row.rank,
}


def facility_of(kind: str, value: int | None) -> str | None:
    """Return the facility of a code by its name, by its number where it has none.

    None for no HRESULT.
    """
    hresult = hresult_of(value) if kind == HEX else None
    if hresult is None:
        return None
    if hresult.customer:
        return OTHER_MAKER
    return hresult.facility_name or str(hresult.facility)


def facility_label(value: str) -> str:
    """Return what readers see of a facility."""
    if value == OTHER_MAKER:
        return _("of another maker")
    return _("No. %(number)s") % {"number": value} if value.isdecimal() else value
