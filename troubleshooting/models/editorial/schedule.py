"""What is to happen to an article by itself at a moment: it goes live, it ends."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..article import Article
from ..revision import PendingRevision


class ScheduledChange(models.Model):
    """One change that somebody allowed beforehand. The worker makes it and deletes the row.

    Nothing that readers see reads this table: until the worker has made the change, it has not
    happened.
    """

    class Act(models.TextChoices):
        PUBLISH = "publish", _("Goes live")
        EXPIRE = "expire", _("Comes to its end")

    article = models.ForeignKey(Article, models.CASCADE, related_name="scheduled")
    act = models.CharField(_("what happens"), max_length=12, choices=Act)
    pending = models.ForeignKey(
        PendingRevision,
        models.CASCADE,
        null=True,
        related_name="scheduled",
        help_text="What goes live; None: the article itself.",
    )
    at = models.DateTimeField(_("moment"), db_index=True)
    seen = models.JSONField(default=dict, help_text="Numbers of what was approved, by language.")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    refused = models.CharField(
        max_length=500, blank=True, help_text='Why it did not happen; "": it is ahead.'
    )
    created = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("scheduled change")
        verbose_name_plural = _("scheduled changes")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "act"],
                condition=Q(pending=None),
                name="one_scheduled_change_per_article_and_act",
            ),
            models.UniqueConstraint(fields=["pending"], name="one_scheduled_change_per_pending"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.act} {self.at:%Y-%m-%d %H:%M}"
