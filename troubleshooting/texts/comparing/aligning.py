"""What two sequences have in common: ranges that differ, members that belong together. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

One = TypeVar("One")
Other = TypeVar("Other")
Pairs = list[tuple[int | None, int | None]]
#: With more equal pairs than this (texts of one word over and over) only the ends are compared.
MOST_PAIRS = 400_000
#: Tables of more cells than this are not filled: their members stay without a partner.
MOST_CELLS = 250_000


class Hunk(NamedTuple):
    """``a[start:end]`` became ``b[new_start:new_end]``; either range may be empty."""

    start: int
    end: int
    new_start: int
    new_end: int


def hunks(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Hunk]:
    """Return the ranges in which ``b`` differs from ``a``, in order; they never touch."""
    head, a, b = _between_ends(a, b)
    if not a and not b:
        return []
    if _equal_pairs(a, b) > MOST_PAIRS:
        return [Hunk(head, head + len(a), head, head + len(b))]
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [
        Hunk(head + start, head + end, head + new_start, head + new_end)
        for tag, start, end, new_start, new_end in codes
        if tag != "equal"
    ]


def compares_ends_alone(a: Sequence[Hashable], b: Sequence[Hashable]) -> bool:
    """Return whether ``hunks`` takes all between the ends for one change, be it equal in part."""
    _head, a, b = _between_ends(a, b)
    return _equal_pairs(a, b) > MOST_PAIRS


def likeness(a: Sequence[Hashable], b: Sequence[Hashable]) -> float:
    """Return the share of members, 0 to 1, that two sequences share in whatever order."""
    total = len(a) + len(b)
    return 2 * (Counter(a) & Counter(b)).total() / total if total else 1.0


def pair(a: Sequence[One], b: Sequence[Other], score: Callable[[One, Other], float]) -> Pairs:
    """Return pairs of indices in the order of both, None for a member without a partner.

    ``score`` says how well two members go together; 0 or less: not at all. The sum of the
    scores is the highest that there is.
    """
    if len(a) * len(b) > MOST_CELLS:
        return [*((i, None) for i in range(len(a))), *((None, j) for j in range(len(b)))]
    scores = [[score(one, other) for other in b] for one in a]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            together = scores[i][j] + best[i + 1][j + 1] if scores[i][j] > 0 else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    return _walk(best, scores)


def _walk(best: list[list[float]], scores: list[list[float]]) -> Pairs:
    pairs: Pairs = []
    i = j = 0
    rows, columns = len(best) - 1, len(best[0]) - 1
    while i < rows and j < columns:
        if scores[i][j] > 0 and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return [
        *pairs,
        *((left, None) for left in range(i, rows)),
        *((None, left) for left in range(j, columns)),
    ]


def _between_ends(a: Sequence[One], b: Sequence[One]) -> tuple[int, Sequence[One], Sequence[One]]:
    """Return how many members both begin with, and what stands before the end that both have."""
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    return head, a[head : len(a) - tail], b[head : len(b) - tail]


def _common(a: Sequence[object], b: Sequence[object]) -> int:
    """Return how many members at the beginning are the same."""
    length = min(len(a), len(b))
    return next((i for i in range(length) if a[i] != b[i]), length)


def _equal_pairs(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    ones, others = Counter(a), Counter(b)
    return sum(count * others[member] for member, count in ones.items())
