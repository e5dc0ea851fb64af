"""Two rankings made one: reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..fulltext.hits import ChosenEntry

#: What is added to each rank, as in the paper: how little the first ranks differ.
K = 60
#: What a rank by meaning counts for, one by words being 1. Chosen on the half of people's queries
#: that rules are made with: counted alike, a model made of few texts costs more than it brings.
OPINION = 0.25
#: By how many standard deviations a text must stand out to be offered for its meaning alone.
STANDS_OUT = 2.5


def fused(by_words: Sequence[int], by_meaning: Sequence[int]) -> dict[int, float]:
    """Return what each article is worth: the sum of weight / (K + its rank), counted from 1."""
    values: dict[int, float] = {}
    for weight, ranking in ((1.0, by_words), (OPINION, by_meaning)):
        for rank, article in enumerate(dict.fromkeys(ranking), 1):
            values[article] = values.get(article, 0.0) + weight / (K + rank)
    return values


def reordered(found: Sequence[ChosenEntry], alike: Sequence[ChosenEntry]) -> list[ChosenEntry]:
    """Return ``found`` with its texts in the order of both rankings.

    What was found by a message stays where it is, and nothing is added.
    """
    texts = [one for one in found if one.tier == "text"]
    values = fused([one.article for one in texts], [one.article for one in alike])
    ordered = iter(sorted(texts, key=lambda one: -values[one.article]))
    return [next(ordered) if one.tier == "text" else one for one in found]


def standing_out(alike: Sequence[ChosenEntry]) -> list[ChosenEntry]:
    """Return what may be offered for its meaning alone."""
    return [one for one in alike if one.value >= STANDS_OUT]


def merged(
    guesses: Sequence[ChosenEntry], alike: Sequence[ChosenEntry], most: int
) -> list[ChosenEntry]:
    """Return the best ``most`` guesses of both rankings, one an article.

    What only its meaning speaks for has to stand out; its ``value`` tells how far it does.
    """
    values = fused([one.article for one in guesses], [one.article for one in alike])
    by_article = {one.article: one for one in (*reversed(standing_out(alike)), *reversed(guesses))}
    return sorted(by_article.values(), key=lambda one: -values[one.article])[:most]
