"""How often articles are used in tickets, which shows what is reused. Nothing personal."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..article import Article

#: Uses that are kept in an hour, from all programs together.
MOST_AN_HOUR = 3000


class ArticleUseQuerySet(models.QuerySet["ArticleUse"]):
    """Uses of articles."""

    def has_room(self) -> bool:
        """Return whether another use may still be kept in this hour."""
        return self.filter(created__gt=timezone.now() - timedelta(hours=1)).count() < MOST_AN_HOUR


class ArticleUse(models.Model):
    """An article was linked to a ticket: which text of it, from which system, and when.

    The ticket itself is not named: neither its number nor what it says.
    """

    class Act(models.TextChoices):
        LINKED = "linked", _("Linked")
        SENT = "sent", _("Sent to the caller")
        FLAGGED = "flagged", _("Flagged: has to be put right")

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="uses", verbose_name=_("article")
    )
    language = models.CharField(_("language"), max_length=12)
    revision_number = models.PositiveIntegerField(_("revision"))
    act = models.CharField(_("act"), max_length=12, choices=Act, default=Act.LINKED)
    system = models.CharField(_("ticket system"), max_length=40, blank=True)
    created = models.DateTimeField(_("time"), default=timezone.now, db_index=True)

    objects = ArticleUseQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]
        verbose_name = _("use of an article")
        verbose_name_plural = _("uses of articles")

    def __str__(self) -> str:
        return f"{self.article_id}: {self.act}"
