"""Shares of a whole: of what most is true, and of what half is. Pure."""

from __future__ import annotations

from collections.abc import Iterable


def most_of(flags: Iterable[object]) -> bool:
    """Return whether more of ``flags`` are true than false."""
    found = [bool(flag) for flag in flags]
    return found.count(True) > found.count(False)


def half_of(flags: Iterable[object]) -> bool:
    """Return whether no fewer of ``flags`` are true than false; of nothing there is no half."""
    found = [bool(flag) for flag in flags]
    return any(found) and found.count(True) >= found.count(False)
