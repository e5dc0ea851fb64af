"""How the work of a function grows with its text: a ratio of processor times, not a time."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from itertools import count
from time import process_time
from types import ModuleType
from typing import Any

#: Twice the text may take so many times the work.
MOST = 2.3
#: Seconds below which a time says little.
_SHORT = 0.008
_ATTEMPTS = 6
_LARGEST = 400_000

Work = Callable[[str], object]
Shape = Callable[[int], str]


def pieces(piece: Callable[[int], str]) -> Shape:
    """Return the shape of a text that is ``piece(1)``, ``piece(2)`` and so on."""

    def text(size: int) -> str:
        parts: list[str] = []
        for number in count(1):
            parts.append(piece(number))
            size -= len(parts[-1])
            if size <= 0:
                return "".join(parts)
        raise AssertionError

    return text


def growth(work: Work, shape: Shape, size: int = 8_000, largest: int = 2 * _LARGEST) -> float:
    """Return how many times the work on a text of ``size`` a text twice as long takes, at least.

    A busy machine makes single times longer, never shorter: so the shortest of each are compared,
    and measured until the ratio is within the bound or has been too large too often. Then texts
    twice as long are measured: work that grows with the square is too much there as well.
    ``largest`` is the size beyond which no text is doubled, for work that cuts longer ones.
    """
    while (once := _time(work, shape(size))) < _SHORT and 2 * size <= largest:
        size *= 2
    if once < _SHORT:
        return 1.0
    ratio = _ratio(work, shape, size)
    if ratio <= MOST or 2 * size > largest:
        return ratio
    return min(ratio, _ratio(work, shape, 2 * size))


def times(work: Callable[[], object], usual: Callable[[], object]) -> float:
    """Return how often the processor time of ``usual`` goes into ``work``'s, of each the least."""
    least = min(_time(lambda _: usual(), "") for _ in range(_ATTEMPTS))
    return min(_time(lambda _: work(), "") for _ in range(2)) / least


def _ratio(work: Work, shape: Shape, size: int) -> float:
    small, large = shape(size), shape(2 * size)
    single = double = float("inf")
    for _ in range(_ATTEMPTS):
        single = min(single, _time(work, small))
        double = min(double, _time(work, large))
        if double <= MOST * single:
            break
    return double / single


def _time(work: Work, text: str) -> float:
    for function in remembering():
        function.cache_clear()  # a short text would fit whole, one twice as long would not
    gc.disable()  # a collection passes over all that the tests before left, which takes longer
    begin = process_time()
    work(text)
    taken = process_time() - begin
    gc.enable()
    return taken


def remembering() -> Iterator[Any]:
    """Yield the functions about texts that remember a bounded number of results."""
    for name, module in list(sys.modules.items()):
        if name.startswith("troubleshooting.texts") and isinstance(module, ModuleType):
            for function in vars(module).values():
                told = getattr(function, "cache_parameters", None)
                if told is not None and told()["maxsize"] is not None:
                    yield function
