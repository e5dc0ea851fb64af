"""The incidents of the day beside what they are pinned to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpRequest

from ..access import Reader, reader_of
from ..caching.responses import current_incidents, page_state
from ..representing.incidents import IncidentNotice, current_notices

_MEMORY_SECONDS = 3600


class IncidentLine(NamedTuple):
    """What a page says of an incident."""

    text: str
    language: str
    ends: datetime


def all_notices(request: HttpRequest, language: str) -> tuple[IncidentLine, ...]:
    """Return the incidents of this moment that a reader may see, in their language or in any."""
    return tuple(_said(one) for one in _known(request, language))


def _said(one: IncidentNotice) -> IncidentLine:
    return IncidentLine(one.text, one.language, one.ends)


def _known(request: HttpRequest, language: str) -> list[IncidentNotice]:
    """Return the incidents of this moment that a reader may see, in their language or in any.

    One that is pinned to nothing but articles is seen by who may see one of them.
    """
    reader, state = reader_of(request), page_state(request)
    if state and not current_incidents(request):
        return []
    key = _key(reader, state)
    found: list[IncidentNotice] | None = cache.get(key) if state else None
    if found is None:
        found = current_notices(reader)
        cache.set(key, found, _MEMORY_SECONDS)
    return [one for one in found if one.language in ("", language)]


def _key(reader: Reader, state: str) -> str:
    return f"notices.{reader}.{state.replace(' ', '.')}"


def notices_for(
    request: HttpRequest,
    language: str,
    platforms: Collection[str] = (),
    codes: Collection[str] = (),
    article: int | None = None,
) -> tuple[IncidentLine, ...]:
    """Return the incidents pinned to the article or to any of the platforms and codes."""
    return tuple(
        _said(one)
        for one in _known(request, language)
        if not one.platforms.isdisjoint(platforms)
        or not one.codes.isdisjoint(codes)
        or article in one.articles
    )
