"""Facets: which combinations a reader may see and has chosen, and what each value would show.

A few hundred combinations stand for all articles, so that the counts of every facet come
from one grouped query. Values of one facet widen (Android or iOS), facets narrow together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import overload

from ..result import FacetValue
from .declared import FACET_OF, FACETS, NAMES, Facet

_NamesOf = Mapping[str, Mapping[str, str]]
Names = Mapping[str, _NamesOf]
"""What readers call the values in a table, by facet, value and language ("": any)."""
#: Facets of which there are so few values that many combinations agree in all of them.
_SHORT = tuple(facet.name for facet in FACETS if not facet.most)
_LONG = tuple(facet.name for facet in FACETS if facet.most)


class KeptCounts(dict[int, int]):
    """How many articles of the whole base have each combination, by its id.

    The same object as long as the counts are the same.
    """


@dataclass(frozen=True, slots=True)
class FacetSet:
    """A combination: the values that its articles have in each facet."""

    id: int
    values: Mapping[str, frozenset[str]]


class FacetValues(Sequence[FacetValue]):
    """The values of a facet in their order, made as they are read.

    A large base has thousands of documents, of which a page names six.
    """

    def __init__(self, counts: Mapping[str, int], choices: Sequence[str], names: _NamesOf) -> None:
        """Order the values of ``counts`` by their number of articles, the most first."""
        self._ordered = sorted((-count, value) for value, count in counts.items())
        self._chosen, self._names = choices, names

    def __len__(self) -> int:
        return len(self._ordered)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as a list

    @overload
    def __getitem__(self, place: int) -> FacetValue: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[FacetValue]: ...
    def __getitem__(self, place: int | slice) -> FacetValue | Sequence[FacetValue]:
        if isinstance(place, slice):
            return [self._made(*one) for one in self._ordered[place]]
        return self._made(*self._ordered[place])

    def _made(self, count: int, value: str) -> FacetValue:
        return FacetValue(value, -count, value in self._chosen, self._names.get(value, {}))


class Combinations:
    """The combinations that a reader may see. Made once and shared by many searches."""

    def __init__(self, sets: Iterable[FacetSet], names: Names | None = None) -> None:
        self.names = names or {}
        self.by_id: dict[int, FacetSet] = {}
        self._having: dict[tuple[str, str], frozenset[int]] = {}
        #: Facets with a value. A row of such values are their places among these.
        self.pairs: tuple[tuple[str, str], ...] = ()
        #: The rows that combinations have in short facets, and by combination the place of its own
        #: among these, with its row in the others.
        self.rows: list[tuple[int, ...]] = []
        self.places: dict[int, tuple[int, tuple[int, ...]]] = {}
        self._add(sets)

    def with_more(self, sets: Iterable[FacetSet], names: Names) -> Combinations:
        """Return these and ``sets`` besides, at the cost of ``sets`` alone.

        All ``names`` are given anew.
        """
        made = copy(self)
        made.names = names
        made._add(sets)
        return made

    def _add(self, sets: Iterable[FacetSet]) -> None:
        """Add to copies of what others may hold; what is counted has to be counted again."""
        added = {one.id: one for one in sets}
        having: dict[tuple[str, str], set[int]] = defaultdict(set)
        for one in added.values():
            for name, values in one.values.items():
                for value in values:
                    having[name, value].add(one.id)
        self.by_id = self.by_id | added
        self.ids = frozenset(self.by_id)
        self.pairs += tuple(pair for pair in having if pair not in self._having)
        before = self._having
        self._having = before | {
            pair: before.get(pair, frozenset()).union(ids) for pair, ids in having.items()
        }
        self.rows = list(self.rows)
        self.places = self.places | dict(self._placed(added.values()))
        number = dict.fromkeys(NAMES, 0)
        for name, _value in self.pairs:
            number[name] += 1
        #: The facets that are offered to the reader.
        self.offered = tuple(
            facet for facet in FACETS if not facet.only_several or number[facet.name] > 1
        )
        self._kept: tuple[KeptCounts, int, dict[str, dict[str, int]]] | None = None

    def totals(self, counts: KeptCounts) -> tuple[int, dict[str, dict[str, int]]]:
        """Return how many articles there are, and of each value by facet; worked out once."""
        kept = self._kept
        if kept is None or kept[0] is not counts:
            total = sum(count for one, count in counts.items() if one in self.ids)
            self._kept = kept = counts, total, self.value_counts(self.ids, counts)
        return kept[1:]

    def value_counts(
        self, visible: frozenset[int], counts: Mapping[int, int]
    ) -> dict[str, dict[str, int]]:
        """Return by facet and value how many articles there are with the combinations ``visible``.

        In one pass for all facets, for there may be thousands of combinations.
        """
        numbers: dict[int, int] = defaultdict(int)
        alike: dict[int, int] = defaultdict(int)
        for one, count in counts.items():
            if one in visible:
                row, others = self.places[one]
                alike[row] += count
                for place in others:
                    numbers[place] += count
        for row, count in alike.items():
            for place in self.rows[row]:
                numbers[place] += count
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for place in sorted(numbers):
            name, value = self.pairs[place]
            found[name][value] = numbers[place]
        return found

    def _placed(
        self, added: Iterable[FacetSet]
    ) -> Iterator[tuple[int, tuple[int, tuple[int, ...]]]]:
        place = {pair: number for number, pair in enumerate(self.pairs)}
        known = {row: number for number, row in enumerate(self.rows)}
        for one in added:
            held = one.values
            short = tuple([place[name, value] for name in _SHORT for value in held.get(name, ())])
            number = known.setdefault(short, len(known))
            if number == len(self.rows):
                self.rows.append(short)
            others = [place[name, value] for name in _LONG for value in held.get(name, ())]
            yield one.id, (number, tuple(others))

    def showing(self, name: str, choices: Iterable[str]) -> frozenset[int]:
        """Return the combinations that show when ``choices`` values of a facet are asked for.

        Articles that have no value, where these count for all, show for each of them.
        """
        return self.having({name: [*choices, FACET_OF[name].for_all]})

    def having(self, choices: Mapping[str, Iterable[str]]) -> frozenset[int]:
        """Return the combinations that have any of the values themselves, by facet."""
        pairs = ((name, value) for name, values in choices.items() for value in values)
        return frozenset().union(*(self._having.get(pair, ()) for pair in pairs))


class Scope:
    """The combinations that the reader may see, and the values chosen.

    ``chosen`` maps facets to values; unknown facets and empty choices are left out. ``hidden``
    tells whether there are combinations that the reader may not see. No combination that has an
    ``unwanted`` value shows; one without any value of the facet does.
    """

    def __init__(
        self,
        visible: Combinations,
        choices: Mapping[str, Sequence[str]],
        hidden: bool = False,
        unwanted: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.visible = visible.by_id
        self.ids = visible.ids
        self.offered = visible.offered
        self._combinations = visible
        self._names = visible.names
        self.chosen = {name: tuple(choices[name]) for name in NAMES if choices.get(name)}
        self.hidden = hidden
        self._left = self.ids - visible.having(unwanted) if unwanted else self.ids
        self._showing = {
            name: visible.showing(name, values) for name, values in self.chosen.items()
        }
        self.wanted = self._shown_by(self._showing)
        #: Whether some entries are not to be shown.
        self.is_narrowed = hidden or bool(self.chosen or unwanted)

    def total(self, counts: Mapping[int, int]) -> int:
        """Return the number of articles that show, given their number by combination."""
        if self.wanted is self.ids and isinstance(counts, KeptCounts):
            return self._combinations.totals(counts)[0]
        return sum(count for number, count in counts.items() if number in self.wanted)

    def facets(self, counts: Mapping[int, int]) -> dict[str, Sequence[FacetValue]]:
        """Return by facet its values with the number of articles that choosing each would show.

        Values that lead nowhere are left out unless they are chosen.
        """
        found = self._found(self.wanted, counts)
        facets = {facet.name: self._values(facet, found, counts) for facet in self.offered}
        return {name: values for name, values in facets.items() if values}

    def _found(
        self, visible: frozenset[int], counts: Mapping[int, int]
    ) -> dict[str, dict[str, int]]:
        if visible is self.ids and isinstance(counts, KeptCounts):
            return self._combinations.totals(counts)[1]
        return self._combinations.value_counts(visible, counts)

    def _values(
        self, facet: Facet, values_by_facet: Mapping[str, dict[str, int]], counts: Mapping[int, int]
    ) -> Sequence[FacetValue]:
        """Return the values of a facet; ``values_by_facet`` heeds what is chosen in every facet."""
        name, chosen = facet.name, self.chosen.get(facet.name, ())
        if chosen:
            others = self._shown_by(other for other in self.chosen if other != name)
            values_by_facet = self._found(others, counts)
        numbers = dict.fromkeys(chosen, 0) | values_by_facet.get(name, {})
        if for_all := numbers.get(facet.for_all, 0):
            numbers = {v: n + for_all * (v != facet.for_all) for v, n in numbers.items()}
        return FacetValues(numbers, chosen, self._names.get(name, {}))

    def _shown_by(self, names: Iterable[str]) -> frozenset[int]:
        """Return the combinations that show by what is chosen of these facets."""
        shown = self._left
        for name in names:  # most often none, and then the set is not copied
            shown = shown & self._showing[name]
        return shown
