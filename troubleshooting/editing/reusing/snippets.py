"""Saving a snippet, and letting the texts that hold it follow: a few at once, many by a job."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ... import deriving
from ...jobs import LONG, JobRun, enqueue, task
from ...models import (
    Article,
    ArticleTranslation,
    Snippet,
    SnippetRevision,
    SnippetUse,
)
from ...rights import is_bound, within
from ...texts.bounded import UnrenderableText, canonical_sections
from ...texts.markup.snippets import keys_in, markers_in
from ...webhooks.events import CHANGED, announce_article, is_wanted
from ..refusals import LONGEST_SECTION, refusal
from .elsewhere import UnseenPlace, places_elsewhere

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Texts that follow in the transaction of the change itself; more are the worker's.
AT_ONCE = 10
CHANGE = "troubleshooting.change_snippet"


@dataclass(frozen=True, slots=True)
class SavedSnippet:
    """What a save did.

    ``followed`` texts say it already, ``waiting`` ones will once the worker has come to them.
    ``is_proposed``: somebody else has to approve it first.
    """

    snippet: Snippet
    changed: bool = True
    followed: int = 0
    waiting: int = 0
    is_proposed: bool = False


def check_snippet(key: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return ``texts`` in canonical form, as the snippet ``key`` would say them.

    Raise ``ValidationError`` by field (``text_fr``) for texts that say nothing, that cannot be
    rendered or that hold the snippet itself.
    """
    said = _canonical(texts)
    _check_circle(key, said)
    return said


def save_snippet(
    snippet: Snippet,
    texts: Mapping[str, str],
    *,
    author: User | None,
    base_version: int | None = None,
    is_approved: bool = False,
) -> SavedSnippet:
    """Let ``snippet`` (unsaved: a new one) say ``texts``, Markdown by language.

    With ``FOUR_EYES`` what published articles would say is kept until somebody else approves it
    (``is_approved``), and so is always what articles outside the field of ``author`` would say.
    Raise ``ValidationError`` as ``check_snippet`` does, where an article could not hold it, where
    it is no longer at ``base_version``, and where what somebody else proposed waits; nothing is
    stored then.
    """
    said = check_snippet(snippet.key, texts)
    with transaction.atomic():
        lock_texts(snippet)
        if snippet.pk:
            snippet = Snippet.objects.select_for_update().get(pk=snippet.pk)
        if base_version is not None and base_version != snippet.version:
            raise ValidationError(
                _("Somebody else changed this snippet meanwhile. Copy your text, load the page"
                  " again and put your change in.")
            )  # fmt: skip
        if said == snippet.texts and snippet.pk:
            return SavedSnippet(snippet, changed=False)
        if not is_approved:
            _check_proposal(snippet, author)
        if not is_approved and _needs_approval(snippet.key, author):
            return _propose(snippet, said, author)
        snippet.texts, snippet.version = said, snippet.version + 1
        snippet.proposed, snippet.proposed_by = None, None
        snippet.modified = timezone.now()
        snippet.save()
        SnippetRevision.objects.create(
            snippet=snippet, number=snippet.version, texts=said, author=author
        )
        return _let_follow(snippet, author)


def delete_snippets(snippets: Iterable[Snippet]) -> None:
    """Delete ``snippets``. Raise ``ValidationError`` where one is used; none is deleted then."""
    with transaction.atomic():
        rows = Snippet.objects.select_for_update()
        for snippet in rows.filter(pk__in=[one.pk for one in snippets]):
            check_snippet_unused(snippet)
            snippet.delete()


def check_snippet_unused(snippet: Snippet) -> None:
    """Raise ``ValidationError`` where some text holds ``snippet``: readers would miss it there."""
    uses = SnippetUse.objects.filter(key=snippet.key)
    if count := uses.values("translation__article").distinct().count():
        said = ngettext(
            "“%(key)s” stands in %(count)d article. Take it out there first.",
            "“%(key)s” stands in %(count)d articles. Take it out there first.",
            count,
        )
        raise ValidationError(said % {"key": snippet.key, "count": count})
    if place := next(_elsewhere(snippet), None):
        raise ValidationError(
            _("“%(key)s” stands in %(place)s. Take it out there first.")
            % {"key": snippet.key, "place": place}
        )


def _elsewhere(snippet: Snippet) -> Iterator[UnseenPlace]:
    """Yield where ``snippet`` stands beside what articles say now."""
    for place in places_elsewhere(snippet.key, lambda text: snippet.key in keys_in(text)):
        if place.row != snippet:
            yield place


def _canonical(texts: Mapping[str, str]) -> dict[str, str]:
    given = {name: text.replace("\r\n", "\n") for name, text in texts.items() if text.strip()}
    for language, text in given.items():
        if len(text) > LONGEST_SECTION:
            error = UnrenderableText(language, "too_long")
            raise ValidationError({f"text_{language}": refusal(error)})
    try:
        said = {name: text for name, text in canonical_sections(given).items() if text}
    except UnrenderableText as error:
        raise ValidationError({f"text_{error.field}": refusal(error)}) from error
    if not said:
        raise ValidationError(_("Write the snippet in at least one language."))
    return said


def _check_circle(key: str, texts: Mapping[str, str]) -> None:
    """Refuse texts that hold, through others or at once, the snippet ``key`` itself."""
    others = dict(Snippet.objects.exclude(key=key).values_list("key", "texts"))
    for language, text in texts.items():
        for marker in markers_in(text):
            if marker.stands_alone and key in _reached(marker.key, others):
                said = _(
                    "Line %(line)d: “%(other)s” holds this snippet, which would hold itself. Take"
                    " the line out."
                )
                values = {"line": marker.line, "other": marker.key}
                raise ValidationError({f"text_{language}": said % values})


def _reached(key: str, snippets: Mapping[str, Mapping[str, str]]) -> set[str]:
    """Return the keys of all snippets that ``key`` holds, itself among them."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += [k for text in snippets.get(one, {}).values() for k in keys_in(text)]
    return found


def _check_proposal(snippet: Snippet, author: User | None) -> None:
    """Refuse to write over what somebody else proposed: it would be gone, unread."""
    is_own = author is not None and snippet.proposed_by_id == author.pk
    if snippet.proposed is not None and not is_own:
        raise ValidationError(
            _("Somebody else proposed a change of this snippet, which waits. Copy your text; once"
              " the proposal is approved or discarded, put your change in.")
        )  # fmt: skip


def _propose(snippet: Snippet, texts: dict[str, str], author: User | None) -> SavedSnippet:
    snippet.proposed, snippet.proposed_by = texts, author
    snippet.save()
    return SavedSnippet(snippet, is_proposed=True)


def _needs_approval(key: str, author: User | None) -> bool:
    return (settings.FOUR_EYES and _is_published(key)) or is_outside(key, author)


def is_outside(key: str, user: User | None) -> bool:
    """Return whether some text that holds the snippet ``key`` is not ``user``'s to change."""
    if user is None or not is_bound(user):
        return False
    uses = SnippetUse.objects.filter(key=key)
    return uses.exclude(within(user, "translation__article__")).exists()


def _is_published(key: str) -> bool:
    published = {"translation__article__status": Article.Status.PUBLISHED}
    return SnippetUse.objects.filter(key=key, **published).exists()


def lock_texts(snippet: Snippet) -> None:
    """Lock the articles that will follow at once.

    Articles come before snippets, here as where an article is saved, so that no two wait for
    each other.
    """
    uses = SnippetUse.objects.filter(key=snippet.key).values("translation__article")
    if uses.distinct().count() <= AT_ONCE:
        list(Article.objects.select_for_update().filter(pk__in=uses).order_by("pk").only("pk"))


def stale_texts(snippet: Snippet) -> QuerySet[ArticleTranslation]:
    """Return the texts that show another version of ``snippet`` than it has."""
    uses = SnippetUse.objects.filter(key=snippet.key).exclude(version=snippet.version)
    return ArticleTranslation.objects.filter(pk__in=uses.values("translation")).order_by("pk")


def _let_follow(snippet: Snippet, author: User | None) -> SavedSnippet:
    texts = list(stale_texts(snippet).select_related("article")[: AT_ONCE + 1])
    if len(texts) > AT_ONCE:
        enqueue(follow_snippet, user=author, snippet=snippet.pk)
        return SavedSnippet(snippet, waiting=stale_texts(snippet).count())
    for text in texts:
        try:
            _derive(text)
        except UnrenderableText as error:
            raise ValidationError(
                _("The article “%(title)s” could not hold it: %(reason)s")
                % {"title": text.title, "reason": refusal(error)}
            ) from error
    return SavedSnippet(snippet, followed=len(texts))


def _derive(text: ArticleTranslation) -> None:
    deriving.derive(text)
    if text.article.status == Article.Status.PUBLISHED and is_wanted(CHANGED):
        announce_article(
            CHANGED, text.article, language=text.language, revision=text.revision_number
        )


@task(queue=LONG)
def follow_snippet(run: JobRun, snippet: int) -> dict[str, Any] | None:
    """Let all texts follow that show another version of a snippet; each is done whole or not.

    Each says until then what the snippet said before. Called again it goes on where it was.
    """
    row = Snippet.objects.filter(pk=snippet).first()
    if row is None:
        return None
    keys = list(stale_texts(row).values_list("pk", flat=True))
    refused = []
    for number, key in enumerate(keys, 1):
        try:
            _follow(key)
        except UnrenderableText:
            refused.append(key)
        run.progress(number, len(keys))
    return {"followed": len(keys) - len(refused), "refused": refused}


@transaction.atomic
def _follow(key: int) -> None:
    """Derive a text anew while nobody saves it; one that is gone meanwhile needs nothing."""
    articles = Article.objects.select_for_update().filter(translations=key).only("pk")
    if articles.first() is None:
        return
    text = ArticleTranslation.objects.select_related("article").filter(pk=key).first()
    if text is not None:
        _derive(text)


def with_uses(snippets: QuerySet[Snippet]) -> QuerySet[Snippet]:
    """Annotate ``snippets`` with ``articles``, how many hold each, and ``waiting``, stale texts."""
    uses = SnippetUse.objects.filter(key=OuterRef("key")).order_by().values("key")
    count = Count("translation__article", distinct=True)
    return snippets.annotate(
        articles=_number(uses.annotate(n=count)),
        waiting=_number(uses.exclude(version=OuterRef("version")).annotate(n=Count("translation"))),
    )


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.values("n"), output_field=IntegerField()), 0)
