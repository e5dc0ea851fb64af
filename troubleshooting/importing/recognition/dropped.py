"""Entries whose articles editors deleted, or merged into others: they are not made anew.

A document is read without them. The report says which they are, and why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...models import DroppedPart, SourceDocument, SourceEntry
from ...texts.docfx import DocfxDocument, Entry, Oddity
from ...texts.sections import SECTIONS
from ..planning.pairing import EntryKey, pair, pair_versions

_Part = DroppedPart | SourceEntry


def without_dropped(row: SourceDocument, parsed: DocfxDocument) -> DocfxDocument:
    """Return ``parsed``, which is the document ``row``, without the entries that were dropped."""
    parts = list(
        DroppedPart.objects.filter(document__key=row.key).select_related("document", "replaced_by")
    )
    if not parts:
        return parsed
    found = _found(row, parsed, parts)
    if not found:
        return parsed
    numbers = [n for n in range(len(parsed.entries)) if n not in found]
    place = {number: position for position, number in enumerate(numbers)}
    return replace(
        parsed,
        entries=[parsed.entries[number] for number in numbers],
        outline=[
            replace(item, entries=[place[n] for n in item.entries if n in place])
            for item in parsed.outline
        ],
        structure=[
            *parsed.structure,
            *(one for number in found for one in parsed.entries[number].placements),
        ],
        warnings=[
            *parsed.warnings,
            *(_told(parsed.entries[number], part) for number, part in sorted(found.items())),
        ],
    )


def _found(
    row: SourceDocument, parsed: DocfxDocument, parts: list[DroppedPart]
) -> dict[int, DroppedPart]:
    """Return the dropped parts that entries of ``parsed`` are, by the places of these.

    Rows that the document still has come first: what was restored or made anew is not dropped.
    """
    keys = [_key(entry) for entry in parsed.entries]
    live: list[_Part] = list(row.entries.all()) if row.pk else []
    own = [*live, *(part for part in parts if part.document_id == row.pk)]
    found = {
        number: part
        for number, index in enumerate(pair_versions([_key_of(one) for one in own], keys))
        if index is not None and isinstance(part := own[index], DroppedPart)
    }
    for other in {part.document_id for part in parts} - {row.pk}:
        theirs = [part for part in parts if part.document_id == other]
        rows: list[_Part] = [*SourceEntry.objects.filter(document=other), *theirs]
        for number, index in enumerate(pair([_key_of(one) for one in rows], keys)):
            one = rows[index] if index is not None else None
            is_live = any(mine.anchor == parsed.entries[number].anchor for mine in live)
            if isinstance(one, DroppedPart) and not is_live:
                found.setdefault(number, one)
    return found


def _told(entry: Entry, part: DroppedPart) -> Oddity:
    line = entry.lines[0]
    if part.replaced_by:
        return Oddity("replaced", line, f"{entry.title[:150]} > {part.replaced_by.slug}")
    return Oddity("in_trash" if part.trashed_id else "deleted", line, entry.title[:200])


def _key(entry: Entry) -> EntryKey:
    aliases, codes = tuple(entry.aliases), tuple(entry.key_codes)
    return EntryKey(entry.anchor, codes, entry.title, aliases, _words(entry.texts))


def _key_of(part: _Part) -> EntryKey:
    title = part.base.get("title", "")
    aliases, codes = tuple(part.aliases), tuple(part.codes)
    return EntryKey(part.anchor, codes, title, aliases, _words(part.base))


def _words(texts: dict[str, str]) -> str:
    names: Iterable[str] = ("title", *SECTIONS)
    return " ".join(texts.get(name, "") for name in names)
