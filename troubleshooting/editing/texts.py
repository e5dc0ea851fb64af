"""Saving the texts of an article: one transaction for texts, revision and all that is derived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import deriving
from ..models import Article, ArticleTranslation, Revision
from ..models.article import LONGEST_TITLE
from ..texts.bounded import UnrenderableText, canonical_sections
from ..texts.comparing.size import changed_names, may_change_meaning, size_of
from ..texts.plain import one_line
from ..texts.sections import MARKDOWN_TEXTS, TEXTS
from ..webhooks.events import CHANGED, announce_article, is_wanted
from .conflicts import EditConflict
from .refusals import LONGEST_SECTION, as_validation_errors

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from ..texts.structure import StructuredArticle
    from .translations import SourceRevision


@dataclass(frozen=True, slots=True)
class SaveOutcome:
    """What a save did; ``changed`` is false where the texts were what they are already.

    ``meaning_may_differ``: a word that says no, a number, a command or the like is another.
    """

    changed: bool
    translation: ArticleTranslation
    structured: StructuredArticle
    meaning_may_differ: bool


def canonical_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Return all texts of a translation in the form they are stored in; a missing one is empty.

    Raise ``UnrenderableText``.
    """
    whole = whole_texts(texts)
    return whole | canonical_sections({name: whole[name] for name in MARKDOWN_TEXTS})


def whole_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Return all texts of a translation ready to be made canonical; a missing one is empty.

    Raise ``UnrenderableText``: one is too long.
    """
    # The line ends of files, so that a browser's preview and save ask for the same text.
    names = MARKDOWN_TEXTS
    sections = {name: texts.get(name, "").replace("\r\n", "\n") for name in names}
    for name, text in sections.items():
        if len(text) > LONGEST_SECTION:
            raise UnrenderableText(name, "too_long")
    return {"title": one_line(texts.get("title", "")), **sections}


def says_nothing_new(
    article: Article, language: str, texts: Mapping[str, str], base_revision: int
) -> bool:
    """Return whether ``texts`` are those of ``base_revision``, or (0: no text yet) empty.

    Raise ``UnrenderableText``.
    """
    base = Revision.objects.filter(
        translation__article=article, translation__language=language, number=base_revision
    ).first()
    return canonical_texts(texts) == (base.texts() if base else dict.fromkeys(TEXTS, ""))


@dataclass(frozen=True, slots=True)
class ReadTexts:
    """Canonical texts and what was recognised in them: all that a save does not do itself."""

    texts: dict[str, str]
    structured: StructuredArticle


def read_texts(article: Article, language: str, texts: Mapping[str, str]) -> ReadTexts:
    """Return ``texts`` ready to be saved. Slow, so not for a transaction.

    Raise ``ValidationError`` as ``save_translation`` does.
    """
    with as_validation_errors():
        stored = canonical_texts(texts)
        check_title(stored["title"])
        unsaved = ArticleTranslation(article=article, language=language, **stored)
        return ReadTexts(stored, deriving.structure(unsaved))


def save_translation(
    *,
    article: Article,
    language: str,
    texts: Mapping[str, str] | ReadTexts,
    author: User | None,
    origin: str,
    comment: str = "",
    size: str = "",
    base_revision: int | None = None,
    translated_from: ArticleTranslation | SourceRevision | None = None,
) -> SaveOutcome:
    """Store ``texts`` (title, sections, internal note) as the article's text in ``language``.

    ``size`` is one of ``Revision.Size``; without it the change is measured. ``base_revision`` is
    the revision that the author began with (0: no text yet). ``translated_from`` is the text that
    this one now renders whole.

    Texts that say nothing new make no revision. Raise ``ValidationError`` for a title that is
    missing or too long and for a section that cannot be rendered, and ``EditConflict`` where
    somebody saved other texts since ``base_revision``; nothing is stored then.
    """
    read = texts if isinstance(texts, ReadTexts) else read_texts(article, language, texts)
    stored = read.texts
    check_title(stored["title"])
    with transaction.atomic():
        translation = _locked(article, language)
        if base_revision is not None and base_revision != translation.revision_number:
            _refuse_other_base(translation, base_revision, stored)
        before = translation.texts()
        _note_source(translation, translated_from)
        is_new = not translation.pk or before != stored
        is_first = not translation.revision_number
        if is_new:
            _say(translation, stored)
            translation.save()
            made = _size(size, before, stored, language)
            _revision(translation, author, origin, comment, made).save()
        elif translated_from is not None:
            translation.save(update_fields=["source_language", "source_revision"])
        if is_first:
            deriving.store_first_structures([(translation, read.structured)])
        else:
            deriving.store_structure(translation, read.structured)
        if is_new:
            _tell([translation])
    differs = is_new and not is_first and may_change_meaning(before, stored, language)
    return SaveOutcome(is_new, translation, read.structured, differs)


@dataclass(frozen=True, slots=True)
class FirstText:
    """What an article is to say in a language in which it says nothing yet.

    ``translated_from`` is the text that this one renders whole.
    """

    article: Article
    language: str
    contents: ReadTexts
    translated_from: ArticleTranslation | SourceRevision | None = None


def save_first_texts(
    firsts: Sequence[FirstText], *, author: User | None, origin: str, comment: str = ""
) -> list[ArticleTranslation]:
    """Store ``firsts`` as ``save_translation`` stores each, with a few statements for all.

    Return the texts in the same order. Raise ``ValidationError`` for a title that is missing or too
    long, and ``IntegrityError`` where an article has a text in the language; nothing is stored.
    """
    made = [_unsaved(first) for first in firsts]
    with transaction.atomic():
        ArticleTranslation.objects.bulk_create(made)
        Revision.objects.bulk_create(
            _revision(text, author, origin, comment, _first_size(text)) for text in made
        )
        deriving.store_first_structures(
            [(text, first.contents.structured) for text, first in zip(made, firsts, strict=True)]
        )
        _tell(made)
    return made


def _unsaved(first: FirstText) -> ArticleTranslation:
    check_title(first.contents.texts["title"])
    text = ArticleTranslation(article=first.article, language=first.language)
    _note_source(text, first.translated_from)
    _say(text, first.contents.texts)
    return text


def _first_size(text: ArticleTranslation) -> str:
    return _size("", dict.fromkeys(TEXTS, ""), text.texts(), text.language)


def _tell(texts: Sequence[ArticleTranslation]) -> None:
    """Let other programs know that readers see other texts now."""
    shown = [text for text in texts if text.article.status == Article.Status.PUBLISHED]
    if not shown or not is_wanted(CHANGED):
        return
    for text in shown:
        number = text.revision_number
        announce_article(CHANGED, text.article, language=text.language, revision=number)


def _size(wish: str, before: Mapping[str, str], sections: Mapping[str, str], language: str) -> str:
    """Return what the author says, else what is measured.

    A note for staff alone is no major change. What may change the meaning is no typing error,
    whoever says so: translations would stay up to date beside it.
    """
    if changed_names(before, sections) == ["internal"]:
        return wish if wish and wish != Revision.Size.MAJOR else Revision.Size.MINOR
    without_note = {name: text for name, text in sections.items() if name != "internal"}
    if wish == Revision.Size.TYPO and may_change_meaning(before, without_note, language):
        wish = ""
    return wish or size_of(before, without_note, language)


def _locked(article: Article, language: str) -> ArticleTranslation:
    """Return the text that nobody else can write until the transaction ends.

    An unsaved one if new.
    """
    # The article's row is what two first saves of a text have in common.
    Article.objects.select_for_update().only("pk").get(pk=article.pk)
    stored = ArticleTranslation.objects.filter(article=article, language=language).first()
    if stored is None:
        return ArticleTranslation(article=article, language=language)
    stored.article = article  # known, so nobody has to read it again
    return stored


def _refuse_other_base(
    translation: ArticleTranslation, base_revision: int, sections: dict[str, str]
) -> None:
    """Raise the conflict, unless both said the same."""
    if translation.texts() == sections:
        return
    revisions = {
        revision.number: revision
        for revision in Revision.objects.filter(
            translation=translation, number__in=[base_revision, translation.revision_number]
        ).select_related("author")
    }
    base, newest = revisions.get(base_revision), revisions.get(translation.revision_number)
    raise EditConflict(
        base=base.texts() if base else dict.fromkeys(TEXTS, ""),
        typed=sections,
        stored=translation.texts(),
        revision=translation.revision_number,
        author=newest.author if newest else None,
        saved=translation.modified,
    )


def check_title(title: str) -> None:
    """Raise ``ValidationError`` for a title that is missing or too long."""
    if not title:
        raise ValidationError({"title": _("The title is missing.")})
    if len(title) > LONGEST_TITLE:
        raise ValidationError(
            {
                "title": ValidationError(
                    _("The title is longer than %(limit)d characters."),
                    params={"limit": LONGEST_TITLE},
                )
            }
        )


def _note_source(
    translation: ArticleTranslation, source: ArticleTranslation | SourceRevision | None
) -> None:
    if source is not None:
        translation.source_language = source.language
        translation.source_revision = source.revision_number


def _say(translation: ArticleTranslation, texts: Mapping[str, str]) -> None:
    """Let ``translation`` say ``texts``, by a revision more; nothing is written."""
    for name in TEXTS:
        setattr(translation, name, texts[name])
    translation.revision_number += 1
    translation.modified = timezone.now()


def _revision(
    translation: ArticleTranslation,
    author: User | None,
    origin: str,
    comment: str,
    size: str,
) -> Revision:
    """Return the revision of what ``translation`` says now."""
    return Revision(
        translation=translation,
        number=translation.revision_number,
        author=author,
        origin=origin,
        comment=comment,
        size=size,
        created=translation.modified,
        **translation.texts(),
    )


def restore_revision(
    revision: Revision, *, author: User | None, comment: str, base_revision: int | None
) -> SaveOutcome:
    """Say again what ``revision`` said, as a new revision. Raise what ``save_translation`` does."""
    translation = revision.translation
    return save_translation(
        article=translation.article,
        language=translation.language,
        texts=revision.texts(),
        author=author,
        origin=Revision.Origin.EDITOR,
        comment=comment,
        base_revision=base_revision,
    )
