"""Which entry of a document is which: between its languages, and between two imports. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from ..recognition.likeness import likeness, runs_of


@dataclass(frozen=True, slots=True)
class EntryKey:
    """What an entry is known by: its anchor, for a table row its codes, its title and its words.

    ``aliases`` are anchors that lead to it too: of headings inside it, or of before. ``steps`` says
    how many its ways out have.
    """

    anchor: str
    codes: tuple[str, ...] = ()
    title: str = ""
    aliases: tuple[str, ...] = ()
    text: str = ""
    steps: int = 0

    @property
    def shape(self) -> tuple[bool, list[str], int]:
        """Return what stays when the words are translated: its kind, its codes, its steps."""
        return self.is_row, sorted(self.codes), self.steps

    @property
    def section(self) -> str:
        """Return the anchor of the section, without the number of a row."""
        return self.anchor.partition("#")[0]

    @property
    def is_row(self) -> bool:
        """Return whether the entry is a row of a table, or one of several under a heading."""
        return "#" in self.anchor


Pairs = list[int | None]


def pair(old: Sequence[EntryKey], new: Sequence[EntryKey]) -> Pairs:
    """Return for each entry of ``new`` the index of the same entry in ``old``, or None.

    Sections are the same by anchor, those that share one in their order. Rows of a table are the
    same by codes, then by title, then by order among those that are left without a code.
    """
    found: Pairs = [None] * len(new)
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
    _pair_by_names(old, new, found, (_aliases, _codes))
    return found


def pair_languages(old: Sequence[EntryKey], new: Sequence[EntryKey]) -> Pairs:
    """Do as ``pair``, for two languages: what translators named anew is the same by its order.

    Only where all that is left is alike on both sides, one after the other: as many entries, of the
    same kinds, with the same codes and as many steps.
    """
    found = pair(old, new)
    olds = [o for o in range(len(old)) if o not in found]
    news = [n for n, match in enumerate(found) if match is None]
    if len(old) == len(new) and [old[o].shape for o in olds] == [new[n].shape for n in news]:
        for o, n in zip(olds, news, strict=True):
            found[n] = o
    return found


def pair_versions(old: Sequence[EntryKey], new: Sequence[EntryKey]) -> Pairs:
    """Do as ``pair``, for two versions in one language: then by title, then by likeness."""
    found = pair(old, new)
    _pair_by_names(old, new, found, (_titles,))
    _pair_by_likeness(old, new, found)
    return found


Names = Callable[[EntryKey], Iterable[Hashable]]


def _pair_by_names(
    old: Sequence[EntryKey], new: Sequence[EntryKey], pairs: Pairs, kinds: Iterable[Names]
) -> None:
    """Pair what is left by a name that one entry of each side has, and no other."""
    for names in kinds:
        olds = _holders(names, old, [o for o in range(len(old)) if o not in pairs])
        news = _holders(names, new, [n for n, match in enumerate(pairs) if match is None])
        for name, ours in news.items():
            theirs = olds.get(name, ())
            if len(ours) == len(theirs) == 1 and pairs[ours[0]] is None and theirs[0] not in pairs:
                pairs[ours[0]] = theirs[0]


def _holders(
    names: Names, keys: Sequence[EntryKey], indices: Iterable[int]
) -> dict[Hashable, list[int]]:
    holders: dict[Hashable, list[int]] = defaultdict(list)
    for index in indices:
        for name in set(names(keys[index])):
            holders[name].append(index)
    return holders


def _aliases(key: EntryKey) -> Iterable[Hashable]:
    return key.aliases if key.is_row else (key.anchor, *key.aliases)


def _codes(key: EntryKey) -> Iterable[Hashable]:
    return [tuple(sorted(key.codes))] if key.codes else []


def _titles(key: EntryKey) -> Iterable[Hashable]:
    return [key.title.casefold()] if key.title else []


#: What two versions of a part share at least.
_ALIKE = 0.4


def _pair_by_likeness(old: Sequence[EntryKey], new: Sequence[EntryKey], pairs: Pairs) -> None:
    """Pair what is left by what it says, the most alike first."""
    olds = {o: runs_of(old[o].text) for o in range(len(old)) if o not in pairs}
    news = {n: runs_of(new[n].text) for n, match in enumerate(pairs) if match is None}
    shares = sorted(
        ((likeness(olds[o], news[n]), -o, -n) for o in olds for n in news), reverse=True
    )
    for share, o, n in shares:
        if share < _ALIKE:
            return
        if pairs[-n] is None and -o not in pairs:
            pairs[-n] = -o


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
