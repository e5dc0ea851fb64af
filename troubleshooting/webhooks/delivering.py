"""The task of the worker that delivers a message, and tries again while it is not taken."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop

from ..jobs import QUICK, Backoff, GiveUp, JobRun, task
from ..models import Webhook, WebhookDelivery
from .addresses import RefusedAddressError, UnknownHostError, target_of
from .sending import GONE, Sent, post
from .signing import headers

#: Half a minute, two, eight, half an hour, two hours, six hours, six hours.
BACKOFF = Backoff(attempts=8, first=timedelta(seconds=30), factor=4)
State = WebhookDelivery.State
logger = logging.getLogger(__name__)


class NotDeliveredError(Exception):
    """The message was not taken: to be tried again."""


@task(queue=QUICK, backoff=BACKOFF)
def deliver(run: JobRun, *, delivery: int) -> dict[str, Any]:
    """Deliver a message, unless it has been.

    Raise ``NotDeliveredError``: it is tried again. Raise ``GiveUp``: it is not, since it cannot
    succeed.
    """
    row = WebhookDelivery.objects.select_related("webhook").filter(pk=delivery).first()
    if row is None or row.state == State.DELIVERED:
        return {}
    sent, is_hopeless = _send(row)
    is_hopeless = is_hopeless or sent.status == GONE
    _note(row, sent, is_last=is_hopeless or run.attempt >= BACKOFF.attempts)
    if sent.status == GONE:
        Webhook.objects.filter(pk=row.webhook_id).update(is_active=False)
    if is_hopeless:
        logger.warning("Webhook %s is not told: %s", row.webhook_id, sent.error)
        raise GiveUp(sent.error)
    if not sent.is_delivered:
        raise NotDeliveredError(f"{sent.status} {sent.error}")
    return {"status": sent.status}


def _send(row: WebhookDelivery) -> tuple[Sent, bool]:
    """Return what came of an attempt, and whether another one would come to the same."""
    if not row.webhook.is_active:
        return Sent(0, gettext_noop("The webhook is switched off.")), True
    body = json.dumps(row.payload, ensure_ascii=False, separators=(",", ":")).encode()
    now = int(timezone.now().timestamp())
    try:
        target = target_of(row.webhook.address, allowed_networks=settings.WEBHOOK_PRIVATE_HOSTS)
    except UnknownHostError as error:
        return Sent(0, str(error)), False
    except RefusedAddressError as error:
        return Sent(0, str(error)), True
    return post(target, body, headers(row.webhook.secret, row.message, now, body)), False


def _note(row: WebhookDelivery, delivery: Sent, *, is_last: bool) -> None:
    """Write how the attempt went."""
    row.attempts += 1
    row.status, row.error = delivery.status or None, delivery.error[:300]
    if delivery.is_delivered:
        row.state, row.delivered = State.DELIVERED, timezone.now()
    elif is_last:
        row.state = State.FAILED
    row.save(update_fields=["attempts", "status", "error", "state", "delivered"])
