"""How articles serve in tickets: how often they are linked, and which have to be put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q
from django.db.models.functions import TruncDate

from ..models import ArticleTranslation, ArticleUse, Outcome, TicketCount
from .period import Period
from .titles import Title, titles_of

if TYPE_CHECKING:
    from ..access import Reader

Act = ArticleUse.Act


@dataclass(frozen=True, slots=True)
class LinkRate:
    """Tickets that were closed, and those of them with an article.

    ``is_most``: no more than that can have one. Where a ticket system does not say how many had an
    article the links stand for them, and a ticket may have several.
    """

    closed: int
    linked: int
    is_most: bool

    @property
    def share(self) -> float:
        """Return the share of tickets with an article, from 0 to 1."""
        return self.linked / self.closed


def link_rate(period: Period) -> LinkRate | None:
    """Return the link rate of the counts that lie in ``period``; None where there is none.

    Counts that do not say how many tickets had an article are left out while no link was
    reported of their system: a system that reports nothing is no system that links nothing.
    """
    first, last = period.days[0], period.last
    counts = list(TicketCount.objects.filter(first__gte=first, last__lte=last, closed__gt=0))
    links = _links_by_day(period) if any(row.with_article is None for row in counts) else Counter()
    closed, linked, is_most = 0, 0, False
    for row in counts:
        if row.with_article is not None:
            closed, linked = closed + row.closed, linked + row.with_article
        elif _reports(links, row.system):
            reported = _links_of(links, row)
            closed, linked = closed + row.closed, linked + min(reported, row.closed)
            is_most = True
    return LinkRate(closed, linked, is_most) if closed else None


#: How many links were reported, by day and system.
Links = Counter[tuple[date, str]]


def _links_by_day(period: Period) -> Links:
    rows = (
        period.of(ArticleUse.objects.filter(act=Act.LINKED))
        .annotate(day=TruncDate("created"))
        .values_list("day", "system")
        .annotate(number=Count("pk"))
    )
    links: Links = Counter()
    for day, system, number in rows:
        links[day, system.casefold()] += number
    return links


def _reports(links: Links, system: str) -> bool:
    return any(not system or name == system.casefold() for _day, name in links)


def _links_of(links: Links, row: TicketCount) -> int:
    wanted = row.system.casefold()
    return sum(
        number
        for (day, name), number in links.items()
        if row.first <= day <= row.last and (not wanted or name == wanted)
    )


@dataclass(frozen=True, slots=True)
class Use:
    """An article and how often it was linked, sent and flagged."""

    title: Title
    linked: int
    sent: int
    flagged: int


def used_most(period: Period, reader: Reader, language: str, limit: int | None) -> list[Use]:
    """Return the articles that were used, the one used most first."""
    rows = list(
        period.of(ArticleUse.objects.all())
        .values("article")
        .annotate(
            linked=Count("pk", filter=Q(act=Act.LINKED)),
            sent=Count("pk", filter=Q(act=Act.SENT)),
            flagged=Count("pk", filter=Q(act=Act.FLAGGED)),
            number=Count("pk"),
        )
        .order_by("-number", "article")[:limit]
    )
    titles = _titles((row["article"] for row in rows), reader, language)
    return [
        Use(titles[row["article"]], row["linked"], row["sent"], row["flagged"])
        for row in rows
        if row["article"] in titles
    ]


@dataclass(frozen=True, slots=True)
class Flag:
    """A text that agents say has to be put right: how often they did, and when last."""

    title: Title
    language: str
    revision: int
    count: int
    last: datetime


def flags(reader: Reader, language: str, limit: int | None = None) -> list[Flag]:
    """Return the texts with open flags, that with the most first."""
    rows = list(
        ArticleUse.objects.open_flags()
        .order_by()
        .values_list("article", "language")
        .annotate(revision=Max("revision_number"), number=Count("pk"), last=Max("created"))
        .order_by("-number", "-last", "article", "language")[:limit]
    )
    titles = _titles((article for article, *_said in rows), reader, language)
    return [Flag(titles[article], *said) for article, *said in rows if article in titles]


def flagged_texts() -> int:
    """Return how many texts have open flags."""
    flags = ArticleUse.objects.open_flags().order_by()
    return flags.values("article", "language").distinct().count()


def _titles(articles: Iterable[int], reader: Reader, language: str) -> dict[int, Title]:
    return titles_of(articles, language, ArticleTranslation.objects.visible_to(reader))


@dataclass(frozen=True, slots=True)
class SelfService:
    """What readers said when they were asked whether an article helped."""

    solved: int
    answers: int


def self_service(period: Period) -> SelfService:
    """Return the answers of ``period`` and how many of them say "solved"."""
    said = period.of(Outcome.objects.all()).aggregate(
        solved=Count("pk", filter=Q(verdict=Outcome.Verdict.SOLVED)), answers=Count("pk")
    )
    return SelfService(**said)


def uncounted_days(period: Period) -> int:
    """Return how many days of ``period`` no count of tickets covers."""
    counted: set[date] = set()
    rows = TicketCount.objects.filter(first__gte=period.days[0], last__lte=period.last)
    for first, last in rows.values_list("first", "last"):
        counted.update(first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return len(set(period.days) - counted)
