"""Threads of comments on an article, which editors alone see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...models import Article, Comment, Notice
from ...models.editorial.talking import LONGEST_COMMENT
from .notices import WRITES, tell

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

#: A name after @ that begins a word: no mail address, nothing inside code.
_MENTION = re.compile(r"(?<![\w@.+-])@(\w[\w@.+-]{0,149})")
_CODE = re.compile(r"(`+).+?\1", re.DOTALL)
#: More would be a letter to everybody.
MOST_MENTIONED = 20


@dataclass(frozen=True, slots=True)
class PostedComment:
    """A comment, whom it told, and the names in it that told nobody."""

    comment: Comment
    recipients: list[str]
    unknown: list[str]


def threads_of(article: Article) -> QuerySet[Comment]:
    """Return the threads of ``article`` with their answers, open ones first, the oldest first."""
    answers = Prefetch("answers", Comment.objects.select_related("author"))
    threads = article.comments.filter(thread=None).select_related("author", "resolved_by")
    return threads.prefetch_related(answers).order_by("resolved", "created", "pk")


def open_threads(article: Article) -> int:
    """Return how many threads of ``article`` are open."""
    return article.comments.filter(thread=None, resolved=None).count()


@transaction.atomic
def add_comment(
    article: Article, text: str, *, author: User, thread: Comment | None = None
) -> PostedComment:
    """Say ``text`` about ``article``, in answer to ``thread`` (None: a new one).

    An answer opens a resolved thread again. Who is mentioned (@name) is told, as far as they may
    write articles, and so is who wrote in the thread. A form that is sent twice says it once.
    Raise ``PermissionDenied`` and ``ValidationError``.
    """
    _check(article, author, thread)
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        raise ValidationError(_("Write a comment first."))
    if len(text) > LONGEST_COMMENT:
        raise ValidationError(
            _("A comment has %(most)d characters at most."), params={"most": LONGEST_COMMENT}
        )
    # Of two that come at the same moment, the second waits here and finds what the first said.
    Article.objects.select_for_update().only("pk").get(pk=article.pk)
    if said := _said_last(article, thread, author, text):
        return PostedComment(said, [], [])
    comment = Comment.objects.create(article=article, thread=thread, author=author, text=text)
    if thread:
        Comment.objects.filter(pk=thread.pk).update(resolved=None, resolved_by=None)
    people, unknown = _mentioned(text)
    tell(Notice.Kind.MENTIONED, people, article, key=comment.pk, actor=author, text=text)
    if thread:
        _tell_thread(comment, thread, {one.pk for one in people})
    return PostedComment(comment, [one.get_username() for one in people if one != author], unknown)


def _said_last(article: Article, thread: Comment | None, author: User, text: str) -> Comment | None:
    """Return the last comment at that place where ``author`` has just said the same in it."""
    last = Comment.objects.filter(article=article, thread=thread).order_by("-pk").first()
    if (
        last is None
        or (thread or last).resolved
        or (last.author_id, last.text) != (author.pk, text)
    ):
        return None
    return last


def _check(article: Article, author: User, thread: Comment | None) -> None:
    if not author.has_perm(WRITES):
        raise PermissionDenied
    if thread and (thread.article_id != article.pk or thread.thread_id):
        raise ValidationError(_("This thread no longer exists."))


def _tell_thread(comment: Comment, thread: Comment, but: set[int]) -> None:
    said = Comment.objects.filter(article=thread.article_id).exclude(author__in=but)
    keys = {thread.author_id, *said.filter(thread=thread).values_list("author", flat=True)} - but
    tell(
        Notice.Kind.ANSWERED,
        User.objects.filter(pk__in=[key for key in keys if key]),
        comment.article,
        key=comment.pk,
        actor=comment.author,
        text=comment.text,
    )


def mentions(text: str) -> list[str]:
    """Return the names that ``text`` mentions, each once, in their order."""
    prose = _CODE.sub(" ", text)
    names = (name.rstrip(".+-@") for name in _MENTION.findall(prose))
    return list(dict.fromkeys(filter(None, names)))[:MOST_MENTIONED]


def _mentioned(text: str) -> tuple[list[User], list[str]]:
    """Return who is mentioned and may be told, and the names of which nobody is."""
    people: dict[int, User] = {}
    unknown = []
    for name in mentions(text):
        # A name in another case is one person's, or nobody's.
        found = list(User.objects.filter(username__iexact=name, is_active=True)[:3])
        exact = [one for one in found if one.username == name]
        one = (exact or found)[0] if exact or len(found) == 1 else None
        if one and one.is_staff and one.has_perm(WRITES):
            people[one.pk] = one
        else:
            unknown.append(name)
    return list(people.values()), unknown


@transaction.atomic
def resolve_thread(thread: Comment, *, user: User | AnonymousUser) -> bool:
    """Call a thread settled; return False where it was already. Raise ``PermissionDenied``."""
    if not user.has_perm(WRITES):
        raise PermissionDenied
    rows = Comment.objects.filter(pk=thread.pk, thread=None, resolved=None)
    return bool(rows.update(resolved=timezone.now(), resolved_by=user.pk))
