"""Work that nobody waits for, done by ``manage.py worker``: a row for each piece of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One call of a task (``troubleshooting.jobs``), from its cause until long after its end."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits")
        RUNNING = "running", _("In progress")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    task = models.CharField(_("task"), max_length=200, help_text="Dotted path of the function.")
    queue = models.CharField(_("queue"), max_length=20)
    arguments = models.JSONField(_("arguments"), default=dict)
    language = models.CharField(max_length=12, help_text="Of the texts that it writes.")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
        help_text="None: the portal itself, a command, or an account that is gone.",
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(
        _("attempts"), default=0, help_text="Calls that ended in an error."
    )
    crashes = models.PositiveIntegerField(
        default=0, help_text="Workers that died with it since it last got further."
    )
    worker = models.CharField(max_length=120, blank=True, help_text="Who runs it now.")
    due = models.DateTimeField(_("not before"), default=timezone.now)
    seen = models.DateTimeField(null=True, help_text="When its worker last said that it lives.")
    is_unwanted = models.BooleanField(default=False, help_text="Somebody asked to cancel it.")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    furthest = models.PositiveIntegerField(default=0, help_text="The most that was ever done.")
    note = models.CharField(max_length=300, blank=True, help_text="What it is at.")
    result = models.JSONField(default=dict)
    error = models.TextField(_("error"), blank=True, help_text="The last one, for operators.")
    created = models.DateTimeField(_("created"), default=timezone.now)
    started = models.DateTimeField(_("started"), null=True)
    finished = models.DateTimeField(_("finished"), null=True)

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [models.Index(fields=["state", "queue", "due"], name="job_next")]

    def __str__(self) -> str:
        return f"{self.task} ({self.pk})"
