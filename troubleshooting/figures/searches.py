"""What people looked for, and what came of it, from the search log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.db.models import Case, Count, Max, Q, QuerySet, Value, When

from ..models import ArticleTranslation, SearchLog
from .period import Period
from .titles import Title, titles_of

if TYPE_CHECKING:
    from ..access import Reader

_LOG = SearchLog._meta.db_table
#: Nothing is left of such a search: none of its words is one that the base knows.
_UNREADABLE = Q(words="", codes=[])


#: Rows as ``groups`` reads them: codes, said, language, count, last.
Groups = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Day:
    """The searches of a day: all, those that found nothing, those after which one was opened."""

    date: date
    searches: int
    without_hit: int
    opened: int


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """Searches for the same codes or, where there is none, the same words."""

    codes: tuple[str, ...]
    words: str
    language: str
    count: int
    last: datetime

    @property
    def subject(self) -> str:
        """Return what was looked for, as one would type it again."""
        return ", ".join(self.codes) or self.words


@dataclass(frozen=True, slots=True)
class OpenedArticle:
    """An article that was opened from the hits of a search, and how often."""

    title: Title
    count: int


def per_day(period: Period) -> list[Day]:
    """Return every day of ``period`` with its searches, the earliest first."""
    counts = {number: row for number, *row in _counts_per_day(period)}
    return [Day(day, *counts.get(number, (0, 0, 0))) for number, day in enumerate(period.days)]


def _counts_per_day(period: Period) -> list[tuple[int, int, int, int]]:
    # One range of the index on the time for each day: to take the date of every row apart in the
    # portal's time zone costs SQLite, where Python does it, fourteen times as much.
    connection = connections[SearchLog.objects.db]
    limits = [connection.ops.adapt_datetimefield_value(limit) for limit in period.limits()]
    days = list(zip(range(period.length), limits, limits[1:], strict=False))
    values = ", ".join(["(%s, %s, %s)"] * len(days))
    narrowed = " AND l.language = %s" if period.language else ""
    sql = (
        f"WITH days (number, first, after) AS (VALUES {values})"
        " SELECT number, COUNT(*), SUM(CASE WHEN l.hits = 0 THEN 1 ELSE 0 END), COUNT(l.chosen_id)"
        f" FROM days JOIN {_LOG} l ON l.created >= days.first AND l.created < days.after{narrowed}"
        " GROUP BY number"
    )
    parameters = [value for day in days for value in day]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters + ([period.language] if period.language else []))
        counts: list[tuple[int, int, int, int]] = cursor.fetchall()
    return counts


def without_hit(period: Period) -> Groups:
    """Return searches that found nothing, grouped, the most frequent first; see ``groups``."""
    return _grouped(period.of(SearchLog.objects.filter(hits=0)))


def nothing_opened(period: Period) -> Groups:
    """Return searches with hits none of which was opened, grouped, the most frequent first."""
    return _grouped(period.of(SearchLog.objects.filter(hits__gt=0, chosen=None)))


def groups(rows: Groups) -> Iterator[SearchGroup]:
    """Yield the groups that ``without_hit`` and ``nothing_opened`` ask for."""
    for row in rows.iterator():
        yield SearchGroup(
            tuple(row["codes"]), row["said"], row["language"], row["count"], row["last"]
        )


def _grouped(searches: QuerySet[SearchLog]) -> Groups:
    # Beside a code the words only say that it is one ("error 0x80070005").
    said = Case(When(codes=[], then="words"), default=Value(""))
    grouped: Groups = (
        searches.exclude(_UNREADABLE)
        .annotate(said=said)
        .values("codes", "said", "language")
        .annotate(count=Count("pk"), last=Max("created"))
        .order_by("-count", "-last")
    )
    return grouped


def opened_most(
    period: Period, reader: Reader, language: str, limit: int | None
) -> list[OpenedArticle]:
    """Return the articles opened from hits, the most frequent first; titles in ``language``."""
    chosen = period.of(SearchLog.objects.exclude(chosen=None)).values_list("chosen")
    counted: Iterable[tuple[int, int]] = chosen.annotate(count=Count("pk")).order_by(
        "-count", "chosen"
    )[:limit]
    counts = dict(counted)
    titles = titles_of(counts, language, ArticleTranslation.objects.visible_to(reader))
    return [OpenedArticle(titles[key], count) for key, count in counts.items() if key in titles]
