"""Equal hits for different platforms -> the question "Android or iOS?". Pure."""

from __future__ import annotations

from collections.abc import Sequence

from .facets.declared import ALL_PLATFORMS
from .result import Choice, Hit

#: Only hits so near the top can be what was meant.
_TOP = 5


def choices(hits: Sequence[Hit]) -> list[Choice]:
    """Return the platforms to choose from, if the best hits differ by them alone.

    They share their code or message. Hits for all platforms cannot be told apart by one and are
    left out.
    """
    if not hits or hits[0].tier in ("text", "pin"):
        return []
    first = hits[0]
    same = [
        hit
        for hit in hits[:_TOP]
        if (hit.tier, hit.why) == (first.tier, first.why) and ALL_PLATFORMS not in hit.platforms
    ]
    if len({hit.platforms for hit in same}) < 2:
        return []
    values = dict.fromkeys(value for hit in same for value in hit.platforms)
    return [
        Choice("platform", value, tuple(hit.slug for hit in same if value in hit.platforms))
        for value in values
    ]
