"""The one question that tells the articles left apart best, by what they hold. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

#: What can be asked, in the order of what a caller can tell most easily.
KINDS = ("platform", "message", "code", "moment", "extent")
#: Questions that are asked in a row at most.
IN_A_ROW = 3
#: Answers of a question at most; who has another one does not know these.
_ANSWERS = 3
#: A question is worth asking if so large a part of the articles is expected to remain at most.
_REMAINING = 2 / 3

ValuesOfArticles = Mapping[int, frozenset[str]]
"""The values of one kind that each article holds; one without any says nothing of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A value to choose, and how many articles it leaves."""

    value: str
    remaining: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question that narrows the hits, its answers, and how many are expected to remain."""

    kind: str
    answers: tuple[Answer, ...]
    expected: float


def narrow(articles: Sequence[int], values: ValuesOfArticles, value: str) -> list[int]:
    """Return the articles that an answer leaves: those with ``value``, and those that say nothing.

    A value that none of them holds says nothing either, and leaves all.
    """
    if not any(value in values.get(one, ()) for one in articles):
        return list(articles)
    return [one for one in articles if value in values.get(one, ()) or not values.get(one)]


def best_question(
    articles: Sequence[int],
    values: Mapping[str, ValuesOfArticles],
    asked_facets: Collection[str] = (),
) -> Question | None:
    """Return the question that leaves the fewest articles on average, if any is worth asking.

    ``values`` maps kinds to what articles hold, ``asked_facets`` were asked before. Every article
    is as likely as the others to be the one looked for, and each value of it likewise.
    """
    questions = (_question(kind, articles, values.get(kind, {})) for kind in KINDS)
    worth = [
        question
        for question in questions
        if question
        and question.kind not in asked_facets
        and question.expected <= len(articles) * _REMAINING + 1e-9
    ]
    return min(worth, key=lambda one: one.expected, default=None)


def _question(
    kind: str, articles: Sequence[int], facet_values: ValuesOfArticles
) -> Question | None:
    number: dict[str, int] = {}
    for article in articles:
        for value in sorted(facet_values.get(article, ())):
            number[value] = number.get(value, 0) + 1
    telling = (value for value, count in number.items() if count < len(articles))
    values = sorted(telling, key=lambda value: -number[value])[:_ANSWERS]
    if len(values) < 2:
        return None
    left = {value: len(narrow(articles, facet_values, value)) for value in values}
    expected = sum(
        _expected(facet_values.get(one, frozenset()), left, len(articles)) for one in articles
    )
    answers = tuple(Answer(value, left[value]) for value in values)
    return Question(kind, answers, expected / len(articles))


def _expected(own: frozenset[str], remaining: Mapping[str, int], total: int) -> float:
    """Return what is left on average if an article with ``own`` values is looked for.

    One that says nothing may get any of the answers; a value that is not offered leaves all.
    """
    given = own or frozenset(remaining)
    return sum(remaining.get(value, total) for value in given) / len(given)
