"""Which entry of a document is which: between its languages, and between two imports. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntryKey:
    """What an entry is known by: its anchor, and for a table row its codes and title."""

    anchor: str
    codes: tuple[str, ...] = ()
    title: str = ""

    @property
    def section(self) -> str:
        """Return the anchor of the section, without the number of a row."""
        return self.anchor.partition("#")[0]

    @property
    def is_row(self) -> bool:
        """Return whether the entry is a row of a table, or one of several under a heading."""
        return "#" in self.anchor


def pair(old: Sequence[EntryKey], new: Sequence[EntryKey]) -> list[int | None]:
    """For each entry of ``new`` the index of the same entry in ``old``, or None.

    Sections are the same by anchor, those that share one in their order. Rows of a table are the
    same by codes, then by title, then by order among those that are left without a code.
    """
    found: list[int | None] = [None] * len(new)
    for olds, news in _groups(old, new):
        free = list(olds)
        for same in (_same_codes, _same_title, _same_place):
            for index in news:
                if found[index] is not None:
                    continue
                match = next((o for o in free if same(old[o], new[index])), None)
                if match is not None:
                    found[index] = match
                    free.remove(match)
    return found


def _groups(old: Sequence[EntryKey], new: Sequence[EntryKey]) -> list[tuple[list[int], list[int]]]:
    olds: dict[tuple[str, bool], list[int]] = defaultdict(list)
    news: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for index, key in enumerate(old):
        olds[key.section, key.is_row].append(index)
    for index, key in enumerate(new):
        news[key.section, key.is_row].append(index)
    return [(olds[group], members) for group, members in news.items() if group in olds]


def _same_codes(old: EntryKey, new: EntryKey) -> bool:
    return bool(new.codes) and sorted(old.codes) == sorted(new.codes)


def _same_title(old: EntryKey, new: EntryKey) -> bool:
    return new.is_row and old.title == new.title


def _same_place(old: EntryKey, new: EntryKey) -> bool:
    return not new.is_row or not (old.codes or new.codes)
