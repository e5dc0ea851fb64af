"""Facets: which combinations a reader may see and has chosen, and what each value would show.

Pure. A few hundred combinations stand for all articles, so that the counts of every facet come
from one grouped query. Values of one facet widen (Android or iOS), facets narrow together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .result import FacetValue

#: The facets, in the order in which they are shown.
NAMES = ("platform", "kind", "family", "language", "status")
#: The platform value of articles that apply to all platforms.
ALL_PLATFORMS = "all"


@dataclass(frozen=True, slots=True)
class FacetSet:
    """A combination: the values that its articles have in each facet."""

    id: int
    values: Mapping[str, frozenset[str]]

    def shows(self, facet: str, chosen: Iterable[str]) -> bool:
        """Whether its articles show when ``chosen`` values of ``facet`` are asked for.

        Articles for all platforms show for each of them.
        """
        mine = self.values[facet]
        return any(value in mine for value in chosen) or (
            facet == "platform" and ALL_PLATFORMS in mine
        )


def members(column: str) -> frozenset[str]:
    """The members of a stored set: ``",3,7,"`` gives 3 and 7."""
    return frozenset(filter(None, column.split(",")))


class Combinations:
    """The combinations that a reader may see. Made once and shared by many searches."""

    def __init__(self, sets: Iterable[FacetSet]) -> None:
        self.by_id = {one.id: one for one in sets}
        self.ids = frozenset(self.by_id)
        self.statuses = frozenset(
            value for one in self.by_id.values() for value in one.values["status"]
        )


class Scope:
    """The combinations that the reader may see, and the values chosen.

    ``chosen`` maps facets to values; unknown facets and empty choices are left out. ``hidden``
    tells whether there are combinations that the reader may not see.
    """

    def __init__(
        self,
        visible: Combinations,
        chosen: Mapping[str, Sequence[str]],
        hidden: bool = False,
    ) -> None:
        self.visible = visible.by_id
        self.ids = visible.ids
        self.statuses = visible.statuses
        self.chosen = {name: tuple(chosen[name]) for name in NAMES if chosen.get(name)}
        self.hidden = hidden
        self.wanted: frozenset[int] = visible.ids
        if self.chosen:
            shown = (s.id for s in self.visible.values() if self._shown(s, except_for=""))
            self.wanted = frozenset(shown)
        #: Whether some entries are not to be shown.
        self.is_narrowed = hidden or bool(self.chosen)

    def total(self, counts: Mapping[int, int]) -> int:
        """The number of articles that show, given their number by combination."""
        return sum(count for number, count in counts.items() if number in self.wanted)

    def facets(self, counts: Mapping[int, int]) -> dict[str, list[FacetValue]]:
        """For each facet its values with the number of articles that choosing each would show.

        Values that lead nowhere are left out unless they are chosen. Only readers who see more
        than one status are offered the status.
        """
        seen = {number: count for number, count in counts.items() if number in self.visible}
        facets = {name: self._values(name, seen) for name in NAMES}
        if len(self.statuses) < 2:
            facets.pop("status")
        return {name: values for name, values in facets.items() if values}

    def _values(self, name: str, counts: Mapping[int, int]) -> list[FacetValue]:
        chosen = self.chosen.get(name, ())
        free = not self.chosen.keys() - {name}
        found = dict.fromkeys(chosen, 0)
        for_all = 0
        for number, count in counts.items():
            combination = self.visible[number]
            if not (free or self._shown(combination, except_for=name)):
                continue
            for value in combination.values[name]:
                found[value] = found.get(value, 0) + count
            if name == "platform" and ALL_PLATFORMS in combination.values[name]:
                for_all += count
        values = [
            FacetValue(value, count if value == ALL_PLATFORMS else count + for_all, value in chosen)
            for value, count in found.items()
        ]
        return sorted(values, key=lambda entry: (-entry.count, entry.value))

    def _shown(self, combination: FacetSet, except_for: str) -> bool:
        return all(
            combination.shows(name, values)
            for name, values in self.chosen.items()
            if name != except_for
        )
