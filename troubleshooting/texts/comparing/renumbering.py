"""Numbers of labels ("Resolution 2", "Cause 3") where only some of those counted are left. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..languages import Labels, labels_for
from ..languages.matching import NumberedLabel, numbered_label

_HEADING_MARK = re.compile(r"#{1,6}[ \t]+")

#: The Markdown of a part of a section, and whether it begins with a heading.
Counted = tuple[str, bool]


class _Numbered(NamedTuple):
    """The first line of a part: its mark, its words, the label that they are."""

    mark: str
    words: str
    label: NumberedLabel


def renumbered(chosen: Sequence[Counted], whole: Sequence[Counted], language: str) -> list[str]:
    """Return the ``chosen`` ones of the parts of a section, ``whole``, with numbers of their own.

    They are counted as those of the whole section were: from 1, or from 2 behind a first one that
    has no label. One that is alone has no number, and no heading that would say nothing else.
    Where they were not counted one by one, the numbers stay, but that of one that is alone.
    """
    labels = labels_for(language)
    begun = _begun_at([_numbered(part, labels) for part in whole])
    found = [_numbered(part, labels) for part in chosen]
    texts = [text for text, _is_heading in chosen]
    for kind in {one.label.part for one in found if one}:
        places = [place for place, one in enumerate(found) if one and one.label.part == kind]
        first = begun.get(kind)
        is_alone = len(places) == 1 and (first in (None, 1) or places[0] == 0)
        if is_alone:
            texts[places[0]] = _rewritten(texts[places[0]], found[places[0]], None, len(chosen))
        elif first is not None:
            start = 1 if places[0] == 0 else first
            for number, place in enumerate(places, start):
                texts[place] = _rewritten(texts[place], found[place], number, len(chosen))
    return texts


def _numbered(part: Counted, labels: Labels) -> _Numbered | None:
    """Return the numbered label that a part begins with, or None."""
    text, is_heading = part
    line = text.partition("\n")[0] if is_heading else text
    match = _HEADING_MARK.match(line) if is_heading else None
    mark = match[0] if match else ""
    label = numbered_label(line[len(mark) :], labels, is_heading=is_heading)
    return _Numbered(mark, line[len(mark) :], label) if label else None


def _begun_at(whole: Sequence[_Numbered | None]) -> dict[str, int]:
    """Return with which number the labels of each kind begin, where they are counted one by one."""
    begun: dict[str, int] = {}
    for kind in {one.label.part for one in whole if one}:
        rows = [(place, one.label.number) for place, one in enumerate(whole)
                if one and one.label.part == kind]  # fmt: skip
        (before, first), numbers = rows[0], [number for _place, number in rows]
        if first in (1, before + 1) and numbers == list(range(first, first + len(numbers))):
            begun[kind] = first
    return begun


def _rewritten(text: str, one: _Numbered | None, number: int | None, parts: int) -> str:
    """Return a part with another number, or none; a bare label that is all alone goes as well."""
    if one is None:
        return text
    rest = text[len(one.mark) + len(one.words) :]
    if number is None and one.mark and one.label.is_bare and parts == 1 and rest.strip():
        return rest.strip("\n")
    return one.mark + one.label.renumbered(one.words, number) + rest
