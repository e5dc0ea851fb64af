"""That an article was used in a ticket, as a ticket system reports it."""

from __future__ import annotations

from ..access import Reader
from ..models import ArticleTranslation, ArticleUse
from .outcomes import TooManyError, UnknownArticleError


def report_use(reader: Reader, number: int, language: str, act: str, system: str) -> ArticleUse:
    """Keep a use.

    Raise ``UnknownArticleError``: there is no such article that the reader sees. Raise
    ``TooManyError``: no more are kept in this hour.
    """
    texts = ArticleTranslation.objects.visible_to(reader).filter(article=number)
    text = texts.best_first(language).first()
    if text is None:
        raise UnknownArticleError
    if not ArticleUse.objects.has_room():
        raise TooManyError
    return ArticleUse.objects.create(
        article_id=text.article_id,
        language=text.language,
        revision_number=text.revision_number,
        act=act,
        system=system,
    )
