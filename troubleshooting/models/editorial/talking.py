"""What editors say about an article, and what each of them is told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..article import LONGEST_TITLE, Article

LONGEST_COMMENT = 4000


class Comment(models.Model):
    """What an editor says about an article to the others. No page of readers reads this table.

    The first of a thread names none; the answers to it name it. A thread is open until it is
    resolved.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="comments")
    thread = models.ForeignKey("self", models.CASCADE, null=True, related_name="answers")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("comment"), max_length=LONGEST_COMMENT)
    created = models.DateTimeField(_("time"), default=timezone.now)
    resolved = models.DateTimeField(_("resolved"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["created", "pk"]
        verbose_name = _("comment of an editor")
        verbose_name_plural = _("comments of editors")

    def __str__(self) -> str:
        return self.text[:60]


class Notice(models.Model):
    """Something that happened, for one person. ``key`` tells it apart: nobody is told twice."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("Sent to review")
        REJECTED = "rejected", _("Rejected")
        PUBLISHED = "published", _("Went live")
        MISSED = "missed", _("Did not happen by itself")
        MENTIONED = "mentioned", _("You are mentioned")
        ANSWERED = "answered", _("Answered")
        ERROR = "error", _("An error was reported")
        DUE = "due", _("Review due")
        CONFLICT = "conflict", _("An import waits for a decision")
        BEHIND = "behind", _("A translation is behind")
        ENDING = "ending", _("Comes to its end soon")
        ENDED = "ended", _("Came to its end")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=80)
    article = models.ForeignKey(Article, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(
        max_length=LONGEST_TITLE, help_text="What the article was called then."
    )
    language = models.CharField(max_length=12, help_text="Of the text that it is about.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    text = models.CharField(max_length=500, blank=True)
    created = models.DateTimeField(default=timezone.now, db_index=True)
    seen = models.DateTimeField(null=True)
    mailed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_notice_per_person_and_event"),
        ]
        indexes = [
            models.Index(fields=["user", "-created"], condition=Q(seen=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"


class NoticePreference(models.Model):
    """How a person wants to be told, and in which language; nobody is mailed without asking."""

    class Mails(models.TextChoices):
        NONE = "none", _("None: I look at the first page")
        AT_ONCE = "at_once", _("At once")
        DAILY = "daily", _("One letter a day")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preference"
    )
    mails = models.CharField(_("mails"), max_length=12, choices=Mails, default=Mails.NONE)
    language = models.CharField(_("language of mails"), max_length=12, blank=True)

    class Meta:
        verbose_name = _("preference of an editor")
        verbose_name_plural = _("preferences of editors")

    def __str__(self) -> str:
        return f"{self.user_id} {self.mails}"
