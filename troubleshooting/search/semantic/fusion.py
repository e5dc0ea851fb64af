"""Two rankings made one: reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..fulltext.hits import ChosenEntry

#: What is added to each rank, as in the paper: how little the first ranks differ.
K = 60


def fused(*rankings: Sequence[int]) -> dict[int, float]:
    """Return what each article is worth: the sum of 1 / (K + its rank), counted from 1."""
    values: dict[int, float] = {}
    for ranking in rankings:
        for rank, article in enumerate(dict.fromkeys(ranking), 1):
            values[article] = values.get(article, 0.0) + 1 / (K + rank)
    return values


def reordered(found: Sequence[ChosenEntry], alike: Sequence[ChosenEntry]) -> list[ChosenEntry]:
    """Return ``found`` with what words found in the order of both rankings.

    What was found by a message stays where it is; what ``alike`` alone has is not added.
    """
    texts = [one for one in found if one.tier == "text"]
    values = fused([one.article for one in texts], [one.article for one in alike])
    ordered = iter(sorted(texts, key=lambda one: -values[one.article]))
    return [next(ordered) if one.tier == "text" else one for one in found]
