"""How a text is saved for a program, and what it is answered."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from ninja.errors import HttpError

from ...access import reader_for
from ...editing import EditConflict, SaveOutcome, save_translation
from ...models import Article, Revision
from ..changes import TextIn, Written
from ..preconditions import at_revision
from ..rights import writer_of


def article_seen(request: HttpRequest, number: int) -> Article:
    """Return an article that the owner of the token sees; raise ``Http404``: there is none."""
    reader = reader_for(writer_of(request))
    found = Article.objects.visible_to(reader).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def written(article: Article, outcome: SaveOutcome | None = None, pending: int = 0) -> Written:
    """Return what a change is answered: the article, its text if one was saved, what waits."""
    text = outcome.translation if outcome else None
    return Written(
        number=article.pk,
        slug=article.slug,
        status=article.status,
        language=text.language if text else "",
        revision=text.revision_number if text else 0,
        pending=pending,
    )


def save_payload(
    request: HttpRequest, article: Article, language: str, payload: TextIn, base: int
) -> SaveOutcome:
    """Save a text; the first beside another is its translation.

    Raise ``HttpError`` (412): somebody saved another since revision ``base``.
    """
    others = article.translations.exclude(language=language).order_by("source_language", "pk")
    try:
        return save_translation(
            article=article,
            language=language,
            texts=payload.texts(),
            author=writer_of(request),
            origin=Revision.Origin.EDITOR,
            comment=payload.comment,
            size=payload.size,
            base_revision=base,
            translated_from=None if base else others.first(),
        )
    except EditConflict as conflict:
        raise HttpError(412, at_revision(conflict.revision)) from None


def named(outcome: SaveOutcome) -> str:
    """Return how the audit calls what was saved: ``fr r3``."""
    return f"{outcome.translation.language} r{outcome.translation.revision_number}"
