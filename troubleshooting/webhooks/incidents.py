"""Incidents as other programs are told of them: when one is announced, and when it begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ..jobs import JobRun, enqueue, task
from ..models import Incident, WebhookDelivery
from .events import INCIDENT, INCIDENT_BEGAN, announce_incident


def announce_saved(incident: Incident) -> None:
    """Tell that an incident was announced or changed, and have its beginning told when it comes."""
    announce_incident(INCIDENT, incident)
    now = timezone.now()
    if incident.ends > now:
        wait = max(timedelta(0), incident.starts - now)
        enqueue(tell_beginning, delay=wait, incident=incident.pk, starts=_written(incident.starts))


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


@task()
def tell_beginning(run: JobRun, incident: int, starts: str) -> None:
    """Tell that an incident has begun: once, unless it was taken down or put off meanwhile."""
    with transaction.atomic():
        found = Incident.objects.select_for_update().filter(pk=incident).first()
        if found is None or _written(found.starts) != starts:
            return
        told = WebhookDelivery.objects.filter(
            event=INCIDENT_BEGAN, payload__data__number=incident, payload__data__starts=starts
        )
        if found.ends > timezone.now() and not told.exists():
            announce_incident(INCIDENT_BEGAN, found)
