"""What readers sent to the editors, reports of gaps and of errors, as one queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, F, QuerySet, Value

from ..models import Article, ArticleTranslation, ErrorReport, GapReport
from .titles import Title, titles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    from ..access import Reader

GAP, ERROR = "gap", "error"
MODELS: dict[str, type[GapReport | ErrorReport]] = {GAP: GapReport, ERROR: ErrorReport}
#: The time of each kind: when readers last said so.
_TIMES = {GAP: "last_reported", ERROR: "created"}
Status = GapReport.Status
#: Kind, key and time of a report.
Place = tuple[str, int, datetime]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report. ``title`` is the article's that an error is in, None of a gap."""

    kind: str
    key: int
    status: str
    subject: str
    comment: str
    language: str
    count: int
    time: datetime
    title: Title | None = None
    anchor: str = ""


def kinds_for(user: User | AnonymousUser) -> list[str]:
    """Return the kinds of reports that ``user`` may read."""
    return [kind for kind in MODELS if user.has_perm(f"troubleshooting.view_{kind}report")]


def _rows(kind: str) -> QuerySet[Any]:
    return MODELS[kind]._default_manager.all()


def find(kind: str, key: int) -> GapReport | ErrorReport | None:
    """Return the report of that kind with that key, None where there is none."""
    report: GapReport | ErrorReport | None = _rows(kind).filter(pk=key).first()
    return report


def counts(kinds: Iterable[str]) -> dict[str, int]:
    """Return how many reports of ``kinds`` there are, by status."""
    found = dict.fromkeys(Status.values, 0)
    for kind in kinds:
        rows = _rows(kind).order_by().values_list("status").annotate(Count("pk"))
        for status, count in rows:
            found[status] += count
    return found


def queue(kinds: Sequence[str], status: str) -> QuerySet[Any, Place]:
    """Return (kind, key, time) of the reports with ``status``, what waits longest first."""
    parts = [
        _rows(kind)
        .order_by()
        .filter(status=status)
        .annotate(kind=Value(kind, CharField()), time=F(_TIMES[kind]))
        .values_list("kind", "pk", "time")
        for kind in kinds
    ]
    together: QuerySet[Any, Place] = parts[0].union(*parts[1:], all=True)
    return together.order_by("time" if status == Status.OPEN else "-time")


def load(rows: Iterable[Place], reader: Reader, language: str) -> list[ReportRow]:
    """Return the reports of a part of ``queue``, in its order, with titles in ``language``."""
    places = [(kind, key) for kind, key, _time in rows]
    found = {
        (kind, row.pk): row
        for kind in {kind for kind, _key in places}
        for row in _rows(kind).filter(pk__in=[key for of, key in places if of == kind])
    }
    articles = [row.article_id for row in found.values() if isinstance(row, ErrorReport)]
    texts = ArticleTranslation.objects.visible_to(reader)
    titles = titles_of(articles, language, texts) if articles else {}
    return [_report(kind, found[kind, key], titles) for kind, key in places if (kind, key) in found]


def _report(kind: str, row: GapReport | ErrorReport, titles: dict[int, Title]) -> ReportRow:
    report = partial(ReportRow, kind, row.pk, row.status)
    if isinstance(row, GapReport):
        return report(row.subject, row.comment, row.language, row.count, row.last_reported)
    title = titles.get(row.article_id)
    return report("", row.comment, row.language, 1, row.created, title, row.anchor)


def open_errors(article: Article, language: str, most: int) -> list[ErrorReport]:
    """Return the newest open reports of errors in a text."""
    rows = ErrorReport.objects.filter(article=article, language=language, status="open")
    return [row for row in rows.order_by("-created")[:most] if isinstance(row, ErrorReport)]
