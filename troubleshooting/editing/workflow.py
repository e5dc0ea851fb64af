"""The states of an article: who may lead it from which to which, and what is asked before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from ..auditing import Act, note
from ..models import Article, ArticleTranslation, GapReport, ScheduledChange, StatusChange
from ..models.feedback import gap_key
from ..rights import EDIT, REVIEW, may, wrote_unread
from ..texts.remarks import remark
from ..webhooks.events import ARCHIVED, PUBLISHED, WITHDRAWN, announce_article
from .reusing.holding import as_seen, check_snippet_writers, snippets_of
from .reusing.templates import prompts_left_in
from .talking.events import tell_of_change, tell_of_end

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django.utils.functional import _StrPromise

Status = Article.Status
#: Prompts that a line names.
_PROMPTS = 4


@dataclass(frozen=True, slots=True)
class Transition:
    """A way from some states to another; ``label`` is the verb on its button."""

    name: str
    label: _StrPromise
    sources: frozenset[str]
    target: str
    permission: str
    needs_comment: bool = False


TRANSITIONS = {
    transition.name: transition
    for transition in (
        Transition(
            "submit", _("Send to review"), frozenset({Status.DRAFT}), Status.IN_REVIEW, EDIT
        ),
        Transition(
            "publish",
            _("Publish"),
            frozenset({Status.DRAFT, Status.IN_REVIEW}),
            Status.PUBLISHED,
            REVIEW,
        ),
        Transition(
            "reject", _("Reject"), frozenset({Status.IN_REVIEW}), Status.DRAFT, REVIEW, True
        ),
        Transition(
            "withdraw", _("Back to draft"), frozenset({Status.IN_REVIEW}), Status.DRAFT, EDIT
        ),
        Transition("unpublish", _("Withdraw"), frozenset({Status.PUBLISHED}), Status.DRAFT, REVIEW),
        Transition(
            "archive",
            _("Archive"),
            frozenset({Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED}),
            Status.ARCHIVED,
            REVIEW,
        ),
        Transition("reopen", _("Reopen"), frozenset({Status.ARCHIVED}), Status.DRAFT, REVIEW),
    )
}


class NotReadyError(ValidationError):
    """Publishing asks for what is missing; who publishes may say that it is right all the same."""


def transitions_for(user: User | AnonymousUser, article: Article) -> list[Transition]:
    """Return the ways that ``user`` may lead ``article`` now."""
    ways = [one for one in TRANSITIONS.values() if article.status in one.sources]
    allowed = {name for name in {one.permission for one in ways} if may(user, name, article)}
    return [one for one in ways if one.permission in allowed]


def missing_for_publication(article: Article) -> list[str]:
    """Return what a reader would miss, as lines for whoever publishes.

    [] where nothing is missing.
    """
    texts = {text.language: text.texts() for text in article.translations.all()}
    return [*missing_texts(texts.values(), article.kind), *_prompts_left(article)]


def missing_texts(texts: Collection[Mapping[str, str]], kind: str) -> list[str]:
    """Return which parts no reader of an article of that ``kind`` would find in any language."""
    missing: list[str] = []
    if not any(text["problem"] or text["other"] for text in texts):
        missing.append(gettext("No language says what the problem is."))
    if kind != Article.Kind.ADVICE and not any(text["resolution"] for text in texts):
        missing.append(gettext("No language has a resolution."))
    return missing


def _prompts_left(article: Article) -> Iterator[str]:
    """Yield, for each language, what a template left to be replaced and nobody has."""
    names = dict(settings.LANGUAGES)
    for language, prompts in prompts_left_in(article).items():
        written = list(dict.fromkeys(prompt.markup for prompt in prompts))
        values = {
            "language": capfirst(names.get(language, language)),
            "prompts": ", ".join(written[:_PROMPTS]),
            "number": len(written) - _PROMPTS,
        }
        if len(written) > _PROMPTS:
            said = gettext("%(language)s: the text still says %(prompts)s and %(number)d more.")
        else:
            said = gettext("%(language)s: the text still says %(prompts)s.")
        yield said % values


@transaction.atomic
def change_status(
    article: Article,
    transition_name: str,
    *,
    user: User,
    comment: str = "",
    accept_missing: bool = False,
    seen: Mapping[str, int] | None = None,
) -> StatusChange:
    """Lead ``article`` on and record it. ``article`` then has its new status.

    Raise ``PermissionDenied`` where ``user`` may not, ``ValidationError`` where the article is
    not in a state for it or the comment is missing, ``NotReadyError`` where something is missing
    for publication and ``accept_missing`` is false. An article without any text is never published.
    ``seen``: revision numbers by language of what was looked at; other texts are not published.
    """
    transition = TRANSITIONS[transition_name]
    if not may(user, transition.permission, article):
        raise PermissionDenied
    article.status = _locked_status(article)
    if transition.target == Status.PUBLISHED:
        if seen is not None:
            check_seen(article, seen)
        _check_four_eyes(article, user)
    _check(article, transition, comment.strip(), accept_missing)
    reviewed = _reviewed(article, user) if transition.target == Status.PUBLISHED else []
    return _decide(article, transition.target, user, comment.strip(), reviewed)


@transaction.atomic
def restore_status(article: Article, status: str, *, user: User, comment: str) -> StatusChange:
    """Lead ``article`` back to the ``status`` that it had before an act that is taken back.

    Whoever publishes so decides as by ``change_status``, but that nobody has read the text anew:
    its review stays as it is. Raise ``PermissionDenied`` where ``user`` is no reviewer of it,
    ``ValidationError`` where it has no text or ``user`` wrote in it (four eyes).
    """
    if not may(user, REVIEW, article):
        raise PermissionDenied
    article.status = _locked_status(article)
    if status == Status.PUBLISHED:
        _check_four_eyes(article, user)
        _check_texts(article)
    return _decide(article, status, user, comment)


def _decide(
    article: Article, target: str, user: User, comment: str, also: Sequence[str] = ()
) -> StatusChange:
    """Give ``article`` another status by hand and note it; ``also`` are more fields to save."""
    change = _lead(article, target, user, comment, also)
    # Who decides by hand has decided: what was to happen by itself does not happen once more.
    ScheduledChange.objects.filter(
        article=article, act=ScheduledChange.Act.PUBLISH, pending=None
    ).delete()
    _note(user, change)
    tell_of_change(change)
    return change


def _note(user: User | None, change: StatusChange) -> None:
    before, after = {"status": change.before}, {"status": change.after}
    note(user, Act.STATUS, change.article, before=before, after=after, detail=change.comment)


def revisions_of(article: Article) -> dict[str, int]:
    """Return the number of the newest revision by language: what a decision is about."""
    return dict(article.translations.values_list("language", "revision_number"))


def revisions_of_many(articles: Iterable[Article]) -> dict[int, dict[str, int]]:
    """Return for each of ``articles``, by its key, what ``revisions_of`` does, by one query."""
    found: dict[int, dict[str, int]] = {article.pk: {} for article in articles}
    texts = ArticleTranslation.objects.filter(article__in=found)
    for key, language, number in texts.values_list("article", "language", "revision_number"):
        found[key][language] = number
    return found


def versions_of(article: Article) -> dict[str, int]:
    """Return what readers would see of ``article`` now: its revisions and those of its snippets.

    Revisions stand under their language, snippets under the paragraph that names them.
    """
    return revisions_of(article) | as_seen(snippets_of(article))


def check_seen(article: Article, seen: Mapping[str, int]) -> None:
    """Raise ``ValidationError`` where ``article``, which is locked, has other texts than ``seen``.

    ``seen`` is what ``revisions_of`` returned when they were looked at.
    """
    if revisions_of(article) != dict(seen):
        raise ValidationError(_("The text was changed meanwhile: read it again."))


def _locked_status(article: Article) -> str:
    rows = Article.objects.select_for_update().values_list("status", flat=True)
    return str(rows.get(pk=article.pk))


def _lead(
    article: Article, target: str, user: User | None, comment: str, also: Sequence[str] = ()
) -> StatusChange:
    """Give ``article`` another status, with all that follows of it."""
    change = StatusChange.objects.create(
        article=article, before=article.status, after=target, author=user, comment=comment
    )
    article.status = target
    article.save(update_fields=["status", *also])
    if target == Status.PUBLISHED:
        close_gaps(article)
    if event := _told(change):
        announce_article(event, article)
    return change


@transaction.atomic
def expire(article: Article, user: User | None) -> bool:
    """Archive ``article`` since its end has come; return False where readers do not see it.

    ``user`` set the end: what comes of it is noted as theirs, if their account is still there.
    """
    article.status = _locked_status(article)
    if article.status != Status.PUBLISHED:
        return False
    reached = remark(gettext_noop("Its end date was reached."))
    change = _lead(article, Status.ARCHIVED, None, reached)
    _note(user, change)
    tell_of_end(change)
    return True


def check_publication(article: Article, user: User) -> None:
    """Raise as ``change_status`` would, were ``user`` to publish ``article`` now."""
    transition = TRANSITIONS["publish"]
    if not may(user, transition.permission, article):
        raise PermissionDenied
    article.status = Article.objects.values_list("status", flat=True).get(pk=article.pk)
    _check_four_eyes(article, user)
    _check(article, transition, "", accept_missing=True)


def _told(change: StatusChange) -> str:
    """Return the event that a change is to other programs, "" for what readers never saw."""
    if change.after == Status.PUBLISHED:
        return PUBLISHED
    if change.before != Status.PUBLISHED:
        return ""
    return ARCHIVED if change.after == Status.ARCHIVED else WITHDRAWN


def _check_four_eyes(article: Article, user: User) -> None:
    """Raise ``ValidationError`` where ``user`` wrote what a text says and nobody else has read.

    Or what a snippet in one says, which nobody else has read yet.
    """
    if not settings.FOUR_EYES:
        return
    if wrote_unread(user, article):
        raise ValidationError(
            _("You wrote in this text: somebody else has to read and publish it (four eyes).")
        )
    check_snippet_writers(snippets_of(article), user)


def close_gaps(article: Article) -> None:
    """Close the reports of what is there now: those that ``article`` was begun for.

    Also those of a code that it cites, of a message that it quotes, of its title.
    """
    said = article.translations.values_list("title", "citations__code__canonical", "symptoms__text")
    keys = {gap_key(subject) for row in said.distinct() for subject in row if subject}
    open_ones = GapReport.objects.filter(status=GapReport.Status.OPEN)
    open_ones.filter(Q(key__in=keys) | Q(article=article)).update(status=GapReport.Status.DONE)


def _check(article: Article, transition: Transition, comment: str, accept_missing: bool) -> None:
    if article.status not in transition.sources:
        raise ValidationError(
            _("The article is “%(status)s” by now: “%(action)s” is not possible."),
            params={"status": article.get_status_display(), "action": transition.label},
        )
    if transition.needs_comment and not comment:
        raise ValidationError(_("Say why, so that the author knows what to change."))
    if transition.target == Status.PUBLISHED:
        _check_texts(article)
        missing = missing_for_publication(article)
        if missing and not accept_missing:
            raise NotReadyError(missing)


def _check_texts(article: Article) -> None:
    if not article.translations.exists():
        raise ValidationError(_("An article without any text cannot be published."))


def _reviewed(article: Article, user: User) -> list[str]:
    """Return the fields set: publishing is a review and gives a date and an owner."""
    article.reviewed = timezone.localdate()
    if article.review_due is None or article.review_due <= article.reviewed:
        article.review_due = next_review(article.reviewed)
    if article.owner_id is None:
        article.owner = user
    return ["reviewed", "review_due", "owner"]


def next_review(today: date) -> date:
    """Return the date of the review that follows one on ``today``."""
    return today + timedelta(days=settings.REVIEW_DAYS)


@transaction.atomic
def mark_reviewed(articles: Iterable[Article], *, user: User) -> int:
    """Note that ``articles`` were read today and are right; return how many there are.

    Raise ``PermissionDenied``: ``user`` may not say so of one of them.
    """
    today = timezone.localdate()
    articles = list(articles)
    if not all(may(user, REVIEW, article) for article in articles):
        raise PermissionDenied
    keys = [article.pk for article in articles]
    return Article.objects.filter(pk__in=keys).update(reviewed=today, review_due=next_review(today))
