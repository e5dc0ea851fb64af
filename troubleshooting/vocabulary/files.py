"""Entries as lines of a table (tab-separated values), and back.

The columns are ``kind``, ``language``, ``words``, ``meaning``, ``article`` (the end of its address)
and ``note``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Article, VocabularyEntry
from .entries import Kind, Refusal, refusals, tidy

COLUMNS = ("kind", "language", "words", "meaning", "article", "note")
#: Characters of a file that are read.
_LONGEST = 5_000_000
#: What a spreadsheet would take for the beginning of a formula, and what is put before it.
_FORMULA, _QUOTE = ("=", "+", "-", "@"), "'"


@dataclass(slots=True)
class Imported:
    """What became of the lines of a file; ``refused`` are line numbers with the reasons."""

    added: int = 0
    known_count: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def write_entries(target: IO[str]) -> int:
    """Write all entries to ``target``; return how many there are. The same make the same file."""
    table = csv.writer(target, dialect="excel-tab", lineterminator="\n")
    table.writerow(COLUMNS)
    rows = VocabularyEntry.objects.select_related("article").order_by(
        "kind", "language", "words", "meaning", "pk"
    )
    for row in rows:
        article = row.article.slug if row.article else ""
        cells = (row.kind, row.language, row.words, row.meaning, article, row.note)
        table.writerow([_quoted(cell) for cell in cells])
    return len(rows)


def read_entries(source: IO[str], *, rehearse: bool = False) -> Imported:
    """Add the entries of ``source`` that are not there yet; ``rehearse`` changes nothing.

    Raise ``ValueError``: it is no such table.
    """
    text = source.read(_LONGEST + 1).removeprefix("\ufeff")
    if len(text) > _LONGEST or "\0" in text:
        raise ValueError(_("This is not a vocabulary table."))
    lines = csv.reader(text.splitlines(), dialect="excel-tab")
    try:
        header = next(lines, [])
        if not {"kind", "words"} <= set(header):
            raise ValueError(_("This is not a vocabulary table."))
        rows = [(lines.line_num, dict(zip(header, cells, strict=False))) for cells in lines]
    except csv.Error as error:
        raise ValueError(str(error)) from error
    done = Imported()
    with transaction.atomic():
        for number, row in rows:
            if any(row.values()):
                _take(number, row, done)
        transaction.set_rollback(rehearse)
    return done


def _take(number: int, row: dict[str, str], imported: Imported) -> None:
    cells = {name: _plain(row.get(name, "").strip()) for name in COLUMNS}
    slug = cells.pop("article")
    article = Article.objects.at_address(slug).first() if slug else None
    entry = VocabularyEntry(**cells, article=article)
    tidy(entry)
    if _is_known(entry):
        imported.known_count += 1
        return
    reasons = list(_misspelt(entry, slug)) or list(refusals(entry))
    if reasons:
        imported.refused.append((number, " ".join(one.message for one in reasons)))
        return
    entry.save()
    imported.added += 1


def _is_known(entry: VocabularyEntry) -> bool:
    same = VocabularyEntry.objects.filter(kind=entry.kind, language=entry.language)
    same = same.filter(words__iexact=entry.words, meaning__iexact=entry.meaning)
    return same.filter(article=entry.article).exists()


def _misspelt(entry: VocabularyEntry, slug: str) -> Iterable[Refusal]:
    """Yield what no form would let through."""
    if entry.kind not in Kind.values:
        yield Refusal("kind", _("There is no such kind: %(kind)s") % {"kind": entry.kind})
    if entry.language and entry.language not in dict(settings.LANGUAGES):
        told = _("The portal is not offered in this language: %(language)s")
        yield Refusal("language", told % {"language": entry.language})
    if entry.kind == Kind.PIN and slug and entry.article is None:
        yield Refusal("article", _("There is no such article: %(slug)s") % {"slug": slug})
    for name in ("words", "meaning", "note"):
        longest = getattr(VocabularyEntry._meta.get_field(name), "max_length", None)
        if longest and len(getattr(entry, name)) > longest:
            yield Refusal(
                name, _("A text is longer than %(number)d characters.") % {"number": longest}
            )


def _quoted(cell: str) -> str:
    return f"{_QUOTE}{cell}" if cell.startswith((*_FORMULA, _QUOTE)) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith(_QUOTE) else cell
