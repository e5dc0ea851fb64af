"""What it says for an entry that a query names platforms."""

from __future__ import annotations

from collections.abc import Collection

from ..context import SearchContext
from ..facets.declared import FACET_OF


def platform_fit(context: SearchContext, platforms: Collection[str], facets: int) -> int:
    """Return what it says for an entry with ``facets`` that platforms are ``platforms``.

    1 if it is for one of them, -1 if it is for others alone, 0 if it is for all or none is named.
    """
    held = context.scope.visible[facets].values["platform"]
    if not platforms or FACET_OF["platform"].for_all in held:
        return 0
    return -1 if held.isdisjoint(platforms) else 1
