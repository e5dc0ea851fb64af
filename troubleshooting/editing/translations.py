"""Saving a text as the translation of another: which revision of its source it renders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from ..models import Article, ArticleTranslation, Revision
from .texts import SaveOutcome, save_translation

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class SourceRevision:
    """A text of an article at one revision; 0: nothing of it is rendered yet."""

    language: str
    revision_number: int


@transaction.atomic
def save_rendering(
    *,
    article: Article,
    language: str,
    texts: Mapping[str, str],
    source: SourceRevision,
    is_whole: bool,
    author: User | None,
    comment: str = "",
    size: str = "",
    base_revision: int | None = None,
) -> SaveOutcome:
    """Stores ``texts`` as the translation of ``source``, the revision that the author saw.

    Where it ``is_whole`` the translation says all that the source says, and is its translation
    from now on; a first text that is not whole is behind its source at once. An original stays
    one: what is moved then is the base of the text that it was compared with.

    Raises as ``save_translation`` does.
    """
    is_original = ArticleTranslation.objects.filter(
        article=article, language=source.language, source_language=language
    ).exists()
    outcome = save_translation(
        article=article,
        language=language,
        texts=texts,
        author=author,
        origin=Revision.Origin.EDITOR,
        comment=comment,
        size=size,
        base_revision=base_revision,
        translated_from=None if is_original else _base(article, language, source, is_whole),
    )
    if is_original and is_whole:
        # Only while the other text is still the one that the author saw.
        ArticleTranslation.objects.filter(
            article=article, language=source.language, revision_number=source.revision_number
        ).update(source_revision=outcome.translation.revision_number)
    return outcome


def _base(
    article: Article, language: str, source: SourceRevision, is_whole: bool
) -> SourceRevision | None:
    if is_whole:
        return source
    exists = ArticleTranslation.objects.filter(article=article, language=language).exists()
    return None if exists else SourceRevision(source.language, 0)
