"""What takes long to count over the whole base is counted again only so often.

A small base is counted whenever somebody looks. In one of a hundred thousand articles that takes
tenths of a second or seconds, and every save makes another count of it: then what was counted
lately is shown, so that counting takes no more than a part of one processor.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from django.core.cache import cache
from django.utils.translation import get_language

from ..models import ContentVersion

Counted = TypeVar("Counted")
#: Seconds of processor time from which something takes long.
LONG = 0.1
#: Seconds that it is shown for each second that it took, and at most.
_SHARE, _MOST = 100, 900


class _Kept(NamedTuple):
    state: str | None
    until: float
    counted: Any


def counted_lately(name: str, count: Callable[[], Counted], state: str | None = "") -> Counted:
    """Return what ``count`` returns, or what it returned for the same content.

    ``name`` stands for it in memory, ``state`` for all that it depends on besides the content;
    None: the content does not tell. Where to count took long, what it returned is also returned for
    a while after that.
    """
    key = f"lately/{name}/{get_language()}"
    if state is not None:
        token = ContentVersion.objects.filter(pk=1).values_list("token", flat=True).first()
        state = f"{token} {state}"
    kept = cache.get(key)
    if isinstance(kept, _Kept) and (time.time() < kept.until or (state and kept.state == state)):
        counted: Counted = kept.counted
        return counted
    began = time.thread_time()
    counted = count()
    took = time.thread_time() - began
    until = time.time() + min(took * _SHARE, _MOST) if took >= LONG else 0.0
    cache.set(key, _Kept(state, until, counted), _MOST)
    return counted
