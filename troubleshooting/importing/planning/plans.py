"""The entries of a document, each with the article that it is and what becomes of its text."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from ...editing import refusal_remark, remarks_of
from ...models import Article, SourceDocument, SourceEntry
from ...texts.bounded import UnrenderableText
from ...texts.docfx import DocfxDocument, DocumentError, Entry
from ...texts.markup.blocks import ITEM_NUMBER
from ...texts.sections import SECTIONS
from ..readings import Readings
from ..recognition import Recognition
from .kin import joined_into, split_from
from .merging import EntryPlan, PortalTexts, plan_entry, read_portal_texts
from .pairing import EntryKey, pair_languages, pair_versions


@dataclass(slots=True)
class Plans:
    """All entries of a document, the rows of those that are gone, and what the portal says."""

    rows: list[SourceEntry]
    entries: list[EntryPlan]
    gone: list[SourceEntry]
    portal_texts: PortalTexts
    #: By the places of new parts, what they were split from; by rows that are gone, what has them.
    split: dict[int, Article]
    joined: dict[int, Article]


def plans_for(
    document: SourceDocument, parsed: DocfxDocument, readings: Readings, recognition: Recognition
) -> Plans:
    """Return what becomes of the entries of ``parsed``; nothing is written.

    Raise ``DocumentError`` for one that cannot be stored.
    """
    rows = list(document.entries.select_related("article")) if document.pk else []
    keys = []
    for entry in parsed.entries:
        with blamed(entry):
            keys.append(_key(entry, readings.canonical(entry.texts)))
    known = pair_versions([_key_of(row) for row in rows], keys)
    matched = _adopted(document, parsed.entries, keys, readings, recognition, known, rows)
    gone = [row for index, row in enumerate(rows) if index not in known and row.removed is None]
    articles = [article for _row, article in matched if article]
    here = read_portal_texts([*articles, *(row.article for row in gone)], document.language)
    plans = []
    for entry, (row, article) in zip(parsed.entries, matched, strict=True):
        theirs = readings.canonical(entry.texts)
        needs_review = recognition.needs_review
        plans.append(plan_entry(entry, row, article, here, theirs, needs_review=needs_review))
    split, joined = split_from(plans), joined_into(gone, plans)
    return Plans(rows, plans, gone, here, split, joined)


def _adopted(
    document: SourceDocument,
    entries: Sequence[Entry],
    keys: Sequence[EntryKey],
    readings: Readings,
    recognition: Recognition,
    row_ids: Sequence[int | None],
    rows: Sequence[SourceEntry],
) -> list[tuple[SourceEntry | None, Article | None]]:
    """Return the row and the article of each entry.

    Its own, its twin's, or one that another file lost.
    """
    twins = _twins(document, keys, {row.article_id for row in rows})
    language, orphans, taken = document.language, recognition.orphans, set[int]()
    matched: list[tuple[SourceEntry | None, Article | None]] = []
    for entry, index, twin in zip(entries, row_ids, twins, strict=True):
        if index is not None:
            row: SourceEntry | None = rows[index]
        elif twin is not None:
            row = orphans.of_article(language, twin.pk, taken)
        else:
            row = orphans.find(language, entry, readings.canonical(entry.texts), taken)
        if row is not None:
            taken.add(row.pk)
        matched.append((row, row.article if row else twin))
    return matched


def _twins(
    document: SourceDocument, keys: Sequence[EntryKey], own: Container[int]
) -> list[Article | None]:
    """Return the articles that the document's other languages made of the same entries.

    Those of ``own`` are articles of this language's document already.
    """
    twins: list[Article | None] = [None] * len(keys)
    others = SourceDocument.objects.filter(key=document.key).exclude(pk=document.pk)
    for other in others.order_by("language"):
        rows = [row for row in other.entries.select_related("article") if row.article_id not in own]
        pairs = pair_languages([_key_of(row) for row in rows], keys)
        if pairs == [None] and len(rows) == 1 and not (keys[0].is_row or _key_of(rows[0]).is_row):
            pairs = [0]  # translators change anchors, but each document is about one thing
        for position, index in enumerate(pairs):
            if twins[position] is None and index is not None:
                twins[position] = rows[index].article
    return twins


def _key(entry: Entry, texts: Mapping[str, str]) -> EntryKey:
    aliases = tuple(entry.aliases)
    codes, steps = tuple(entry.key_codes), _steps(texts)
    return EntryKey(entry.anchor, codes, entry.title, aliases, _words(texts), steps)


def _key_of(row: SourceEntry) -> EntryKey:
    title, aliases = row.base.get("title", ""), tuple(row.aliases)
    return EntryKey(
        row.anchor, tuple(row.codes), title, aliases, _words(row.base), _steps(row.base)
    )


def _words(texts: Mapping[str, str]) -> str:
    return " ".join(texts.get(name, "") for name in ("title", *SECTIONS))


def _steps(texts: Mapping[str, str]) -> int:
    return len(ITEM_NUMBER.findall(texts.get("resolution", "")))


@contextmanager
def blamed(entry: Entry) -> Iterator[None]:
    """Report texts of ``entry`` that cannot be stored with the line where it begins.

    Raise ``DocumentError`` (``refused``) in place of what refused them.
    """
    try:
        yield
    except UnrenderableText as error:
        raise DocumentError("refused", entry.lines[0], refusal_remark(error)) from error
    except ValidationError as error:
        raise DocumentError("refused", entry.lines[0], remarks_of(error)) from error
