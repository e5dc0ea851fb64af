"""What is offered for its meaning: guesses behind what words found, which keeps its order. Pure."""

from __future__ import annotations

from collections.abc import Container, Sequence

from ..fulltext.hits import ChosenEntry

#: By how many standard deviations a text must stand out to be offered for its meaning alone.
STANDS_OUT = 2.5


def standing_out(alike: Sequence[ChosenEntry]) -> list[ChosenEntry]:
    """Return what may be offered for its meaning alone."""
    return [one for one in alike if one.value >= STANDS_OUT]


def with_meaning(
    guesses: Sequence[ChosenEntry],
    alike: Sequence[ChosenEntry],
    answers: Container[int],
    most: int,
) -> list[ChosenEntry]:
    """Return ``guesses`` as they are, filled up to ``most`` by what is near in meaning.

    ``alike`` has the nearest first; the articles ``answers`` are hits and no guesses.
    """
    by_article = {one.article: one for one in guesses}
    for one in standing_out(alike):
        if one.article not in answers:
            by_article.setdefault(one.article, one)
    return [*by_article.values()][: max(most, len(guesses))]
