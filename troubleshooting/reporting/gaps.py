"""Reports of gaps, told to the webhooks that want them."""

from __future__ import annotations

from django.db import transaction

from ..models import GapReport
from ..models.feedback import gap_key
from ..webhooks.events import GAP, announce


@transaction.atomic
def report_gap(subject: str, comment: str, language: str) -> bool:
    """Note that nothing is written about ``subject``; return whether there was room for it.

    Who is told learns the key, which is a code or folded words, and how often it was reported: what
    readers wrote is not sent to other hosts.
    """
    kept = GapReport.objects.report(subject, comment, language)
    row = GapReport.objects.filter(key=gap_key(subject)).first()
    if kept and row:
        announce(GAP, id=row.pk, key=row.key, language=row.language, count=row.count)
    return kept
