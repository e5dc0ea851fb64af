"""What happens to an article beside its texts: changes of its status, who has it open."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article


class StatusChange(models.Model):
    """One step of an article through its states, by whom, and what they said."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="status_changes")
    before = models.CharField(_("from"), max_length=12, choices=Article.Status)
    after = models.CharField(_("to"), max_length=12, choices=Article.Status)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
    )
    comment = models.CharField(_("comment"), max_length=1000, blank=True)
    created = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name = _("change of status")
        verbose_name_plural = _("changes of status")

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"


class EditingPresence(models.Model):
    """Someone who has the form of a text open; ``seen`` is when their browser last said so."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="presences")
    language = models.CharField(max_length=12)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    seen = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language", "user"], name="one_presence_per_text_and_user"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.article_id} {self.language}"
