"""Facets: which combinations a reader may see and has chosen, and what each value would show.

A few hundred combinations stand for all articles, so that the counts of every facet come
from one grouped query. Values of one facet widen (Android or iOS), facets narrow together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..result import FacetValue
from .declared import FACET_OF, FACETS, NAMES, Facet

Names = Mapping[str, Mapping[str, Mapping[str, str]]]
"""What readers call the values in a table, by facet, value and language ("": any)."""


@dataclass(frozen=True, slots=True)
class FacetSet:
    """A combination: the values that its articles have in each facet."""

    id: int
    values: Mapping[str, frozenset[str]]


class Combinations:
    """The combinations that a reader may see. Made once and shared by many searches."""

    def __init__(self, sets: Iterable[FacetSet], names: Names | None = None) -> None:
        self.names = names or {}
        self.by_id = {one.id: one for one in sets}
        self.ids = frozenset(self.by_id)
        having: dict[tuple[str, str], set[int]] = defaultdict(set)
        for one in self.by_id.values():
            for name, values in one.values.items():
                for value in values:
                    having[name, value].add(one.id)
        self._having = {key: frozenset(ids) for key, ids in having.items()}
        #: Facets with a value, and by combination the places among these of what it holds.
        self.pairs = tuple(having)
        place = {pair: number for number, pair in enumerate(self.pairs)}
        self.places = {
            one.id: tuple(place[name, value] for name, held in one.values.items() for value in held)
            for one in self.by_id.values()
        }
        number = dict.fromkeys(NAMES, 0)
        for name, _value in having:
            number[name] += 1
        #: The facets that are offered to the reader.
        self.offered = tuple(
            facet for facet in FACETS if not facet.only_several or number[facet.name] > 1
        )

    def showing(self, name: str, chosen: Iterable[str]) -> frozenset[int]:
        """Return the combinations that show when ``chosen`` values of a facet are asked for.

        Articles that have no value, where these count for all, show for each of them.
        """
        values = {*chosen, FACET_OF[name].for_all}
        return frozenset().union(*(self._having.get((name, value), ()) for value in values))


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
        self.offered = visible.offered
        self._pairs, self._places = visible.pairs, visible.places
        self._names = visible.names
        self.chosen = {name: tuple(chosen[name]) for name in NAMES if chosen.get(name)}
        self.hidden = hidden
        self._showing = {
            name: visible.showing(name, values) for name, values in self.chosen.items()
        }
        self.wanted = self._shown_by(self._showing)
        #: Whether some entries are not to be shown.
        self.is_narrowed = hidden or bool(self.chosen)

    def total(self, counts: Mapping[int, int]) -> int:
        """Return the number of articles that show, given their number by combination."""
        return sum(count for number, count in counts.items() if number in self.wanted)

    def facets(self, counts: Mapping[int, int]) -> dict[str, list[FacetValue]]:
        """Return by facet its values with the number of articles that choosing each would show.

        Values that lead nowhere are left out unless they are chosen.
        """
        found = self._found(self.wanted, counts)
        facets = {facet.name: self._values(facet, found, counts) for facet in self.offered}
        return {name: values for name, values in facets.items() if values}

    def _found(self, shown: frozenset[int], counts: Mapping[int, int]) -> dict[str, dict[str, int]]:
        """Return by facet and value how many articles there are with the combinations ``shown``.

        In one pass for all facets, for there may be thousands of combinations.
        """
        numbers, places = [0] * len(self._pairs), self._places
        for one, count in counts.items():
            if one in shown:
                for place in places[one]:
                    numbers[place] += count
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for (name, value), count in zip(self._pairs, numbers, strict=True):
            if count:
                found[name][value] = count
        return found

    def _values(
        self, facet: Facet, found: Mapping[str, dict[str, int]], counts: Mapping[int, int]
    ) -> list[FacetValue]:
        """Return the values of a facet; ``found`` is by all that is chosen, in every facet."""
        name, chosen = facet.name, self.chosen.get(facet.name, ())
        if chosen:
            others = self._shown_by(other for other in self.chosen if other != name)
            found = self._found(others, counts)
        numbers = dict.fromkeys(chosen, 0) | found.get(name, {})
        for_all = numbers.get(facet.for_all, 0)
        names = self._names.get(name, {})
        values = [
            FacetValue(
                value,
                count if value == facet.for_all else count + for_all,
                value in chosen,
                names.get(value, {}),
            )
            for value, count in numbers.items()
        ]
        return sorted(values, key=lambda entry: (-entry.count, entry.value))

    def _shown_by(self, names: Iterable[str]) -> frozenset[int]:
        """Return the combinations that show by what is chosen of these facets."""
        shown = self.ids
        for name in names:  # most often none, and then the set is not copied
            shown = shown & self._showing[name]
        return shown
