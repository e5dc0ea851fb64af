"""What no act of an editor causes: the worker looks around and tells whose turn it is.

It looks at what has arisen within a week, so that one that was away has told nobody too late, and
nobody is told again of what has waited for years. Each look asks for the next one first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

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
from ...texts.remarks import remark
from .notices import concerned, tell

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


def _errors() -> Iterator[int]:
    since = timezone.now() - BACK
    rows = ErrorReport.objects.filter(status="open", created__gte=since)
    for row in rows.select_related("article__owner")[:_MOST]:
        people = concerned(row.article)
        yield tell(
            Kind.ERROR, people, row.article, key=row.pk, text=row.comment, language=row.language
        )


def _due() -> Iterator[int]:
    today = timezone.localdate()
    rows = Article.objects.filter(
        status=Article.Status.PUBLISHED, review_due__lte=today, review_due__gte=today - BACK
    )
    for article in rows.select_related("owner")[:_MOST]:
        of, people = f"{article.pk}:", concerned(article)
        yield tell(Kind.DUE, people, article, key=f"{of}{article.review_due}", of=of)


def _conflicts() -> Iterator[int]:
    rows = PendingRevision.objects.filter(
        origin=Revision.Origin.IMPORT,
        state=PendingRevision.State.SUBMITTED,
        modified__gte=timezone.now() - BACK,
    )
    for row in rows.select_related("article__owner")[:_MOST]:
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
    for text in stale(texts).select_related("article__owner")[:_MOST]:
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
    for row in rows.select_related("article__owner")[:_MOST]:
        of, day = f"{row.article_id}:", timezone.localtime(row.at).date().isoformat()
        said = remark(gettext_noop("Readers see it until %(day)s."), day=day)
        people = concerned(row.article)
        yield tell(Kind.ENDING, people, row.article, key=f"{of}{day}", text=said, of=of)


_LOOKS = (_errors, _due, _conflicts, _behind, _endings)
