"""Who wrote into a text what nobody else has read: with ``FOUR_EYES`` they do not publish it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models import Article, ArticleTranslation, Revision, StatusChange
from ..texts.comparing.authorship import still_says
from ..texts.sections import TEXTS

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User


def wrote_unread(user: User, article: Article) -> bool:
    """Return whether a text of ``article`` says what ``user`` wrote and nobody else has published.

    Who wrote last does not tell: whoever changes one word of another's text writes a revision too.
    """
    published = StatusChange.objects.filter(article=article, after=Article.Status.PUBLISHED)
    since = published.exclude(author=user).order_by("-created").values_list("created", flat=True)
    texts = ArticleTranslation.objects.filter(article=article)
    return any(_wrote(user, text, since.first()) for text in texts)


def _wrote(user: User, text: ArticleTranslation, since: datetime | None) -> bool:
    written = Revision.objects.filter(translation=text, author=user)
    if since:
        written = written.filter(created__gt=since)
    newest = text.texts()
    return any(still_says(_before(one), one.texts(), newest) for one in written)


def _before(revision: Revision) -> dict[str, str]:
    earlier = Revision.objects.filter(
        translation=revision.translation_id, number__lt=revision.number
    )
    last = earlier.order_by("-number").first()
    return last.texts() if last else dict.fromkeys(TEXTS, "")
