"""What to offer when a code is not documented: the nearest codes that are, called guesses."""

from __future__ import annotations

from collections.abc import Sequence

from ..context import SearchContext
from ..engines.statements import Step
from ..fulltext.hits import ChosenEntry, one_per_article
from ..reading.query import QueryCode
from .answers import nearest


def nearest_as_guesses(
    context: SearchContext, codes: Sequence[QueryCode]
) -> Step[list[ChosenEntry]]:
    """Return the nearest documented codes, one article for each, marked as guesses.

    None for no codes.
    """
    names, citations = yield from nearest(context, codes)
    place = {canonical: number for number, canonical in enumerate(names)}
    cited = [one for one in citations if one.facets in context.scope.wanted]
    cited.sort(key=lambda one: (place[one.canonical], one.language != context.language, one.entry))
    first = {one.canonical: one for one in reversed(cited)}
    found = [
        ChosenEntry(*one.place, "code", one.canonical, 0.0, guess=True)
        for one in sorted(first.values(), key=lambda one: place[one.canonical])
    ]
    return one_per_article(found)
