"""Saving a text as the translation of another: which revision of its source it renders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..models import (
    Article,
    ArticleTranslation,
    PendingRevision,
    Revision,
    UnfinishedTranslation,
)
from ..texts.sections import TEXTS
from ..texts.translating import Omission, omissions
from .refusals import as_validation_errors
from .texts import ReadTexts, SaveOutcome, canonical_texts, save_translation

if TYPE_CHECKING:
    from django.contrib.auth.models import User


#: Rows that a message names, and letters of each.
_NAMED, _LETTERS = 5, 60


class OmissionsError(ValidationError):
    """A translation was called complete that leaves out something of its source.

    Or that does not call a term as agreed: ``missed`` says so of each, by its key.
    """

    def __init__(
        self, omissions: Collection[Omission], missed: Mapping[str, str] | None = None
    ) -> None:
        self.omissions, self.missed = tuple(omissions), dict(missed or {})
        said = ngettext(
            "The translation is not complete. A row of the source has none: %(rows)s.",
            "The translation is not complete. Rows of the source have none: %(rows)s.",
            len(self.omissions),
        )
        rows = [said % {"rows": names_of(self.omissions)}] if self.omissions else []
        super().__init__([*rows, *self.missed.values()])


def names_of(omissions: Sequence[Omission]) -> str:
    """Return how messages call the first of ``omissions``, and that there are more."""
    rows = [row_called(omission) for omission in omissions[:_NAMED]]
    more = ["…"] if len(omissions) > _NAMED else []
    return gettext("; ").join([*rows, *more])


def row_called(omission: Omission) -> str:
    """Return how messages call a row: its section, its number, its first words."""
    field = ArticleTranslation._meta.get_field(omission.section)
    return gettext("%(section)s, row %(number)d (%(words)s)") % {
        "section": getattr(field, "verbose_name", omission.section),
        "number": omission.number,
        "words": Truncator(omission.source.strip()).chars(_LETTERS),
    }


def check_complete(
    omissions: Iterable[Omission],
    accepted: Collection[str] = (),
    missed: Mapping[str, str] | None = None,
) -> None:
    """Raise ``OmissionsError`` for ``omissions`` of a translation that is called complete.

    ``missed`` says, by a key, of terms that it does not call as agreed. ``accepted`` names those
    that its author wants: their ``key``.
    """
    left = [omission for omission in omissions if omission.key not in accepted]
    terms = {key: said for key, said in (missed or {}).items() if key not in accepted}
    if left or terms:
        raise OmissionsError(left, terms)


@dataclass(frozen=True, slots=True)
class SourceRevision:
    """A text of an article at one revision; 0: nothing of it is rendered yet."""

    language: str
    revision_number: int

    def as_rendered(self) -> dict[str, Any]:
        """Return the fields by which a text says that it renders this revision."""
        return {"source_language": self.language, "source_revision": self.revision_number}


def texts_of(article: Article, source: SourceRevision | ArticleTranslation) -> dict[str, str]:
    """Return the texts of ``source``, all empty where it is no revision of the article."""
    if isinstance(source, ArticleTranslation):
        return source.texts()
    rows = Revision.objects.filter(
        translation__article=article, translation__language=source.language,
        number=source.revision_number,
    )  # fmt: skip
    revision = rows.first()
    return revision.texts() if revision else dict.fromkeys(TEXTS, "")


def unfinished(article: Article, language: str) -> UnfinishedTranslation | None:
    """Return what is begun of the text in ``language``, as long as readers do not see it."""
    return UnfinishedTranslation.objects.filter(article=article, language=language).first()


def original_of(article: Article, language: str) -> ArticleTranslation | None:
    """Return the text that a first one in ``language`` renders; None: it is the first of all."""
    others = article.translations.exclude(language=language)
    return others.order_by("source_language", "pk").first()


def rendered_by(
    pending: PendingRevision, *, is_first: bool
) -> ArticleTranslation | SourceRevision | None:
    """Return of what ``pending`` becomes the translation when it is published; None: of nothing.

    A first text that does not say what it was translated from is of the original as it is now. An
    original does not become the translation of its own.
    """
    if not pending.source_language:
        return original_of(pending.article, pending.language) if is_first else None
    source = pending.article.translations.filter(language=pending.source_language).first()
    if source is None or source.source_language == pending.language:
        return None
    return SourceRevision(pending.source_language, pending.source_revision)


def left_out_of_first(pending: PendingRevision, texts: Mapping[str, str]) -> list[Omission]:
    """Return what ``texts`` leave out of the original, where they become the first in a language.

    What becomes the first text of a language is complete for its readers.
    """
    here = pending.article.translations.filter(language=pending.language)
    original = original_of(pending.article, pending.language)
    return [] if original is None or here.exists() else omissions(original.texts(), texts)


def check_first(
    pending: PendingRevision, texts: Mapping[str, str], accepted: Collection[str] = ()
) -> None:
    """Raise ``OmissionsError``: a first translation, ``texts``, leaves out what is not accepted."""
    check_complete(left_out_of_first(pending, texts), accepted)


def begun_of(articles: Iterable[int], language: str) -> set[int]:
    """Return the keys of those ``articles`` whose text in ``language`` somebody has begun."""
    rows = UnfinishedTranslation.objects.filter(article__in=articles, language=language)
    return set(rows.values_list("article", flat=True))


@transaction.atomic
def save_unfinished(
    *,
    article: Article,
    language: str,
    texts: Mapping[str, str],
    source_language: str,
    author: User | None,
    base: int = 0,
    source_revision: int = 0,
) -> bool:
    """Keep ``texts`` as a translation that is not complete; return whether they say anything new.

    ``source_revision`` is the one that the author saw; what was begun stays begun from its own, so
    that what was changed in the source since is seen until the translation is complete.
    ``base`` is the number of the one that the author began with (0: none was there). Raise
    ``ValidationError`` for a section that cannot be rendered, and where somebody saved another
    meanwhile; nothing is stored then.
    """
    with as_validation_errors():
        stored = canonical_texts(texts)
    Article.objects.select_for_update().only("pk").get(pk=article.pk)
    kept = unfinished(article, language)
    if kept and kept.texts == stored:
        return False
    _check_unfinished(kept, base)
    if kept and kept.source_language == source_language:
        source_revision = kept.source_revision or source_revision
    UnfinishedTranslation.objects.update_or_create(
        article=article,
        language=language,
        defaults={
            "texts": stored,
            "source_language": source_language,
            "source_revision": source_revision,
            "number": base + 1,
            "author": author,
            "modified": timezone.now(),
        },
    )
    return True


@transaction.atomic
def end_unfinished(article: Article, language: str, base: int) -> None:
    """Forget the unfinished translation ``base`` of ``language``: the text is complete.

    Raise ``ValidationError``: somebody saved another one meanwhile.
    """
    kept = unfinished(article, language)
    if kept:
        _check_unfinished(kept, base)
        kept.delete()


def _check_unfinished(unfinished: UnfinishedTranslation | None, base: int) -> None:
    if (unfinished.number if unfinished else 0) != base:
        raise ValidationError(
            _(
                "Somebody else saved this unfinished translation meanwhile. Your text is kept as a "
                "draft: open the page again, and compare the two."
            )
        )


@transaction.atomic
def make_original(article: Article, language: str, rendered: int | None = None) -> None:
    """Make the text in ``language`` an original, and the text it was translated from a translation.

    What was its source is its translation from now on: of the revision ``rendered``, so that it is
    out of date where more than a typing error was put right since; without one as the two stand.
    """
    texts = {text.language: text for text in article.translations.all()}
    text = texts[language]
    source = texts.get(text.source_language)
    text.source_language, text.source_revision = "", 0
    text.save(update_fields=["source_language", "source_revision"])
    if source:
        number = text.revision_number if rendered is None else rendered
        source.source_language, source.source_revision = language, number
        source.save(update_fields=["source_language", "source_revision"])


@transaction.atomic
def save_rendering(
    *,
    article: Article,
    language: str,
    texts: Mapping[str, str] | ReadTexts,
    source: SourceRevision,
    is_whole: bool,
    author: User | None,
    comment: str = "",
    size: str = "",
    base_revision: int | None = None,
) -> SaveOutcome:
    """Store ``texts`` as the translation of ``source``, the revision that the author saw.

    Where it ``is_whole`` the translation says all that the source says, and is its translation
    from now on. A first text that is not whole is for ``save_unfinished``. An original stays one:
    what is moved then is the base of the text that it was compared with.

    Raise as ``save_translation`` does.
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
