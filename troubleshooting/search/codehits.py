"""Known codes -> hits: the entries that cite them, the most telling first."""

from __future__ import annotations

from collections.abc import Sequence

from .backend import listed
from .codetier import Answer, Citation, citations
from .context import Context
from .hits import Found
from .plan import Plan
from .rerank import rerank
from .tables import CODE
from .texttier import COMMON, RERANKED


def find(
    context: Context, answers: Sequence[Answer], plans: Sequence[Plan]
) -> tuple[list[Found], set[int]]:
    """The hits by code in order, and all entries that cite a code, chosen facets or not."""
    rank: dict[str, tuple[int, bool]] = {}
    for place, answer in enumerate(answers):
        if answer.used:
            typed = answer.reading.canonical.casefold()
            for code in answer.known:
                rank.setdefault(code.canonical, (place, code.canonical.casefold() != typed))
    cited = citations(context, rank)
    shown = [one for one in cited if one.facets in context.scope.wanted]
    agreement = _agreement(context, plans, shown)
    others = _codes_cited(context, shown)

    def order(one: Citation) -> tuple:
        return (
            -agreement.get(one.entry, 0.0),
            rank[one.canonical],
            one.language != context.language,
            others.get(one.entry, 0),
            one.entry,
        )

    hits = [
        Found(one.entry, one.article, one.language, one.facets, "code", one.canonical, 10.0)
        for one in sorted(shown, key=order)
    ]
    return hits, {one.entry for one in cited}


def _agreement(
    context: Context, plans: Sequence[Plan], cited: Sequence[Citation]
) -> dict[int, float]:
    """How well the entries also answer the words beside the code."""
    entries = sorted({one.entry for one in cited})
    if not any(plan.slots for plan in plans) or not 1 < len(entries) <= 3 * RERANKED:
        return {}
    return {one.entry: round(one.score.coverage, 1) for one in rerank(context, plans, entries)}


def _codes_cited(context: Context, cited: Sequence[Citation]) -> dict[int, int]:
    """How many codes each entry cites: who cites few is about them."""
    entries = sorted({one.entry for one in cited})[:COMMON]
    sql = (
        f"SELECT entry_id, COUNT(*) FROM {CODE} WHERE entry_id IN {listed(entries)} AND whole"
        " GROUP BY entry_id"
    )
    return dict(context.rows(sql))
