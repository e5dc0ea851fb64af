"""The first page of the administration: open tasks, for what a person may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import get_language

from ...figures import reports
from ...figures.index_state import IndexState, index_state
from ...figures.lately import counted_lately
from ...figures.reviews import DueReview, due_within, reviews_of
from ...figures.surges import Surge, surges
from ...figures.workload import DraftRow, Waiting, drafts_of, in_review, waiting
from ...models import Article, MediaImage, PendingRevision
from ...rights import is_bound, within
from ..editorial.notices import unread
from ..editorial.upcoming import upcoming
from ..texts.drafts import unsaved
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
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListHead:
    """The first lines of a list, and how many there are in all."""

    rows: list[DraftRow] | list[Waiting] | list[DueReview]
    total: int
    #: Articles of these lines that are outside the person's field of responsibility.
    outside: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.rows)


def context(user: User) -> dict[str, Any]:
    """Return what the page shows ``user``; a part that is not theirs is None."""
    language = get_language()
    writes = user.has_perm("troubleshooting.change_article")
    reviews = user.has_perm("troubleshooting.review_article")
    kinds = reports.kinds_for(user)
    lists = {
        "unsaved": unsaved(user) if writes else None,
        "drafts": _drafts(user, language) if writes else None,
        "due": _due(user, language) if writes else None,
        "upcoming": upcoming(user, language, LINES) if writes else None,
        "notices": unread(user, LINES) if writes else None,
        **(_pending(user, reviews) if writes else {}),
        "waiting": _waiting(user, language) if reviews else None,
    }
    return {
        **lists,
        "cards": _cards(lists),
        "open_reports": reports.counts(kinds)[reports.Status.OPEN] if reviews and kinds else None,
        "texts": _texts() if reviews else None,
        "unused_images": _unused(user),
        "index_state": _index(user),
        "surges": _surges(user),
        "may_write": user.has_perm("troubleshooting.add_article"),
    }


def _cards(lists: Mapping[str, Any]) -> list[str]:
    """Return the templates of ``lists`` that are shown: what waits stands above what is done.

    A list that is not the person's is None; of some an empty one has nothing to say.
    """
    shown = [name for name in _CARDS if lists.get(name) is not None]
    full = [name for name in shown if lists[name]]
    done = [name for name in shown if not lists[name] and isinstance(lists[name], ListHead)]
    return [f"admin/home/{name}.html" for name in full + done]


def _surges(user: User) -> list[Surge]:
    """Return what is searched unusually often, for who may tell readers of an incident."""
    return surges() if user.has_perm("troubleshooting.add_incident") else []


def _drafts(user: User, language: str) -> ListHead:
    rows = drafts_of(user, language)
    return ListHead(rows[:LINES], len(rows))


def _waiting(user: User, language: str) -> ListHead:
    """Return the articles in review; where fields are in force those of ``user``'s come first."""
    articles = _own_first(in_review(), user)
    rows, total = waiting(articles, language, LINES)
    outside = _outside(user, [row.title.article for row in rows])
    return ListHead(rows, total, outside)


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
    """Return what waits beside live texts, of ``user`` and for a review.

    ``user`` wrote in it, or owns the article: a text does not go from anybody's sight because
    somebody else wrote on. Of one's own what was rejected comes first; of what waits the oldest,
    and last what ``user`` may not decide, since it is their own or outside their field.
    """
    written_by = PendingRevision.writers.through.objects.filter(user=user)
    is_own = Q(pk__in=written_by.values("pendingrevision")) | Q(article__owner=user)
    own = is_own & ~Q(state=State.SUBMITTED)
    wanted = own | Q(state=State.SUBMITTED) if reviews else own
    rows = PendingRevision.objects.filter(wanted).prefetch_related("writers").order_by("modified")
    found = list(rows[:_MOST_PENDING])
    waiting = [row for row in found if row.state == State.SUBMITTED]
    written = [row for row in reversed(found) if row.state != State.SUBMITTED]
    outside = _outside(user, [row.article_id for row in waiting])
    waiting.sort(key=lambda row: (row.article_id in outside, row.author_id == user.pk))
    return {
        "own_pending": sorted(written, key=lambda row: row.state != State.REJECTED)[:LINES],
        "submitted": waiting[:LINES],
        "pending_outside": outside,
    }


def _due(user: User, language: str) -> ListHead:
    own = due_within(SOON).filter(owner=user)
    rows = reviews_of(own[:LINES], language)
    return ListHead(rows, len(rows) if len(rows) < LINES else own.count())


def _texts() -> list[LanguageCounts]:
    """Return the languages in which something is missing or out of date."""
    counted = counted_lately("language_counts", language_counts, None)
    return [counts for counts in counted if counts.missing or counts.stale]


def _unused(user: User) -> int | None:
    allowed = user.has_perm("troubleshooting.delete_mediaimage")
    return MediaImage.objects.unused().count() if allowed else None


def _index(user: User) -> IndexState | None:
    if not user.has_perm("troubleshooting.delete_article"):
        return None
    return counted_lately("index_state", index_state, None)
