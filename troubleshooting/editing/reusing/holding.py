"""Which snippets texts hold, in which version; and whether who publishes them wrote one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ...deriving import snippets_named
from ...models import Article, Snippet, SnippetRevision, SnippetUse
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

    So they would with a snippet that they wrote last and that nothing published says yet, since
    such a one is saved without anybody's approval. The setting ``FOUR_EYES`` asks for that. The
    caller holds the transaction; the snippets ``keys`` stay as they are until it ends.
    """
    if not settings.FOUR_EYES:
        return
    list(Snippet.objects.select_for_update().filter(key__in=keys).order_by("pk").only("pk"))
    current = SnippetRevision.objects.filter(snippet__key__in=keys, number=F("snippet__version"))
    for key, version in current.filter(author=user).values_list("snippet__key", "number"):
        if not _is_read(key, version):
            raise ValidationError(
                _("You wrote what the snippet “%(key)s” says: somebody else has to read and"
                  " publish it (four eyes)."),
                params={"key": key},
            )  # fmt: skip


def _is_read(key: str, version: int) -> bool:
    """Return whether readers see the snippet in this version: somebody else has let it come so."""
    published = {"translation__article__status": Article.Status.PUBLISHED}
    return SnippetUse.objects.filter(key=key, version=version, **published).exists()
