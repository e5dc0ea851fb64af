"""The write path. Whoever writes a text, an editor or the importer, writes it here.

A save is one transaction: the texts, a revision, everything derived from the texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import deriving
from .markup import canonical
from .models import Article, ArticleTranslation, Revision
from .models.article import SECTIONS, TEXT_FIELDS

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from .structure import StructuredArticle

LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class SaveOutcome:
    """What a save did; ``changed`` is false where the texts were what they are already."""

    changed: bool
    translation: ArticleTranslation
    structured: StructuredArticle


def canonical_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """The five texts in the form in which they are stored; a missing one is empty."""
    sections = {name: canonical(texts.get(name, "")) for name in SECTIONS}
    return {"title": " ".join(texts.get("title", "").split()), **sections}


@transaction.atomic
def save_translation(
    *,
    article: Article,
    language: str,
    texts: Mapping[str, str],
    author: AbstractBaseUser | None,
    origin: str,
    comment: str = "",
) -> SaveOutcome:
    """Stores ``texts`` (title and the four sections) as the article's text in ``language``.

    Texts that say nothing new make no revision. Raises ``ValidationError`` for a title that is
    missing or too long.
    """
    stored = canonical_texts(texts)
    _check_title(stored["title"])
    locked = ArticleTranslation.objects.select_for_update()
    translation = locked.filter(article=article, language=language).first()
    if translation is None:
        translation = ArticleTranslation(article=article, language=language)
    elif translation.texts() == stored:
        return SaveOutcome(False, translation, deriving.derive(translation))
    _store(translation, stored)
    _record(translation, author, origin, comment)
    return SaveOutcome(True, translation, deriving.derive(translation))


def _check_title(title: str) -> None:
    if not title:
        raise ValidationError({"title": _("The title is missing.")})
    if len(title) > LONGEST_TITLE:
        raise ValidationError(
            {
                "title": _("The title is longer than %(limit)d characters.")
                % {"limit": LONGEST_TITLE}
            }
        )


def _store(translation: ArticleTranslation, texts: Mapping[str, str]) -> None:
    for name in TEXT_FIELDS:
        setattr(translation, name, texts[name])
    translation.revision_number += 1
    translation.modified = timezone.now()
    translation.save()


def _record(
    translation: ArticleTranslation, author: AbstractBaseUser | None, origin: str, comment: str
) -> None:
    Revision.objects.create(
        translation=translation,
        number=translation.revision_number,
        author=author,
        origin=origin,
        comment=comment,
        created=translation.modified,
        **translation.texts(),
    )
