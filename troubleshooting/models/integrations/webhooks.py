"""Addresses of other programs that are told what happens here, and what they were told."""

from __future__ import annotations

import base64
import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_secret() -> str:
    """Return a secret to sign with, in the form that Standard Webhooks gives it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def new_message() -> str:
    """Return a name for a message: the same for each attempt to deliver it."""
    return f"msg_{secrets.token_hex(16)}"


class Webhook(models.Model):
    """An address that is told of events."""

    name = models.CharField(_("name"), max_length=80)
    address = models.URLField(_("address"), max_length=500)
    secret = models.CharField(_("secret"), max_length=80, default=new_secret, editable=False)
    events = models.JSONField(_("events"), default=list)
    is_active = models.BooleanField(_("active"), default=True)
    created = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.name


class WebhookDelivery(models.Model):
    """One event for one webhook, and how its delivery went."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Failed")

    webhook = models.ForeignKey(
        Webhook, models.CASCADE, related_name="deliveries", verbose_name=_("webhook")
    )
    event = models.CharField(_("event"), max_length=40)
    message = models.CharField(_("message"), max_length=40, unique=True, default=new_message)
    payload = models.JSONField(_("content"), default=dict)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    status = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=300, blank=True)
    created = models.DateTimeField(_("time"), default=timezone.now, db_index=True)
    delivered = models.DateTimeField(_("delivered"), null=True, blank=True)

    class Meta:
        ordering = ["-created"]
        verbose_name = _("delivery to a webhook")
        verbose_name_plural = _("deliveries to webhooks")

    def __str__(self) -> str:
        return str(self.message)
