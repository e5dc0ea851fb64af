"""Known codes -> hits: the entries that cite them, the most telling first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..context import SearchContext
from ..engines.statements import Step
from ..fulltext.candidates import of_entries, rerank, these
from ..fulltext.conditions import which_meet
from ..fulltext.hits import ChosenEntry
from ..reading.plan import QueryPlan
from .answers import Citation, CodeAnswer, citations

#: More citing entries than these are not compared with the words beside the code.
_COMPARED = 300


@dataclass(slots=True)
class Cited:
    """The hits by code in order, and the facets of every article cited, chosen or not."""

    hits: list[ChosenEntry] = field(default_factory=list)
    articles: dict[int, int] = field(default_factory=dict)


def find_citing(
    context: SearchContext, answers: Sequence[CodeAnswer], plans: Sequence[QueryPlan]
) -> Step[Cited]:
    """Return the entries that cite the codes of ``answers`` and hold no excluded word.

    An exact phrase beside a code is a hint: what is documented of the code is shown without it.
    """
    rank: dict[str, tuple[int, bool]] = {}
    for place, answer in enumerate(answers):
        if answer.used:
            typed = answer.reading.canonical.casefold()
            for code in answer.known_codes:
                rank.setdefault(code.canonical, (place, code.canonical.casefold() != typed))
    cited = yield from citations(context, rank)
    free = [plan.without_phrases() for plan in plans]
    kept = yield from which_meet(context, free, {one.entry for one in cited})
    cited = [one for one in cited if one.entry in kept]
    shown = [one for one in cited if one.facets in context.scope.wanted]
    agreement = yield from _agreement(context, plans, shown)

    def order(one: Citation) -> tuple[Any, ...]:
        return (
            -agreement.get(one.entry, 0.0),
            rank[one.canonical],
            not one.defines,
            one.language != context.language,
            one.others,
            one.entry,
        )

    hits = [
        ChosenEntry(*one.place, "code", one.canonical, 10.0, defines=bool(one.defines))
        for one in sorted(shown, key=order)
    ]
    return Cited(hits, {one.article: one.facets for one in cited})


def _agreement(
    context: SearchContext, plans: Sequence[QueryPlan], cited: Sequence[Citation]
) -> Step[dict[int, float]]:
    """Return how well the entries also answer the words beside the code."""
    entries = sorted({one.entry for one in cited})
    if not any(plan.slots for plan in plans) or not 1 < len(entries) <= _COMPARED:
        return {}
    terms = of_entries(context, these(entries))
    yield [terms]
    scored = rerank(context, plans, terms.rows, context.scope.wanted)
    return {one.entry: round(one.score.coverage, 1) for one in scored}
