"""The rows of a translation by section: which are open, what the base offers, what is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from ...texts.comparing.diffing import ADDED, CHANGED, SAME
from ...texts.sections import NOTE
from ...texts.translating import MemoryMatch, UnitPair, omissions_in


@dataclass(frozen=True, slots=True)
class TranslatedSection:
    """One text of the article in rows."""

    name: str
    label: str
    rows: list[UnitPair]


def key_of(source: str) -> str:
    """Return what names a unit of the source; "" for none."""
    return blake2b(source.encode(), digest_size=9).hexdigest() if source else ""


def is_open(section: TranslatedSection, row: UnitPair) -> bool:
    """Return whether a row is still to be translated, or anew; notes are not remembered."""
    is_behind = row.change in (ADDED, CHANGED) or not row.translation.strip()
    return section.name != NOTE and is_behind and bool(row.source)


def matched(
    section: TranslatedSection, row: UnitPair, memory_matches: Mapping[str, Sequence[MemoryMatch]]
) -> UnitPair:
    if not is_open(section, row):
        return row
    matches = [
        match for match in memory_matches.get(row.source, ()) if match.text != row.translation
    ]
    return replace(row, matches=matches)


def summary_of(sections: list[TranslatedSection]) -> dict[str, int]:
    """Return rows without a translation, rows whose source changed, and what the checks miss."""
    rows = [row for section in sections for row in section.rows if row.marks]
    left_out = [omissions_in(section.name, section.rows) for section in sections]
    return {
        "untranslated": sum(map(len, left_out)),
        "changed": sum(row.change != SAME for row in rows),
        "missing": sum(row.unmet for row in rows),
    }
