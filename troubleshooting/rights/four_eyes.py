"""Who wrote into a text what nobody else has read: with ``FOUR_EYES`` they do not publish it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from ..models import Article, ArticleTranslation, Revision, StatusChange
from ..texts.comparing.authorship import still_says
from ..texts.sections import TEXTS

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User


def wrote_unread(user: User, article: Article) -> bool:
    """Return whether a text of ``article`` says what ``user`` wrote and nobody else has published.

    Who wrote last does not tell: whoever changes one word of another's text writes a revision too.
    What came to an article that readers saw was published by somebody else: ``FOUR_EYES`` lets
    nobody write there but by a pending revision.
    """
    published = StatusChange.objects.filter(article=article, after=Article.Status.PUBLISHED)
    since = published.exclude(author=user).order_by("-created").values_list("created", flat=True)
    read = since.first()
    texts = ArticleTranslation.objects.filter(article=article)
    return any(_wrote(user, text, read) for text in texts)


def _wrote(user: User, text: ArticleTranslation, since: datetime | None) -> bool:
    changes = StatusChange.objects.filter(article=text.article_id)
    before = changes.filter(created__lte=OuterRef("created")).order_by("-created", "-pk")
    later = changes.filter(created__gt=OuterRef("created")).order_by("created", "pk")
    # An article that began as published has no change before its first one; nobody published what
    # it began with.
    begun_as = Case(When(number__gt=1, then=Subquery(later.values("before")[:1])))
    status = Coalesce(Subquery(before.values("after")[:1]), begun_as)
    written = Revision.objects.filter(translation=text, author=user).annotate(status=status)
    written = written.filter(Q(status=None) | ~Q(status=Article.Status.PUBLISHED))
    if since:
        written = written.filter(created__gt=since)
    newest = text.texts()
    return any(still_says(_before(one), one.texts(), newest, text.language) for one in written)


def _before(revision: Revision) -> dict[str, str]:
    earlier = Revision.objects.filter(
        translation=revision.translation_id, number__lt=revision.number
    )
    last = earlier.order_by("-number").first()
    return last.texts() if last else dict.fromkeys(TEXTS, "")
