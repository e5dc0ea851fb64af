"""What readers tell the editors, and the search by what they open."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..texts.codes import normalise_spelling, parse_code
from .article import Article

#: Different gaps that are kept in one hour, from all readers together. Nothing tells one reader
#: from another, so that is the only measure that needs no personal data.
MOST_AN_HOUR = 60
LONGEST_COMMENT = 2000


class GapReportQuerySet(models.QuerySet["GapReport"]):
    """Reports of gaps, one row for each."""

    def report(self, subject: str, comment: str, language: str) -> bool:
        """Note that ``subject`` is not documented; a gap that is known already counts once more.

        One that was done opens again, since readers still miss it; a rejected one stays so.

        Return False when too many different gaps were reported in this hour to keep another.
        """
        key = gap_key(subject)
        if self._again(key, comment):
            return True
        recent = self.filter(created__gt=timezone.now() - timedelta(hours=1))
        if recent.count() >= MOST_AN_HOUR:
            return False
        try:
            with transaction.atomic(using=self.db):
                self.create(
                    key=key, subject=subject, comment=comment[:LONGEST_COMMENT], language=language
                )
        except IntegrityError:  # somebody else was a moment earlier
            self._again(key, comment)
        return True

    def _again(self, key: str, comment: str) -> bool:
        """Count a known gap once more, with what the comment adds; False where none is known."""
        known = self.filter(key=key).first()
        if known is None:
            return False
        said = known.comment
        if comment and comment not in said:
            said = f"{said}\n{comment}".strip()[:LONGEST_COMMENT]
        statuses = GapReport.Status
        status = statuses.OPEN if known.status == statuses.DONE else known.status
        self.filter(pk=known.pk).update(
            count=F("count") + 1, last_reported=timezone.now(), comment=said, status=status
        )
        return True


def gap_key(subject: str) -> str:
    """Return what two reports of the same gap share.

    The code in any spelling, or the folded words.
    """
    code = parse_code(subject.strip())
    return (code.key if code else normalise_spelling(subject))[:200]


class GapReport(models.Model):
    """A code or message that readers looked for and that no article covers. Nothing personal."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        REJECTED = "rejected", _("Rejected")

    subject = models.CharField(_("code or message"), max_length=200)
    key = models.CharField(_("look-up key"), max_length=200, unique=True, editable=False)
    comment = models.TextField(_("comment"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.OPEN)
    count = models.PositiveIntegerField(_("number of reports"), default=1)
    created = models.DateTimeField(_("first reported"), default=timezone.now, db_index=True)
    last_reported = models.DateTimeField(_("last reported"), default=timezone.now)
    article = models.ForeignKey(
        Article,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="gaps",
        verbose_name=_("article"),
        help_text="The one that was begun to close the gap.",
    )

    objects = GapReportQuerySet.as_manager()

    class Meta:
        ordering = ["-last_reported"]
        verbose_name = _("report of a gap")
        verbose_name_plural = _("reports of gaps")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["open", "done", "rejected"]),
                name="gap_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class LearnedChoice(models.Model):
    """How often readers opened an article after searches that asked the same. Nothing personal.

    ``terms`` is what such searches share, ``words`` one of them; both hold only words that the base
    knows. ``weight`` is in hundredths of a choice, as it was on ``day``
    (``search/learning/weights``).
    """

    terms = models.CharField(max_length=200)
    words = models.CharField(_("known words"), max_length=300)
    language = models.CharField(_("language"), max_length=12)
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="+", verbose_name=_("article")
    )
    opened = models.PositiveIntegerField(_("opened"), default=0)
    solved = models.PositiveIntegerField(_("solved"), default=0)
    weight = models.PositiveIntegerField(default=0)
    day = models.PositiveIntegerField(help_text="A proleptic ordinal, as Python has it.")

    class Meta:
        ordering = ["-weight", "words"]
        verbose_name = _("choice of readers")
        verbose_name_plural = _("choices of readers")
        constraints = [
            models.UniqueConstraint(fields=["terms", "article"], name="one_row_per_choice"),
        ]

    def __str__(self) -> str:
        return self.words
