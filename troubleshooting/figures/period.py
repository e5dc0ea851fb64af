"""The days that figures are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils import timezone

Rows = TypeVar("Rows", bound=QuerySet[Any, Any])

LENGTHS = (7, 30, 90)


@dataclass(frozen=True, slots=True)
class Period:
    """The last ``length`` days up to and with ``last``, in the portal's time zone.

    ``language`` is that of the pages that readers were on; "" means all of them.
    """

    length: int
    last: date
    language: str = ""

    @property
    def days(self) -> list[date]:
        """Return every day, the earliest first."""
        return [self.last - timedelta(days=back) for back in range(self.length - 1, -1, -1)]

    def limits(self) -> list[datetime]:
        """Return the moments at which each day begins, and the one at which the last ends."""
        days = [*self.days, self.last + timedelta(days=1)]
        return [timezone.make_aware(datetime.combine(day, time.min)) for day in days]

    def of(self, rows: Rows) -> Rows:
        """Return the ``rows`` (with ``created`` and ``language``) of the period, unordered."""
        limits = self.limits()
        rows = rows.filter(created__gte=limits[0], created__lt=limits[-1]).order_by()
        return rows.filter(language=self.language) if self.language else rows
