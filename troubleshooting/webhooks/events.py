"""The events that are told, and the rows by which they wait for the worker.

A row is written in the transaction of its cause, so that what was rolled back is never told, and a
save waits for no other host. A message names what it is about and says nothing that is not public:
who wants to know more asks the API with a token.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..jobs import enqueue
from ..models import Article, Incident, Webhook, WebhookDelivery
from .delivering import deliver

PUBLISHED, CHANGED, WITHDRAWN, ARCHIVED, GAP, IMPORT, TEST = (
    "article.published", "article.changed", "article.withdrawn", "article.archived",
    "gap.reported", "import.finished", "webhook.test",
)  # fmt: skip
INCIDENT, INCIDENT_BEGAN, INCIDENT_ENDED = (
    "incident.announced", "incident.began", "incident.ended",
)  # fmt: skip
EVENTS = {
    PUBLISHED: _("An article was published"),
    CHANGED: _("A published article was changed"),
    WITHDRAWN: _("A published article was withdrawn"),
    ARCHIVED: _("An article was archived"),
    GAP: _("A gap was reported"),
    INCIDENT: _("An incident was announced or changed"),
    INCIDENT_BEGAN: _("An incident has begun"),
    INCIDENT_ENDED: _("An incident has ended"),
    IMPORT: _("An import has ended"),
}


def announce(event: str, **data: Any) -> int:
    """Let the webhooks that want ``event`` be told; return how many there are."""
    wanting = _wanting(event)
    for webhook in wanting:
        announce_to(webhook, event, **data)
    return len(wanting)


def is_wanted(event: str) -> bool:
    """Return whether any webhook wants to be told of ``event``."""
    return bool(_wanting(event))


def _wanting(event: str) -> list[Webhook]:
    return [one for one in Webhook.objects.filter(is_active=True) if event in one.events]


def announce_to(webhook: Webhook, event: str, **data: Any) -> WebhookDelivery:
    """Let one webhook be told."""
    now: datetime = timezone.now()
    payload = {"type": event, "timestamp": now.isoformat(timespec="seconds"), "data": data}
    row = WebhookDelivery.objects.create(webhook=webhook, event=event, payload=payload)
    enqueue(deliver, delivery=row.pk)
    return row


def announce_article(event: str, article: Article, **more: Any) -> None:
    """Tell an event of an article."""
    announce(
        event,
        number=article.pk,
        slug=article.slug,
        status=article.status,
        audience=article.audience,
        url=f"{settings.SITE_ADDRESS}/api/v1/articles/{article.pk}/",
        **more,
    )


def announce_incident(event: str, incident: Incident) -> None:
    """Tell an event of an incident: when and about what, not its words.

    Articles are left out, since some of them may not be for everyone.
    """
    announce(
        event,
        number=incident.pk,
        language=incident.language,
        starts=incident.starts.isoformat(timespec="seconds"),
        ends=incident.ends.isoformat(timespec="seconds"),
        platforms=sorted(incident.platforms.values_list("slug", flat=True)),
        codes=sorted(incident.codes.values_list("canonical", flat=True)),
        url=f"{settings.SITE_ADDRESS}/api/v1/incidents/",
    )


def send_again(row: WebhookDelivery) -> None:
    """Let a message be delivered once more, under its own name."""
    WebhookDelivery.objects.filter(pk=row.pk).update(state=WebhookDelivery.State.WAITING, error="")
    enqueue(deliver, delivery=row.pk)
