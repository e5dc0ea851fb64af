"""The first page of the administration: open tasks, for what a person may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import get_language

from ...access import ADD_ARTICLE, CHANGE_ARTICLE, DELETE_ARTICLE, REVIEW_ARTICLE
from ...figures import reports
from ...figures.index_state import IndexState, index_state
from ...figures.lately import counted_lately
from ...figures.reviews import DueReview, due_within, reviews_of
from ...figures.surges import Surge, surges
from ...figures.workload import (
    DraftRow,
    NamedArticles,
    Waiting,
    draft_rows,
    in_review,
    review_rows,
    sent_by,
)
from ...models import Article, MediaImage, PendingRevision
from ...rights import is_bound, within
from ..editorial.notices import unread
from ..editorial.upcoming import upcoming
from ..texts.drafts import unsaved
from ..texts.pending_list import own_pending
from ..translating.listing import LanguageCounts, language_counts

if TYPE_CHECKING:
    pass

State = PendingRevision.State
#: Lines of a list on this page; the whole list is a link away.
LINES = 8
#: Pending revisions that are looked at.
_MOST_PENDING = 500
#: Days ahead in which a review is worth a line.
SOON = 30


#: The lists of work, the most urgent first; a template of ``admin/home/`` each.
_CARDS = (
    "notices", "upcoming", "unsaved", "drafts", "own_pending", "due", "waiting", "submitted",
    "due_of_nobody", "sent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListHead:
    """The first lines of a list, and how many there are in all."""

    rows: list[DraftRow] | list[Waiting] | list[DueReview] | list[PendingRevision]
    total: int
    #: Articles of these lines that are outside the person's field of responsibility.
    outside: frozenset[int] = frozenset()
    #: An empty list is not worth a line.
    is_rare: bool = False

    def __bool__(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True, slots=True)
class SentHead:
    """What a person sent and others decide about: articles, and pending revisions."""

    articles: ListHead
    pending: ListHead

    @property
    def total(self) -> int:
        return self.articles.total + self.pending.total

    def __bool__(self) -> bool:
        return bool(self.articles or self.pending)


def context(user: User) -> dict[str, Any]:
    """Return what the page shows ``user``; a part that is not theirs is None."""
    language = get_language()
    writes = user.has_perm(CHANGE_ARTICLE)
    reviews = user.has_perm(REVIEW_ARTICLE)
    kinds = reports.kinds_for(user)
    lists = {
        "unsaved": unsaved(user) if writes else None,
        "due": _due(user, language) if writes else None,
        "due_of_nobody": _due_of_nobody(user, language) if reviews else None,
        "upcoming": upcoming(user, language, LINES) if writes else None,
        "notices": unread(user, LINES) if writes else None,
        **(_pending(user, reviews) if writes else {}),
    }
    if writes:
        lists |= _articles(user, reviews, language, lists.pop("sent_pending"))
    return {
        **lists,
        "cards": _cards(lists),
        "open_reports": reports.counts(kinds)[reports.Status.OPEN] if reviews and kinds else None,
        "texts": _texts() if reviews else None,
        "unused_images": _unused(user),
        "index_state": _index(user),
        "surges": _surges(user),
        "may_write": user.has_perm(ADD_ARTICLE),
    }


def _cards(lists: Mapping[str, Any]) -> list[str]:
    """Return the templates of ``lists`` that are shown: what waits stands above what is done.

    A list that is not the person's is None; of some an empty one has nothing to say.
    """
    shown = [name for name in _CARDS if lists.get(name) is not None]
    full = [name for name in shown if lists[name]]
    done = [
        name
        for name in shown
        if isinstance(head := lists[name], ListHead) and not (head or head.is_rare)
    ]
    return [f"admin/home/{name}.html" for name in full + done]


def _surges(user: User) -> list[Surge]:
    """Return what is searched unusually often, for who may tell readers of an incident."""
    return surges() if user.has_perm("troubleshooting.add_incident") else []


def _articles(user: User, reviews: bool, language: str, pending: ListHead) -> dict[str, Any]:
    """Return drafts, articles in review, and what was sent (``pending`` of it beside live texts).

    Where fields are in force, those in review of ``user``'s come first.
    """
    drafts = draft_rows(user)
    waits, total = review_rows(_own_first(in_review(), user), LINES) if reviews else ([], 0)
    sent, sent_total = review_rows(sent_by(user), LINES)
    named = NamedArticles([*drafts, *waits, *sent], language)
    outside = _outside(user, [key for key, _slug in waits])
    return {
        "drafts": ListHead(named.drafts(drafts, user)[:LINES], len(drafts)),
        "waiting": ListHead(named.waiting(waits), total, outside) if reviews else None,
        "sent": SentHead(ListHead(named.waiting(sent), sent_total), pending),
    }


def _own_first(articles: QuerySet[Article], user: User) -> QuerySet[Article]:
    if not is_bound(user):
        return articles
    place = Case(When(within(user), then=Value(0)), default=Value(1))
    return articles.annotate(place=place).order_by("place", *articles.query.order_by)


def _outside(user: User, articles: list[int]) -> frozenset[int]:
    """Return which of ``articles`` others decide about. One query where fields are in force."""
    if not articles or not is_bound(user):
        return frozenset()
    own = Article.objects.filter(within(user), pk__in=articles).values_list("pk", flat=True)
    return frozenset(articles).difference(own)


def _pending(user: User, reviews: bool) -> dict[str, Any]:
    """Return what waits beside live texts, of ``user`` and for a review, and what they sent.

    ``user`` wrote in it, or owns the article: a text does not go from anybody's sight because
    somebody else wrote on. Of one's own what was rejected comes first; of what waits the oldest,
    and last what ``user`` may not decide, since it is their own or outside their field.
    """
    is_own, is_sent = own_pending(user), Q(state=State.SUBMITTED)
    rows = PendingRevision.objects.filter(is_own | is_sent if reviews else is_own)
    marked = rows.annotate(is_own=Case(When(is_own, then=True), default=False))
    found = list(marked.prefetch_related("writers").order_by("modified")[:_MOST_PENDING])
    waiting = [row for row in found if row.state == State.SUBMITTED] if reviews else []
    sent = [row for row in found if row.state == State.SUBMITTED and row.is_own]
    written = [row for row in reversed(found) if row.state != State.SUBMITTED]
    outside = _outside(user, [row.article_id for row in waiting])
    waiting.sort(key=lambda row: (row.article_id in outside, user in row.writers.all()))
    written.sort(key=lambda row: row.state != State.REJECTED)

    def head(rows: Sequence[PendingRevision], wanted: Q) -> ListHead:
        is_whole = len(found) < _MOST_PENDING
        total = len(rows) if is_whole else PendingRevision.objects.filter(wanted).count()
        return ListHead(list(rows[:LINES]), total, outside, is_rare=True)

    return {
        "own_pending": head(written, is_own & ~is_sent),
        "submitted": head(waiting, is_sent),
        "sent_pending": head(sent, is_own & is_sent),
    }


def _due(user: User, language: str) -> ListHead:
    own = due_within(SOON).filter(owner=user)
    rows = reviews_of(own[:LINES], language)
    return ListHead(rows, len(rows) if len(rows) < LINES else own.count())


def _due_of_nobody(user: User, language: str) -> ListHead:
    """Return what is due and has no owner, of the field of ``user`` where fields are in force."""
    due = due_within(SOON).filter(within(user), owner=None)
    rows = reviews_of(due[:LINES], language)
    return ListHead(rows, len(rows) if len(rows) < LINES else due.count(), is_rare=True)


def _texts() -> list[LanguageCounts]:
    """Return the languages in which something is missing or out of date."""
    counted = counted_lately("language_counts", language_counts, None)
    return [counts for counts in counted if counts.missing or counts.stale]


def _unused(user: User) -> int | None:
    allowed = user.has_perm("troubleshooting.delete_mediaimage")
    return MediaImage.objects.unused().count() if allowed else None


def _index(user: User) -> IndexState | None:
    if not user.has_perm(DELETE_ARTICLE):
        return None
    return counted_lately("index_state", index_state, None)
