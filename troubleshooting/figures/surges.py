"""Codes that are searched unusually often within the hour: perhaps an incident."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone

from ..models import ErrorCode, SearchLog

#: Searches of the hour below which nothing is unusual, and how many times the usual number is.
FEWEST, TIMES = 5, 4
#: Days that say what is usual.
DAYS = 14
_MOST_READ = 20_000
_MOST = 5


class Surge(NamedTuple):
    """A code with its searches within the last hour, the usual number an hour, and its key."""

    code: str
    searches: int
    usual: float
    key: int | None


def surges() -> list[Surge]:
    """Return the codes that were searched unusually often, the most frequent first."""
    now = timezone.now()
    hour = now - timedelta(hours=1)
    recent = SearchLog.objects.filter(created__gt=hour).exclude(codes=[]).order_by()
    counted = Counter(
        code for codes in recent.values_list("codes", flat=True)[:_MOST_READ] for code in set(codes)
    )
    often = [(code, number) for code, number in counted.most_common(_MOST * 2) if number >= FEWEST]
    keys = dict(
        ErrorCode.objects.filter(canonical__in=[code for code, _n in often]).values_list(
            "canonical", "pk"
        )
    )
    before = SearchLog.objects.filter(created__gt=now - timedelta(days=DAYS), created__lte=hour)
    written = before.annotate(written=Cast("codes", TextField()))
    found = []
    for code, number in often:
        usual = written.filter(written__contains=f'"{code}"').count() / (DAYS * 24 - 1)
        if number >= TIMES * usual:
            found.append(Surge(code, number, usual, keys.get(code)))
    return found[:_MOST]
