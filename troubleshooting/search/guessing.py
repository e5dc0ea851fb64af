"""What to offer when a code is not documented: the nearest codes that are, called guesses."""

from __future__ import annotations

from collections.abc import Sequence

from .codetier import citations, guesses
from .context import Context
from .hits import Address, Found, load, one_per_article
from .query import QueryCode
from .result import Hit


def guess(context: Context, codes: Sequence[QueryCode], address: Address) -> list[Hit]:
    """Hits for the nearest documented codes, one article for each, marked as guesses."""
    nearest = guesses(context, codes)
    place = {canonical: number for number, canonical in enumerate(nearest)}
    cited = [one for one in citations(context, nearest) if one.facets in context.scope.wanted]
    cited.sort(key=lambda one: (place[one.canonical], one.language != context.language, one.entry))
    first = {one.canonical: one for one in reversed(cited)}
    found = [
        Found(one.entry, one.article, one.language, one.facets, "code", one.canonical, 0.0, True)
        for one in sorted(first.values(), key=lambda one: place[one.canonical])
    ]
    return load(context, one_per_article(found), {}, address)
