"""Which state of the content the database holds, so that pages made of it can be kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentVersion(models.Model):
    """One row, whose token every change of what readers see replaces (``freshness``)."""

    token = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("state of the content")
        verbose_name_plural = _("states of the content")

    def __str__(self) -> str:
        return self.token
