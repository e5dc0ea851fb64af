"""Which snippets texts hold, in which version; and whether who publishes them wrote one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from ...deriving import snippets_named
from ...models import Article, Snippet, SnippetRevision, SnippetUse
from ...texts.comparing.authorship import still_says
from ...texts.markup.snippets import marker_of
from ...texts.sections import MARKDOWN_TEXTS

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def snippets_in(texts: Mapping[str, str], language: str) -> dict[str, int]:
    """Return the versions of the snippets that ``texts`` hold, by key.

    Those inside of snippets are among them; names that no snippet has are not.
    """
    return snippets_named((texts.get(name, "") for name in MARKDOWN_TEXTS), language).versions


def snippets_of(article: Article) -> dict[str, int]:
    """Return the versions of the snippets that the texts of ``article`` hold, by key."""
    uses = SnippetUse.objects.filter(translation__article=article)
    return dict(Snippet.objects.filter(key__in=uses.values("key")).values_list("key", "version"))


def as_seen(versions: Mapping[str, int]) -> dict[str, int]:
    """Return ``versions`` of snippets under the paragraphs that name them.

    So they stand beside what else was seen, which nothing is called like.
    """
    return {marker_of(key): version for key, version in versions.items()}


def check_snippet_writers(keys: Iterable[str], user: User) -> None:
    """Raise ``ValidationError`` where ``user`` would bring their own words to readers alone.

    So they would with a snippet that says what they wrote and nothing published says yet, since
    such a one is saved without anybody's approval. The setting ``FOUR_EYES`` asks for that. The
    caller holds the transaction; the snippets ``keys`` stay as they are until it ends.
    """
    if not settings.FOUR_EYES:
        return
    for snippet in Snippet.objects.select_for_update().filter(key__in=keys).order_by("pk"):
        if not _is_read(snippet.key, snippet.version) and _wrote_unread(user, snippet):
            raise ValidationError(
                _("You wrote what the snippet “%(key)s” says: somebody else has to read and"
                  " publish it (four eyes)."),
                params={"key": snippet.key},
            )  # fmt: skip


def _wrote_unread(user: User, snippet: Snippet) -> bool:
    """Return whether ``snippet`` says what ``user`` wrote since readers saw a version of it."""
    published = {"translation__article__status": Article.Status.PUBLISHED}
    uses = SnippetUse.objects.filter(key=snippet.key, **published)
    read = uses.aggregate(last=Max("version"))["last"] or 0
    said = {one.number: one for one in SnippetRevision.objects.filter(snippet=snippet)}
    return any(
        still_says(said[number - 1].texts if number - 1 in said else {}, one.texts, snippet.texts)
        for number, one in said.items()
        if number > read and one.author_id == user.pk
    )


def _is_read(key: str, version: int) -> bool:
    """Return whether readers see the snippet in this version: somebody else has let it come so."""
    published = {"translation__article__status": Article.Status.PUBLISHED}
    return SnippetUse.objects.filter(key=key, version=version, **published).exists()
