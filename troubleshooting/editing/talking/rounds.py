"""What no act of an editor causes: the worker looks around and tells whose turn it is.

It looks at what has arisen within a week, so that one that was away has told nobody too late, and
nobody is told again of what has waited for years. Each look asks for the next one first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import CharField, Exists, Expression, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ...jobs import QUICK, JobRun, enqueue, task
from ...models import (
    Article,
    ArticleTranslation,
    ErrorReport,
    Job,
    Notice,
    PendingRevision,
    Revision,
    ScheduledChange,
)
from ...querysets import stale
from ...rights import who_may
from ...texts.remarks import remark
from .notices import WRITES, concerned, tell

EVERY = timedelta(minutes=10)
#: How far a look reaches back.
BACK = timedelta(days=7)
#: How long before the end of an article somebody is told.
AHEAD = timedelta(days=7)
#: Rows of a kind in one look; the rest is told by the next ones.
_MOST = 500
Kind = Notice.Kind


@task(queue=QUICK)
def look_around(run: JobRun) -> dict[str, Any]:
    """Tell people what has arisen, after asking for the next look; return how many were told."""
    begin_rounds(EVERY)
    return {"told": sum(found for look in _LOOKS for found in look())}


def begin_rounds(delay: timedelta = timedelta()) -> None:
    """Ask for a look, unless one is asked for already."""
    waiting = Job.objects.filter(task=look_around.path, state=Job.State.WAITING)
    if not waiting.exists():
        enqueue(look_around, delay=delay)


def _untold(
    rows: QuerySet[Any], kind: str, *key: str | Expression, article: str = "article"
) -> QuerySet[Any]:
    """Leave out of ``rows`` those of which whoever is concerned was told.

    ``key`` are the parts of the key that ``tell`` gets, a colon between them; ``article`` is the
    path to the key of the article, whose active owner was told, or anybody where it has none; an
    owner who may not write (any more) is not told at all. Without this each look would ask for all
    of them again, and 500 of them would hide the rest.
    """
    parts: list[Any] = [Value(str(kind))]
    for part in key:
        parts += [Value(":"), Cast(part, CharField())]
    path = "" if article == "pk" else f"{article}__"
    told = Notice.objects.filter(key=OuterRef("notice_key"), article=OuterRef(article))
    owned = Q(**{f"{path}owner__in": who_may(WRITES)})
    nobodys = Q(**{f"{path}owner": None}) | Q(**{f"{path}owner__is_active": False})
    knows = Exists(told.filter(user=OuterRef(f"{path}owner")))
    keyed: QuerySet[Any] = rows.annotate(notice_key=Concat(*parts, output_field=CharField()))
    return keyed.filter((owned & ~knows) | (nobodys & ~Exists(told)))


def _errors() -> Iterator[int]:
    since = timezone.now() - BACK
    rows = ErrorReport.objects.filter(status="open", created__gte=since)
    for row in _untold(rows, Kind.ERROR, "pk").select_related("article__owner")[:_MOST]:
        people = concerned(row.article)
        yield tell(
            Kind.ERROR, people, row.article, key=row.pk, text=row.comment, language=row.language
        )


def _due() -> Iterator[int]:
    today = timezone.localdate()
    rows = Article.objects.filter(
        status=Article.Status.PUBLISHED, review_due__lte=today, review_due__gte=today - BACK
    )
    untold = _untold(rows, Kind.DUE, "pk", "review_due", article="pk")
    for article in untold.select_related("owner")[:_MOST]:
        of, people = f"{article.pk}:", concerned(article)
        yield tell(Kind.DUE, people, article, key=f"{of}{article.review_due}", of=of)


def _conflicts() -> Iterator[int]:
    rows = PendingRevision.objects.filter(
        origin=Revision.Origin.IMPORT,
        state=PendingRevision.State.SUBMITTED,
        modified__gte=timezone.now() - BACK,
    )
    untold = _untold(rows, Kind.CONFLICT, "pk", "number")
    for row in untold.select_related("article__owner")[:_MOST]:
        of = f"{row.pk}:"
        people = concerned(row.article)
        yield tell(
            Kind.CONFLICT, people, row.article, key=f"{of}{row.number}", language=row.language,
            of=of,
        )  # fmt: skip


def _behind() -> Iterator[int]:
    recent = Revision.objects.filter(
        created__gte=timezone.now() - BACK, size=Revision.Size.MAJOR
    ).values("translation__article")
    texts = ArticleTranslation.objects.filter(
        article__in=recent, article__status=Article.Status.PUBLISHED
    )
    untold = _untold(stale(texts), Kind.BEHIND, "pk", "source_revision")
    for text in untold.select_related("article__owner")[:_MOST]:
        said = _("“%(language)s” does not include the last change yet.")
        yield tell(
            Kind.BEHIND,
            concerned(text.article),
            text.article,
            key=f"{text.pk}:{text.source_revision}",
            text=said % {"language": text.language.upper()},
            language=text.language,
            of=f"{text.pk}:",
        )


def _endings() -> Iterator[int]:
    now = timezone.now()
    rows = ScheduledChange.objects.filter(
        act=ScheduledChange.Act.EXPIRE,
        refused="",
        at__gt=now,
        at__lte=now + AHEAD,
        article__status=Article.Status.PUBLISHED,
    )
    untold = _untold(rows, Kind.ENDING, "article_id", TruncDate("at"))
    for row in untold.select_related("article__owner")[:_MOST]:
        of, day = f"{row.article_id}:", timezone.localtime(row.at).date().isoformat()
        said = remark(gettext_noop("Readers see it until %(day)s."), day=day)
        people = concerned(row.article)
        yield tell(Kind.ENDING, people, row.article, key=f"{of}{day}", text=said, of=of)


_LOOKS = (_errors, _due, _conflicts, _behind, _endings)
