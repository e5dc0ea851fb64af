"""The request that a caller makes of the search."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from .fulltext.hits import ChosenEntry

#: Hits of one page.
PAGE = 20


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is asked.

    ``language`` is the reader's; ``filters`` maps facets (``facets.declared``) to chosen values,
    and ``unwanted`` to those that no hit may have; ``without`` names what to leave out of what is
    understood (``Understood.id``). From an ``offset`` at which nothing is left the answer begins at
    0 again. ``sort`` is empty for the best first or ``date`` for the latest change first. ``keep``
    narrows further: given articles, best first, it returns those that are left.
    """

    text: str
    language: str
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unwanted: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limit: int = PAGE
    offset: int = 0
    without: frozenset[str] = frozenset()
    sort: str = ""
    keep: Callable[[Sequence[int]], Collection[int]] | None = None


def page_of(
    entries: Sequence[ChosenEntry], request: SearchRequest
) -> tuple[Sequence[ChosenEntry], int]:
    """Return the part of ``entries`` that is asked for, and where it begins."""
    start = request.offset if request.offset < len(entries) else 0
    return entries[start : start + request.limit], start
