"""Addresses of other hosts that texts link to, and what became of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExternalLink(models.Model):
    """An address that texts link to, without its fragment, and how it answered when last asked."""

    class State(models.TextChoices):
        ALIVE = "alive", _("Answers")
        MOVED = "moved", _("Moved for good")
        DEAD = "dead", _("Gone")
        UNCLEAR = "unclear", _("Not clear")
        REFUSED = "refused", _("Not asked: not public")

    url = models.CharField(_("address"), max_length=1000, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=State, blank=True)
    status = models.PositiveSmallIntegerField(_("status"), default=0, help_text="0: no answer.")
    moved_to = models.CharField(_("new address"), max_length=2000, blank=True)
    failures = models.PositiveSmallIntegerField(
        default=0, help_text="Checks in a row without an answer."
    )
    checked = models.DateTimeField(_("checked"), null=True, db_index=True)

    class Meta:
        ordering = ["url"]
        verbose_name = _("external link")
        verbose_name_plural = _("external links")

    def __str__(self) -> str:
        return self.url
