"""What ticket systems report: that an article was used, how many tickets were closed."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ..access import Reader
from ..models import ArticleTranslation, ArticleUse, TicketCount
from .outcomes import TooManyError, UnknownArticleError


class ContradictionError(Exception):
    """A count contradicts itself, or one that is kept already."""


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


def report_count(
    first: date, last: date, closed: int, with_article: int | None, system: str
) -> TicketCount:
    """Keep how many tickets were closed in these days, in place of what was kept of the same.

    Raise ``ContradictionError``: the days are not over, say, or are part of other days.
    """
    known = TicketCount.objects.filter(first=first, last=last, system=system).first()
    count = known or TicketCount(first=first, last=last, system=system)
    count.closed, count.with_article = closed, with_article
    try:
        count.full_clean()
        with transaction.atomic():
            count.save()
    except ValidationError as error:
        raise ContradictionError(" ".join(error.messages)) from None
    except IntegrityError:  # somebody else sent it a moment earlier
        raise ContradictionError("Another count of these days was kept meanwhile.") from None
    return count
