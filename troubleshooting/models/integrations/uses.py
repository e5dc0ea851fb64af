"""How often articles are used in tickets, which shows what is reused. Nothing personal."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..article import Article

#: Uses that are kept in an hour, from all programs together.
MOST_AN_HOUR = 3000
#: Tickets that one count may hold, its days, and counts that may begin on one day.
MOST_TICKETS = 1_000_000
MOST_DAYS = 31
MOST_SYSTEMS = 20


class ArticleUseQuerySet(models.QuerySet["ArticleUse"]):
    """Uses of articles."""

    def has_room(self) -> bool:
        """Return whether another use may still be kept in this hour."""
        return self.filter(created__gt=timezone.now() - timedelta(hours=1)).count() < MOST_AN_HOUR

    def open_flags(self) -> ArticleUseQuerySet:
        """Return the flags that nobody settled and whose text was not saved again since."""
        return self.filter(
            act=ArticleUse.Act.FLAGGED,
            is_settled=False,
            article__translations__language=models.F("language"),
            article__translations__revision_number__lte=models.F("revision_number"),
        )


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
    is_settled = models.BooleanField(_("settled"), default=False)

    objects = ArticleUseQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]
        verbose_name = _("use of an article")
        verbose_name_plural = _("uses of articles")

    def __str__(self) -> str:
        return f"{self.article_id}: {self.act}"


class TicketCount(models.Model):
    """How many tickets were closed in some days, as a ticket system or an editor says.

    The portal sees no tickets, so no rate of them can be worked out without such a count.
    """

    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    system = models.CharField(
        _("ticket system"), max_length=40, blank=True, help_text=_("Empty: all of them together.")
    )
    closed = models.PositiveIntegerField(
        _("tickets closed"), validators=[MaxValueValidator(MOST_TICKETS)]
    )
    with_article = models.PositiveIntegerField(
        _("of these with an article"),
        null=True,
        blank=True,
        help_text=_("Empty: not known. The rate is then worked out from the links reported."),
    )

    class Meta:
        ordering = ["-first", "system", "pk"]
        verbose_name = _("count of tickets")
        verbose_name_plural = _("counts of tickets")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="ticket_count_has_days"
            ),
            models.CheckConstraint(
                condition=models.Q(with_article__isnull=True)
                | models.Q(with_article__lte=models.F("closed")),
                name="ticket_count_holds_its_part",
            ),
            models.UniqueConstraint(
                fields=["first", "last", "system"], name="one_count_of_days_and_system"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}: {self.closed}"

    def clean(self) -> None:
        """Raise ``ValidationError`` for days or numbers that contradict themselves or others."""
        if self.first is None or self.last is None or self.closed is None:
            return  # said of the field already
        if self.last < self.first:
            raise ValidationError({"last": _("The last day comes before the first.")})
        if self.last > timezone.localdate():
            raise ValidationError({"last": _("These days are not over.")})
        if (self.last - self.first).days >= MOST_DAYS:
            said = _("A count is of %(days)d days at most.") % {"days": MOST_DAYS}
            raise ValidationError({"last": said})
        if self.with_article is not None and self.with_article > self.closed:
            raise ValidationError({"with_article": _("That is more than were closed.")})
        self._check_others()

    def _check_others(self) -> None:
        """Refuse a count of tickets that another one holds already."""
        others = TicketCount.objects.exclude(pk=self.pk).filter(first__lte=self.last)
        others = others.filter(last__gte=self.first)
        same = others.filter(models.Q(system="") | models.Q(system__iexact=self.system))
        if (same if self.system else others).exists():
            raise ValidationError({"first": _("Tickets of these days are counted already.")})
        if others.values("system").distinct().count() >= MOST_SYSTEMS:
            raise ValidationError({"system": _("There are too many ticket systems.")})
