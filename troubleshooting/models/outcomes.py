"""How it went: what readers say of a step or an article, and the errors they find in one.

Nothing personal is kept: no account, no address, no session. That leaves one measure against
floods, the number that is kept in an hour from all readers together.
"""

from __future__ import annotations

from datetime import timedelta

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..texts.anchors import SENT_STEP
from .article import Article

MOST_AN_HOUR = 600
MOST_AN_HOUR_FOR_ONE = 60
LONGEST_COMMENT = 1000


class OutcomeQuerySet(models.QuerySet["FromReader"]):
    """Rows that readers send."""

    def has_room_for(self, article: Article) -> bool:
        """Return whether another row about ``article`` may still be kept in this hour."""
        recent = self.filter(created__gt=timezone.now() - timedelta(hours=1))
        return (
            recent.filter(article=article).count() < MOST_AN_HOUR_FOR_ONE
            and recent.count() < MOST_AN_HOUR
        )


class FromReader(models.Model):
    """What both kinds share: which text was read, where in it, and when."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="%(class)ss", verbose_name=_("article")
    )
    language = models.CharField(_("language"), max_length=12)
    revision_number = models.PositiveIntegerField(_("revision"))
    anchor = models.CharField(
        _("step"),
        max_length=120,
        blank=True,
        validators=[RegexValidator(SENT_STEP)],
        help_text=_("Empty: the whole article."),
    )
    comment = models.TextField(_("comment"), blank=True, max_length=LONGEST_COMMENT)
    created = models.DateTimeField(_("time"), default=timezone.now, db_index=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-created"]

    def called(self) -> str:
        """Return the article's ``title`` where a list asked for it with its rows, else its address.

        The article is read only then.
        """
        return str(getattr(self, "title", "") or self.article)


class Outcome(FromReader):
    """Whether a step or an article solved the problem."""

    class Verdict(models.TextChoices):
        SOLVED = "solved", _("Solved")
        STUCK = "stuck", _("Not solved")

    class Reason(models.TextChoices):
        UNCLEAR = "unclear", _("The steps are unclear")
        CHANGED = "changed", _("The product looks different")
        DIFFERENT = "different", _("It is another problem")
        MISSING = "missing", _("Something is missing")

    verdict = models.CharField(_("outcome"), max_length=12, choices=Verdict)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)

    class Meta(FromReader.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict__in=["solved", "stuck"]), name="verdict_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.called()}: {self.get_verdict_display()}"


class ErrorReport(FromReader):
    """Something in an article that a reader says is wrong."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        REJECTED = "rejected", _("Rejected")

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.OPEN)

    class Meta(FromReader.Meta):
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["open", "done", "rejected"]),
                name="error_report_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.called()

    def is_repeated(self) -> bool:
        """Return whether an open report of the last hour says the same: a form was sent twice.

        Of two that come at the same moment, each in a transaction, the second waits for the first.
        """
        Article.objects.select_for_update().only("pk").filter(pk=self.article_id).first()
        same = {name: getattr(self, name) for name in ("article", "language", "anchor", "comment")}
        recent = timezone.now() - timedelta(hours=1)
        rows = type(self).objects.filter(**same, status=self.Status.OPEN, created__gt=recent)
        return rows.exists()
