"""Combinations of values in which every two values that may stand together do so at least once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

Row = dict[str, str]
Pair = tuple[tuple[str, str], tuple[str, str]]
#: How many random rows are tried for each pair that is still missing.
TRIES = 60


def cover(
    dimensions: Mapping[str, Sequence[str]], allowed: Callable[[Row], bool], seed: int = 1
) -> list[Row]:
    """Return rows of one value a dimension, always the same ones, that hold every pair of values.

    ``allowed`` says which rows make sense; a pair for which no such row is found is left out.
    """
    chance = random.Random(seed)
    missing = {
        ((one, a), (two, b)): None
        for one, two in combinations(dimensions, 2)
        for a in dimensions[one]
        for b in dimensions[two]
    }
    rows: list[Row] = []
    while missing:
        pair = next(iter(missing))
        tries = (_random_row(dimensions, pair, chance) for _ in range(TRIES))
        rich = max(filter(allowed, tries), key=lambda row: _gain(row, missing), default=None)
        missing.pop(pair)
        if rich is not None:
            rows.append(rich)
            for found in _pairs(rich):
                missing.pop(found, None)
    return rows


def _random_row(dimensions: Mapping[str, Sequence[str]], pair: Pair, chance: random.Random) -> Row:
    return {name: chance.choice(values) for name, values in dimensions.items()} | dict(pair)


def _pairs(row: Row) -> Iterable[Pair]:
    return combinations(row.items(), 2)


def _gain(row: Row, missing: Mapping[Pair, None]) -> int:
    return sum(pair in missing for pair in _pairs(row))
