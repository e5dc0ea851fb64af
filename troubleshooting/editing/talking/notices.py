"""Telling people: a row for each of them, and the letter that they asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from ...access import CHANGE_ARTICLE, REVIEW_ARTICLE
from ...jobs import enqueue
from ...models import Article, Job, Notice, NoticePreference, Responsibility
from ...rights import is_on, responsible_for, unbound, who_may
from .letters import send_digest, send_notice

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

Mails = NoticePreference.Mails
WRITES, REVIEWS = CHANGE_ARTICLE, REVIEW_ARTICLE
REVIEWER = Responsibility.Role.REVIEWER
#: The hour at which the letter of a day is written.
_HOUR = 7


def who_reviews(article: Article) -> QuerySet[User]:
    """Return whose turn it is when ``article`` waits: every reviewer, or those of its field.

    Where nobody has its field it is the matter of those whom no field binds.
    """
    people = who_may(REVIEWS)
    if not is_on():
        return people
    own = people.filter(pk__in=responsible_for(article, REVIEWER).values("pk"))
    return own if own.exists() else people.filter(pk__in=unbound().values("pk"))


def concerned(article: Article) -> list[User]:
    """Return whose turn it is: the owner's, else the reviewers'."""
    owner = article.owner
    if owner and owner.is_active:
        return [owner]
    return list(who_reviews(article))


@transaction.atomic
def tell(
    kind: str,
    people: Iterable[User | None],
    article: Article,
    *,
    key: object,
    actor: User | None = None,
    text: str = "",
    language: str = "",
    of: str = "",
) -> int:
    """Tell ``people`` what happened to ``article``, each once for ``key``; return how many.

    Who did it is not told, nor who may not write articles (any more). ``of`` is how the keys begin
    of what was told before of the same thing: what has come since takes its place.
    """
    keys = {one.pk for one in people if one} - {actor.pk if actor else None}
    told = {one.pk: one for one in who_may(WRITES).filter(pk__in=keys)} if keys else {}
    name = f"{kind}:{key}"
    for known in Notice.objects.filter(key=name, user__in=told).values_list("user", flat=True):
        del told[known]
    if not told:
        return 0
    if of:
        before = Notice.objects.filter(key__startswith=f"{kind}:{of}", user__in=told, seen=None)
        before.update(seen=timezone.now())
    title, of_text = _title(article, language)
    rows = [
        Notice(
            user=one, kind=kind, key=name, article=article, title=title, language=of_text,
            actor=actor, text=" ".join(text.split())[:500],
        )
        for one in told.values()
    ]  # fmt: skip
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    _mail(name, list(told))
    return len(rows)


def _title(article: Article, language: str) -> tuple[str, str]:
    texts = article.translations.only("title", "language")
    text = texts.filter(language=language).first() or texts.order_by("pk").first()
    return (text.title, text.language) if text else (article.slug, settings.LANGUAGE_CODE)


def _mail(key: str, people: list[int]) -> None:
    """Queue a mail about the notices ``key`` to each of ``people`` who wants mails."""
    wanting = NoticePreference.objects.filter(user__in=people).exclude(mails=Mails.NONE)
    for preference in wanting:
        if preference.mails == Mails.AT_ONCE:
            enqueue(send_notice, user_key=preference.user_id, key=key)
        elif not _has_letter_ahead(preference.user_id):
            enqueue(
                send_digest,
                delay=next_morning(timezone.localtime()) - timezone.now(),
                user_key=preference.user_id,
            )


def _has_letter_ahead(user: int) -> bool:
    waiting = Job.objects.filter(task=send_digest.path, state=Job.State.WAITING)
    return waiting.filter(arguments__user_key=user).exists()


def next_morning(now: datetime) -> datetime:
    """Return when the next letter of a day is written, in the time of the portal."""
    day = now.date() if now.hour < _HOUR else now.date() + timedelta(days=1)
    return datetime(day.year, day.month, day.day, _HOUR, tzinfo=now.tzinfo)


def unseen(user: User | AnonymousUser) -> QuerySet[Notice]:
    """Return what ``user`` was told and has not called read, the newest first."""
    rows = Notice.objects.filter(user=user.pk, seen=None)
    return rows.select_related("actor").order_by("-created", "-pk")


def mark_seen(user: User, keys: Iterable[int] | None = None) -> int:
    """Call notices of ``user`` read: those with ``keys``, or (None) all; return how many."""
    rows = Notice.objects.filter(user=user, seen=None)
    if keys is not None:
        rows = rows.filter(pk__in=list(keys))
    return rows.update(seen=timezone.now())


def settle(kind: str, article: Article, *, of: str = "") -> None:
    """Call what people were told of ``article`` by ``kind`` read: somebody has acted on it since.

    ``of`` is how the keys begin of what is meant (a pending revision); "" is the article itself.
    """
    rows = Notice.objects.filter(kind=kind, article=article, seen=None)
    of_pending = Q(key__startswith=f"{kind}:{of or 'p'}")
    rows.filter(of_pending if of else ~of_pending).update(seen=timezone.now())


def forget(kind: str, article: Article) -> None:
    """Take back what people were told of ``article`` by ``kind``: it does not hold any more.

    They are told anew where it holds again.
    """
    Notice.objects.filter(kind=kind, article=article).delete()


def preference_of(user: User) -> NoticePreference:
    """Return how ``user`` wants to be told; it may not be stored yet."""
    found = NoticePreference.objects.filter(user=user).first()
    return found or NoticePreference(user=user)


def save_preference(user: User, *, mails: str, language: str) -> None:
    """Store how ``user`` wants to be told; a letter that waits goes as it was asked for then."""
    NoticePreference.objects.update_or_create(
        user=user, defaults={"mails": mails, "language": language}
    )
