"""One menu that is called by two names. Pure.

Two ways through menus that share all segments but one, at the same place, may lead to one menu
that two writers called otherwise. They may also lead to two menus: what is in one menu side by side
differs likewise. So names are two of one menu only

- where they are spelt nearly alike ("Device enrollment", "Devices enrollment"), or
- where a segment follows them, their ways have two others or more, and no text has both: one that
  names both knows two menus.

Names that differ in a figure, in capitals and accents alone, or in opposites ("Include", "Exclude")
are not told, nor is what begins with a small letter: it says what to do ("choose the user").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

from ..languages import fold
from ..languages.meaning import meaning_words

#: Names at least this alike, by their letters, are one name spelt in two ways.
_ALIKE = 0.8
#: A menu with more entries than this is a list: only names spelt alike are compared.
_MOST_NAMES = 4
#: The number of segments that a way must have for other words to be another name of one.
_LONG_WAY = 3
_Key = tuple[int, tuple[str, ...], tuple[str, ...]]


class MenuPath(NamedTuple):
    """A way through menus of a ``text``; ``about`` are the platforms that it is for (none: all)."""

    text: int
    segments: tuple[str, ...]
    about: frozenset[int] = frozenset()


class TwoNames(NamedTuple):
    """A way, and the one that names a segment otherwise, each with the texts that have it.

    ``place`` is that of the segment, from 0. The first way is the one that fewer texts have.
    """

    rare: tuple[str, ...]
    usual: tuple[str, ...]
    place: int
    rare_texts: tuple[int, ...]
    usual_texts: tuple[int, ...]


def two_names(paths: Iterable[MenuPath], language: str) -> Iterator[TwoNames]:
    """Yield the pairs of ``paths``, all in ``language``, that name one menu in two ways."""
    menus: dict[_Key, dict[str, list[MenuPath]]] = defaultdict(lambda: defaultdict(list))
    for path in paths:
        names = tuple(fold(" ".join(segment.split())) for segment in path.segments)
        for place, name in enumerate(names):
            if not path.segments[place].strip()[:1].islower():
                menus[place, names[:place], names[place + 1 :]][name].append(path)
    for (place, before, after), by_name in menus.items():
        for one, other in combinations(by_name, 2):
            ways = by_name[one], by_name[other]
            if not any(_are_of_one(a, b) for a in ways[0] for b in ways[1]):
                continue
            if not _may_be_one(one, other, language):
                continue
            is_spelt_alike = _are_alike(one, other)
            is_long = after and len(before) + len(after) + 1 >= _LONG_WAY
            if is_spelt_alike or (is_long and len(by_name) <= _MOST_NAMES and _apart(*ways)):
                yield _found(place, *ways)


def _are_of_one(one: MenuPath, other: MenuPath) -> bool:
    """Return whether a platform is what both are for."""
    return not one.about or not other.about or bool(one.about & other.about)


def _apart(ones: list[MenuPath], others: list[MenuPath]) -> bool:
    return not {path.text for path in ones} & {path.text for path in others}


def _may_be_one(one: str, other: str, language: str) -> bool:
    """Return whether two names have the same figures, and no words that are opposed."""
    if [c for c in one if c.isdigit()] != [c for c in other if c.isdigit()]:
        return False
    words = meaning_words(language)
    return not any(words.are_opposed(a, b) for a in one.split() for b in other.split())


def _are_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _found(place: int, ones: list[MenuPath], others: list[MenuPath]) -> TwoNames:
    texts = [tuple(sorted({path.text for path in paths})) for paths in (ones, others)]
    pairs = sorted(zip((ones, others), texts, strict=True), key=lambda pair: len(pair[1]))
    (rare, rare_texts), (usual, usual_texts) = pairs
    return TwoNames(rare[0].segments, usual[0].segments, place, rare_texts, usual_texts)
