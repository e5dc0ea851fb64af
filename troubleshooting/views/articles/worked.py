"""What worked before: how often each resolution of an article solved it, by what readers reported.

Pages are kept as long as the content and the day are the same, so reports count from the next day
on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ...models import Outcome
from ...texts.anchors import place_at

#: Fewer reports say nothing, and might tell who reported.
FEWEST = 10
#: Days after which a report no longer counts: products change.
_DAYS = 365
_MEMORY_SECONDS = 24 * 3600
#: The first may have no heading, and is a division then; the last of several is a section.
_OPENED = r'<(?:section|div) class="resolution" id="'
_RESOLUTION = re.compile(rf"(?={_OPENED})")
_HEAD = re.compile(rf'{_OPENED}([^"]+)">(?:\s*<h3[^>]*>.*?</h3>)?', re.DOTALL)
_END = "</section>"


class Worked(NamedTuple):
    """How many of the readers who reported were helped."""

    solved: int
    total: int

    @property
    def chance(self) -> float:
        """Return the share of solved, careful where reports are few (Laplace)."""
        return (self.solved + 1) / (self.total + 2)


def worked(article: int, resolutions: int) -> dict[int, Worked]:
    """Return what is known of each resolution by its number; too few reports are left out.

    What was said of the article as a whole counts where it has one resolution.
    """
    key = f"worked.{timezone.localdate()}"
    known: dict[int, dict[int, Worked]] | None = cache.get(key)
    if known is None:
        known = _read()
        cache.set(key, known, _MEMORY_SECONDS)
    found = known.get(article)
    if not found:
        return {}
    whole = found.get(0, Worked(0, 0))
    if resolutions == 1:
        first = found.get(1, Worked(0, 0))
        found = {1: Worked(first.solved + whole.solved, first.total + whole.total)}
    return {number: one for number, one in found.items() if number and one.total >= FEWEST}


def _read() -> dict[int, dict[int, Worked]]:
    """Return the reports until yesterday by article and resolution, 0 for the whole article."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Outcome.objects.filter(created__lt=today, created__gte=today - timedelta(days=_DAYS))
    solved = Count("pk", filter=Q(verdict=Outcome.Verdict.SOLVED))
    counted = (
        rows.order_by().values_list("article", "anchor").annotate(solved=solved, total=Count("pk"))
    )
    found: dict[int, dict[int, Worked]] = {}
    for article, anchor, good, total in counted:
        number = _number(anchor)
        before = found.setdefault(article, {}).get(number, Worked(0, 0))
        found[article][number] = Worked(before.solved + good, before.total + total)
    return {
        article: numbers
        for article, numbers in found.items()
        if sum(one.total for one in numbers.values()) >= FEWEST
    }


def with_figures(html: str, outcomes: dict[int, Worked], platforms: Sequence[str]) -> str:
    """Return a rendered section with what worked below the heading of each resolution."""

    def with_words(head: re.Match[str]) -> str:
        one = outcomes.get(_number(head[1]))
        return head[0] + _words(one, platforms) if one else head[0]

    return _HEAD.sub(with_words, html)


def by_chance(html: str, outcomes: dict[int, Worked]) -> str:
    """Return a rendered section with the resolutions that worked best first.

    One of which too little is known counts as if it helped every other reader.
    """
    before, *parts = _RESOLUTION.split(html)
    if len(parts) < 2:
        return html
    inside, _end, after = parts[-1].rpartition(_END)
    parts[-1] = inside + _END
    return "".join([before, *sorted(parts, key=lambda part: -_chance(part, outcomes)), after])


def _chance(part: str, outcomes: dict[int, Worked]) -> float:
    head = _HEAD.match(part)
    one = outcomes.get(_number(head[1])) if head else None
    return one.chance if one else 0.5


def _number(anchor: str) -> int:
    """Return the number of the resolution at an address; 0 for the address of anything else."""
    place = place_at(anchor)
    return place.resolution if place else 0


def _words(one: Worked, platforms: Sequence[str]) -> str:
    values = {"solved": one.solved, "total": one.total}
    if len(platforms) == 1:
        said = _("Solved for %(solved)d of %(total)d readers on %(platform)s") % {
            **values,
            "platform": platforms[0],
        }
    else:
        said = _("Solved for %(solved)d of %(total)d readers") % values
    return format_html('<p class="worked" data-added>{}</p>', said)
