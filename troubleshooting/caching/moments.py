"""Moments at which pages change although nobody writes: incidents begin and end.

They belong to the state of the content: a process reads them once for each token, and compares them
with the clock from then on.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime

from django.apps import apps
from django.utils import timezone

_known: dict[str, list[datetime]] = {}


def passed(token: str) -> int:
    """Return how many of the moments in the state ``token`` are over."""
    moments = _known.get(token)
    if moments is None:
        moments = _moments()
        _known.clear()
        _known[token] = moments
    return bisect_right(moments, timezone.now())


def _moments() -> list[datetime]:
    # Models stand above this room.
    incidents = apps.get_model("troubleshooting", "Incident")._default_manager
    rows = incidents.filter(ends__gt=timezone.now()).order_by().values_list("starts", "ends")
    return sorted(moment for row in rows for moment in row)
