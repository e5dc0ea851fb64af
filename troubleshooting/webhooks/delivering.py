"""The task of the worker that delivers a message, and tries again while it is not taken."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone

from ..jobs import QUICK, Backoff, GiveUp, JobRun, task
from ..models import Webhook, WebhookDelivery
from .addresses import RefusedAddressError, target_of
from .sending import Sent, post
from .signing import headers

#: Half a minute, two, eight, half an hour, two hours, six hours, six hours.
BACKOFF = Backoff(attempts=8, first=timedelta(seconds=30), factor=4)
#: The receiver says that it wants nothing any more (Standard Webhooks, "Response codes").
_GONE = 410
State = WebhookDelivery.State


class NotDeliveredError(Exception):
    """The message was not taken: to be tried again."""


@task(queue=QUICK, backoff=BACKOFF)
def deliver(run: JobRun, *, delivery: int) -> dict[str, Any]:
    """Deliver a message, unless it has been.

    Raise ``NotDeliveredError``: it is tried again. Raise ``GiveUp``: it is not.
    """
    row = WebhookDelivery.objects.select_related("webhook").filter(pk=delivery).first()
    if row is None or row.state == State.DELIVERED:
        return {}
    if not row.webhook.is_active:
        _note(row, Sent(0, "The webhook is switched off."), is_last=True)
        raise GiveUp(row.error)
    sent = _send(row)
    is_last = run.attempt >= BACKOFF.attempts or sent.status == _GONE
    _note(row, sent, is_last=is_last)
    if sent.status == _GONE:
        Webhook.objects.filter(pk=row.webhook_id).update(is_active=False)
        raise GiveUp("410")
    if not sent.is_delivered:
        raise NotDeliveredError(f"{sent.status} {sent.error}")
    return {"status": sent.status}


def _send(row: WebhookDelivery) -> Sent:
    body = json.dumps(row.payload, ensure_ascii=False, separators=(",", ":")).encode()
    now = int(timezone.now().timestamp())
    try:
        target = target_of(row.webhook.address)
    except RefusedAddressError as error:
        return Sent(0, str(error))
    return post(target, body, headers(row.webhook.secret, row.message, now, body))


def _note(row: WebhookDelivery, sent: Sent, *, is_last: bool) -> None:
    """Write how the attempt went."""
    row.attempts += 1
    row.status, row.error = sent.status or None, sent.error[:300]
    if sent.is_delivered:
        row.state, row.delivered = State.DELIVERED, timezone.now()
    elif is_last:
        row.state = State.FAILED
    row.save(update_fields=["attempts", "status", "error", "state", "delivered"])
