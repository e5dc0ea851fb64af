"""Tokens by which programs act for an account."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: Days after which a token ends at the latest.
MOST_DAYS = 365


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    """Tokens with their states."""

    def live(self) -> AccessTokenQuerySet:
        """Return the tokens that work: not ended, not withdrawn, of an active user."""
        now = timezone.now()
        return self.filter(revoked=None, expires__gt=now, owner__is_active=True)


class AccessToken(models.Model):
    """What a program shows instead of a password. The token itself is stored nowhere.

    ``digest`` is the SHA-256 of the token, whose 256 random bits no guess reaches; ``start`` is how
    it begins, by which its owner tells it from others.
    """

    class Scope(models.TextChoices):
        READ = "read", _("Read what I may read")
        WRITE = "write", _("Write what I may write")
        IMPORT = "import", _("Import documents")
        OUTCOMES = "outcomes", _("Report outcomes, gaps and uses")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="access_tokens",
        verbose_name=_("owner"),
    )
    name = models.CharField(_("name"), max_length=80)
    start = models.CharField(_("begins with"), max_length=12)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(pgettext_lazy("what a token allows", "may"), default=list)
    created = models.DateTimeField(_("made"), default=timezone.now)
    expires = models.DateTimeField(_("ends"))
    last_used = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")

    def __str__(self) -> str:
        return self.name

    def is_live(self, now: datetime) -> bool:
        """Return whether the token still works at ``now``, if its owner is active."""
        return self.revoked is None and self.expires > now

    def may(self, scope: str) -> bool:
        """Return whether the token was made for ``scope``."""
        return scope in self.scopes
