"""How it went: where readers are stuck, and which articles help, from what they said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Q

from ..models import ArticleTranslation, Outcome, Step
from ..texts.anchors import place_at
from .period import Period
from .statistics import wilson_lower
from .titles import Title, titles_of

if TYPE_CHECKING:
    from ..access import Reader

#: Fewer answers about an article say nothing.
FEWEST = 5
_SOLVED = Count("pk", filter=Q(verdict=Outcome.Verdict.SOLVED))
_STUCK = Count("pk", filter=Q(verdict=Outcome.Verdict.STUCK))


class _StepCount(NamedTuple):
    """A row: how often readers were stuck at a step of an article, and how often it helped."""

    article: int
    anchor: str
    stuck: int
    solved: int


class _ArticleCount(NamedTuple):
    """A row: how often an article helped, and how often readers were stuck."""

    article: int
    solved: int
    stuck: int


@dataclass(frozen=True, slots=True)
class Answers:
    """What readers said: how often it was solved, how often they were stuck."""

    title: Title
    solved: int
    stuck: int

    @property
    def total(self) -> int:
        return self.solved + self.stuck

    @property
    def share(self) -> float:
        """Return the share of solved, from 0 to 1."""
        return self.solved / self.total


@dataclass(frozen=True, slots=True)
class StepAnswers(Answers):
    """The same of a step: where it stands (2, "3.1") and its words, "" where it is gone."""

    anchor: str
    resolution: int
    number: str
    words: str
    language: str


def stuck_most(
    period: Period, reader: Reader, language: str, limit: int | None
) -> list[StepAnswers]:
    """Return the steps at which readers were stuck, the most frequent first.

    Their words are in ``language``.
    """
    said = period.of(Outcome.objects.exclude(anchor=""))
    counted = (
        said.values_list("article", "anchor")
        .annotate(stuck=_STUCK, solved=_SOLVED)
        .filter(stuck__gt=0)
        .order_by("-stuck", "solved", "article", "anchor")[:limit]
    )
    rows = [_StepCount(*row) for row in counted]
    texts = ArticleTranslation.objects.visible_to(reader)
    titles = titles_of((row.article for row in rows), language, texts)
    words = _words_of(rows, language) if rows else {}
    return [
        StepAnswers(
            titles[row.article],
            row.solved,
            row.stuck,
            row.anchor,
            place.resolution,
            place.step_number,
            *words.get((row.article, row.anchor), ("", language)),
        )
        for row in rows
        if row.article in titles and (place := place_at(row.anchor))
    ]


def _words_of(
    rows: Collection[_StepCount], language: str
) -> dict[tuple[int, str], tuple[str, str]]:
    """Return the words of steps and their language, the wanted one first, by article and anchor."""
    articles, anchors = {row.article for row in rows}, {row.anchor for row in rows}
    steps = Step.objects.filter(translation__article__in=articles, anchor__in=anchors).order_by()
    found = steps.values_list("translation__article", "anchor", "text", "translation__language")
    known: dict[tuple[int, str], tuple[str, str]] = {}
    for article, anchor, text, of_text in found:
        if of_text == language or (article, anchor) not in known:
            known[article, anchor] = (text, of_text)
    return known


@dataclass(frozen=True, slots=True)
class Helpfulness:
    """All answers of a period, how many of them say "solved", and the articles they are about."""

    total: int
    solved: int
    articles: list[Answers]


def helpfulness(period: Period, reader: Reader, language: str) -> Helpfulness:
    """Return answers by article, those about its steps included.

    An article needs ``FEWEST`` of them.

    First comes what fails most for certain: the order is that of the lower bound of the share of
    failures, so that 5 of 6 do not come before 80 of 100.
    """
    said = period.of(Outcome.objects.all()).values_list("article")
    rows = [_ArticleCount(*row) for row in said.annotate(solved=_SOLVED, stuck=_STUCK)]
    enough = [row for row in rows if row.solved + row.stuck >= FEWEST]
    texts = ArticleTranslation.objects.visible_to(reader)
    titles = titles_of((row.article for row in enough), language, texts)
    articles = [
        Answers(titles[row.article], row.solved, row.stuck)
        for row in enough
        if row.article in titles
    ]
    articles.sort(key=lambda row: (-wilson_lower(row.stuck, row.total), row.title.slug))
    solved = sum(row.solved for row in rows)
    return Helpfulness(solved + sum(row.stuck for row in rows), solved, articles)
