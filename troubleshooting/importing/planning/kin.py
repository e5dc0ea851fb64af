"""Parts whose words one document has in two parts now, or two in one. Pure but for the rows.

They are told by likeness. An import does nothing of it by itself: it notes them, for editors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...models import Article, SourceEntry
from ...texts.sections import SECTIONS
from ..recognition.likeness import Runs, runs_of
from .merging import EntryPlan

#: A shorter part has too few words to tell where they are from.
_FEWEST_RUNS = 10
#: What it shares at least with the part that it was, or that holds it, and at most with the rest.
_LEAST, _MOST = 0.6, 0.3


def split_from(plans: Sequence[EntryPlan]) -> dict[int, Article]:
    """Return, by the places of new parts, the articles whose part held their words before.

    That part goes on without them.
    """
    known = [
        (plan, _runs(plan.row.base), _runs(plan.theirs))
        for plan in plans
        if plan.row and plan.article and plan.row.base != plan.theirs
    ]
    found = {}
    for number, plan in enumerate(plans):
        runs = _runs(plan.theirs) if plan.article is None and known else frozenset()
        of = _most_of(runs, [(other.article, before, now) for other, before, now in known])
        if of:
            found[number] = of
    return found


def joined_into(gone: Sequence[SourceEntry], plans: Sequence[EntryPlan]) -> dict[int, Article]:
    """Return, by the keys of rows that are ``gone``, the articles whose part has their words now.

    It did not have them before.
    """
    known = [
        (plan.article, _runs(plan.theirs), _runs(plan.row.base))
        for plan in plans
        if gone and plan.row and plan.article and plan.row.base != plan.theirs
    ]
    found = {row.pk: _most_of(_runs(row.base), known) for row in gone}
    return {key: article for key, article in found.items() if article}


def _most_of(runs: Runs, known: Sequence[tuple[Article | None, Runs, Runs]]) -> Article | None:
    """Return the article whose text with most of ``runs`` has few of them in its other version."""
    if len(runs) < _FEWEST_RUNS:
        return None
    shares = [
        (len(runs & having) / len(runs), article)
        for article, having, other in known
        if article and len(runs & other) <= _MOST * len(runs)
    ]
    share, article = max(shares, key=lambda one: one[0], default=(0.0, None))
    return article if share >= _LEAST else None


def _runs(texts: Mapping[str, str]) -> Runs:
    return runs_of("\n".join(texts.get(name, "") for name in SECTIONS))
