"""Incidents as other programs are told of them: announced, begun, ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ..jobs import JobRun, enqueue, task
from ..models import Incident, WebhookDelivery
from .events import INCIDENT, INCIDENT_BEGAN, INCIDENT_ENDED, announce_incident


def announce_saved(incident: Incident) -> None:
    """Tell that an incident was announced or changed.

    Its beginning and its end are told when they come.
    """
    announce_incident(INCIDENT, incident)
    now = timezone.now()
    wait = max(timedelta(0), incident.ends - now)
    enqueue(tell_end, delay=wait, incident=incident.pk, ends=_written(incident.ends))
    if incident.ends > now:
        wait = max(timedelta(0), incident.starts - now)
        enqueue(tell_beginning, delay=wait, incident=incident.pk, starts=_written(incident.starts))


def announce_deleted(incident: Incident) -> None:
    """Tell that an incident is taken down; where its time was over that was told then."""
    if incident.ends > timezone.now():
        announce_incident(INCIDENT_ENDED, incident)


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


@task()
def tell_end(run: JobRun, incident: int, ends: str) -> None:
    """Tell that the time of an incident is over: once, unless it was taken down or goes on."""
    with transaction.atomic():
        found = Incident.objects.select_for_update().filter(pk=incident).first()
        if found is None or _written(found.ends) != ends or found.ends > timezone.now():
            return
        told = WebhookDelivery.objects.filter(
            event=INCIDENT_ENDED, payload__data__number=incident, payload__data__ends=ends
        )
        if not told.exists():
            announce_incident(INCIDENT_ENDED, found)
