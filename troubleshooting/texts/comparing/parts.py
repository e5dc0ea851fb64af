"""What an article can be split into: parts of its sections, aligned over its languages. Pure.

A heading begins a part, with all up to the next heading of its level. Before the first heading a
resolution is one part, since its steps count on; of other sections each block is one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from ..markup import Heading, read_blocks
from ..sections import SECTIONS
from .renumbering import Counted, renumbered

#: The section whose parts are ways out, and stay addressable by their number.
_WAYS_OUT = "resolution"


class SectionPart(NamedTuple):
    """Lines of a section as Markdown; ``heading`` is its first line where that is a heading."""

    section: str
    text: str
    heading: str = ""


#: Parts by section, by language.
_Side = dict[str, dict[str, list[SectionPart]]]


class AlignedPart(NamedTuple):
    """A part in every language in which it is; ``key`` names it in a form."""

    key: str
    section: str
    parts: dict[str, SectionPart]


class Split(NamedTuple):
    """Sections by name, by language: what stays, and what leaves; "" where nothing does."""

    staying: dict[str, dict[str, str]]
    leaving: dict[str, dict[str, str]]


def parts_of(section: str, text: str) -> list[SectionPart]:
    """Return the parts of a section of canonical Markdown; together they are all of its lines."""
    blocks = read_blocks(text)
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    level = min(levels, default=0)
    starts: list[tuple[int, bool]] = []
    for block in blocks:
        is_heading = isinstance(block, Heading) and block.level == level
        has_begun = any(title for _line, title in starts)
        if is_heading or not starts or (not has_begun and section != _WAYS_OUT):
            starts.append((block.lines[0], is_heading))
    if not starts:
        return []
    starts[0] = (0, starts[0][1])  # with what the reader skips, such as a comment
    lines = text.split("\n")
    ends = [line for line, _heading in starts[1:]] + [len(lines)]
    return [
        SectionPart(
            section, "\n".join(lines[start:end]).strip("\n"), lines[start] if is_heading else ""
        )
        for (start, is_heading), end in zip(starts, ends, strict=True)
    ]


def aligned_parts(texts: Mapping[str, Mapping[str, str]]) -> list[AlignedPart]:
    """Return the parts of an article whose sections ``texts`` holds by language.

    Where the languages have as many parts of a section, those of one place are one; else each
    language has its own.
    """
    found = []
    for section in SECTIONS:
        by_language = {
            language: parts
            for language, sections in texts.items()
            if (parts := parts_of(section, sections[section]))
        }
        if len({len(parts) for parts in by_language.values()}) == 1:
            number = len(next(iter(by_language.values())))
            for place in range(number):
                together = {language: parts[place] for language, parts in by_language.items()}
                found.append(AlignedPart(f"{section}-{place + 1}", section, together))
            continue
        for language, parts in by_language.items():
            for place, part in enumerate(parts, 1):
                key = f"{language}-{section}-{place}"
                found.append(AlignedPart(key, section, {language: part}))
    return found


def split(
    texts: Mapping[str, Mapping[str, str]], keys: Collection[str], pointers: Mapping[str, str]
) -> Split:
    """Return ``texts`` without the parts whose keys are ``keys``, and those parts.

    ``pointers`` is by language what stands in the place of a way out that left, below its heading
    if it had one, so that the others keep their numbers; {}: nothing does. Numbers of labels are
    those of the place that a part has on its side; one that is alone there has none.
    """
    whole: _Side = {language: {} for language in texts}
    staying: _Side = {language: {} for language in texts}
    leaving: _Side = {language: {} for language in texts}
    for row in aligned_parts(texts):
        for language, part in row.parts.items():
            side = leaving if row.key in keys else staying
            for one in (whole, side):
                one[language].setdefault(row.section, []).append(part)
            pointer = pointers.get(language, "")
            if side is leaving and row.section == _WAYS_OUT and pointer:
                kept = "\n\n".join(filter(None, [part.heading, pointer]))
                staying[language].setdefault(row.section, []).append(part._replace(text=kept))
    return Split(_joined(staying, whole, is_new=False), _joined(leaving, whole, is_new=True))


def _joined(side: _Side, whole: _Side, *, is_new: bool) -> dict[str, dict[str, str]]:
    """Return the sections of one side; ``whole`` is what both were, ``is_new`` the new article."""
    joined: dict[str, dict[str, str]] = {}
    for language, sections in side.items():
        joined[language] = {}
        for name in SECTIONS:
            parts, before = sections.get(name, []), whole[language].get(name, [])
            if is_new or len(parts) != len(before):
                texts = renumbered(_counted(parts), _counted(before), language)
            else:  # nothing left, or each part has a pointer in its place
                texts = [part.text for part in parts]
            joined[language][name] = "\n\n".join(texts)
    return joined


def _counted(parts: list[SectionPart]) -> list[Counted]:
    return [(part.text, bool(part.heading)) for part in parts]
