"""The entries of a document -> articles, paired with what the portal already holds."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify

from ..editing import (
    free_slug,
    refusal,
    save_pending,
    save_translation,
    withdraw_pending,
)
from ..models import (
    Article,
    ArticleTranslation,
    Platform,
    Revision,
    SourceDocument,
    SourceEntry,
)
from ..texts.bounded import UnrenderableText
from ..texts.docfx import Document, DocumentError, Entry
from ..texts.languages import common
from ..texts.sections import SECTIONS
from ..texts.slugs import LONGEST_MADE_SLUG
from ..texts.structure import StructuredArticle
from .merging import Plan, plan_entry, text_of
from .pairing import EntryKey, pair, pair_versions
from .readings import Readings
from .recognition import Recognition
from .report import ArticleReport, Outcome, TextChange
from .runs.recording import Changes

if TYPE_CHECKING:
    from django.contrib.auth.models import User


Texts = Mapping[str, str]
Sides = dict[str, dict[str, str]]

#: Characters of a made address that are kept for a code or number that tells it from others.
_LONGEST_DISTINCTION = 40


@dataclass(slots=True)
class _Plans:
    """All entries of a document, and the rows of those that it no longer holds."""

    rows: list[SourceEntry]
    entries: list[Plan]
    gone: list[SourceEntry]


def read_entries(
    document: SourceDocument, parsed: Document, readings: Readings, recognition: Recognition
) -> None:
    """Read what ``import_entries`` will probably store; nothing is written."""
    plans = _plans(document, parsed, readings, recognition)
    for plan in plans.entries:
        with _blamed(plan.entry):
            readings.read(plan.texts)
            if plan.waits and plan.incoming:
                readings.read(plan.incoming)
    for row in plans.gone:
        if translation := text_of(row.article, document.language):
            readings.read(translation.texts())


def import_entries(
    document: SourceDocument,
    parsed: Document,
    readings: Readings,
    recognition: Recognition,
    author: User | None,
    reserved: Collection[str] = (),
    changes: Changes | None = None,
) -> list[ArticleReport]:
    """Store the entries of ``parsed`` as articles; those it no longer holds are reported last.

    Addresses that are ``reserved`` are not given to new articles. What is changed of texts is
    added to ``changes``.
    """
    plans = _plans(document, parsed, readings, recognition)
    _make_room(plans.rows, len(parsed.entries))
    changes = changes or Changes()
    writer = _Writer(document, readings, recognition, author, reserved, changes)
    reports = []
    for position, plan in enumerate(plans.entries):
        with _blamed(plan.entry):
            reports.append(writer.store(position, plan))
    return [*reports, *(writer.remove(row) for row in plans.gone)]


def _plans(
    document: SourceDocument, parsed: Document, readings: Readings, recognition: Recognition
) -> _Plans:
    rows = list(document.entries.select_related("article")) if document.pk else []
    keys = []
    for entry in parsed.entries:
        with _blamed(entry):
            keys.append(_key(entry, readings.canonical(entry.texts)))
    known = pair_versions([_key_of(row) for row in rows], keys)
    matched = _adopted(document, parsed.entries, keys, readings, recognition, known, rows)
    plans = []
    for entry, (row, article) in zip(parsed.entries, matched, strict=True):
        theirs = readings.canonical(entry.texts)
        plans.append(plan_entry(entry, row, article, document.language, theirs))
    gone = [row for index, row in enumerate(rows) if index not in known and row.removed is None]
    return _Plans(rows, plans, gone)


def _adopted(
    document: SourceDocument,
    entries: Sequence[Entry],
    keys: Sequence[EntryKey],
    readings: Readings,
    recognition: Recognition,
    known: Sequence[int | None],
    rows: Sequence[SourceEntry],
) -> list[tuple[SourceEntry | None, Article | None]]:
    """Return the row and the article of each entry.

    Its own, its twin's, or one that another file lost.
    """
    twins = _twins(document, keys, {row.article_id for row in rows})
    language, orphans, taken = document.language, recognition.orphans, set[int]()
    matched: list[tuple[SourceEntry | None, Article | None]] = []
    for entry, index, twin in zip(entries, known, twins, strict=True):
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


@contextmanager
def _blamed(entry: Entry) -> Iterator[None]:
    """Report texts of ``entry`` that cannot be stored with the line where it begins."""
    try:
        yield
    except UnrenderableText as error:
        raise DocumentError("refused", entry.lines[0], refusal(error)) from error
    except ValidationError as error:
        raise DocumentError("refused", entry.lines[0], " ".join(error.messages)) from error


def _key(entry: Entry, texts: Mapping[str, str]) -> EntryKey:
    aliases = tuple(entry.aliases)
    return EntryKey(entry.anchor, tuple(entry.key_codes), entry.title, aliases, _words(texts))


def _key_of(row: SourceEntry) -> EntryKey:
    title = row.base.get("title", "")
    return EntryKey(row.anchor, tuple(row.codes), title, tuple(row.aliases), _words(row.base))


def _words(texts: Mapping[str, str]) -> str:
    return " ".join(texts.get(name, "") for name in ("title", *SECTIONS))


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
        for position, index in enumerate(pair([_key_of(row) for row in rows], keys)):
            if twins[position] is None and index is not None:
                twins[position] = rows[index].article
    return twins


def _make_room(rows: Sequence[SourceEntry], needed: int) -> None:
    """Move rows behind the ``needed`` first ones, in their order: positions are unique.

    Those that the document no longer holds stay there.
    """
    highest = max((row.position for row in rows), default=-1)
    # By way of places that nobody has or will have: rows must not meet on their way either.
    for start in (max(highest + 1, needed + len(rows)), needed):
        for offset, row in enumerate(rows):
            row.position = start + offset
        SourceEntry.objects.bulk_update(rows, ["position"])


@dataclass(frozen=True, slots=True)
class _Writer:
    """Stores the entries of one document, in a transaction of the caller's."""

    document: SourceDocument
    readings: Readings
    recognition: Recognition
    author: User | None
    reserved: Collection[str]
    changes: Changes

    def store(self, position: int, plan: Plan) -> ArticleReport:
        """Store the entry at ``position``."""
        entry, read = plan.entry, self.readings.read(plan.texts)
        language = self.document.language
        article = plan.article or self._create_article(entry)
        sides = _sides(plan) if self.changes.is_kept else None
        saved = save_translation(
            article=article,
            language=language,
            texts=read,
            author=self.author,
            origin=Revision.Origin.IMPORT,
            comment=self.document.path,
            translated_from=None if plan.translation else _original(article, language),
        )
        number = saved.translation.revision_number
        waits = self._store_pending(plan, article, number)
        self._note(plan, article, number, waits, sides)
        self._store_row(position, plan, article)
        return article_report(
            article, read.structured, entry.anchor, entry.title, entry.lines, plan.outcome
        )

    def _note(
        self, plan: Plan, article: Article, number: int, waits: int, sides: Sides | None
    ) -> None:
        """Remember what became of the text, so that it can be undone."""
        before = plan.translation.revision_number if plan.translation else 0
        pending = plan.pending
        if before == number and waits == (pending.number if pending else 0):
            return
        waiting = pending and {
            "number": pending.number,
            "texts": pending.texts,
            "base": pending.base_revision,
        }
        self.changes.texts.append(
            TextChange(
                article.pk,
                self.document.language,
                plan.article is None,
                before,
                number,
                waiting or None,
                waits,
                sides,
            )
        )

    def _store_pending(self, plan: Plan, article: Article, number: int) -> int:
        """Keep what the document would say instead of the editors' words, for a reviewer.

        Return the number of what waits then; 0: nothing does.
        """
        language, origin = self.document.language, Revision.Origin.IMPORT
        if plan.waits and plan.incoming:
            saved = save_pending(
                article=article,
                language=language,
                texts=self.readings.read(plan.incoming),
                author=self.author,
                origin=origin,
                comment=self.document.path[:300],
                base_revision=number,
            )
            return saved.number if saved else plan.pending.number if plan.pending else 0
        if plan.pending and plan.incoming:
            withdraw_pending(article, language, origin)
            return 0
        return plan.pending.number if plan.pending else 0

    def _store_row(self, position: int, plan: Plan, article: Article) -> None:
        entry = plan.entry
        row = plan.row or SourceEntry(document=self.document, article=article)
        if row.document_id != self.document.pk:
            self.recognition.orphans.adopt(row)
            self.changes.rows.append(copy(row))
            row.document = self.document
        # Links to what it was called before go on leading to it.
        former = [row.anchor] if row.anchor and "#" not in row.anchor else []
        names = dict.fromkeys([*row.aliases, *former, *entry.aliases])
        row.aliases = [name for name in names if name != entry.anchor]
        row.anchor, row.codes, row.position = entry.anchor, entry.key_codes, position
        row.first_line, row.last_line = entry.lines
        row.base, row.removed, row.decided = plan.theirs, None, None
        row.save()

    def _create_article(self, entry: Entry) -> Article:
        source = self.recognition.source
        days = source.review_days if source else None
        article = Article.objects.create(
            slug=_free_slug(entry, self.reserved),
            kind=entry.kind,
            status=source.status if source else Article.Status.PUBLISHED,
            owner=source.owner if source else None,
            review_due=timezone.localdate() + timedelta(days=days) if days else None,
        )
        named = [platform_of(slug) for slug in entry.platforms]
        article.platforms.set(named or (source.platforms.all() if source else []))
        return article

    def remove(self, row: SourceEntry) -> ArticleReport:
        """Note that the document no longer holds the entry of ``row``: its article stays."""
        row.removed = timezone.now()
        row.save(update_fields=["removed"])
        self.recognition.orphans.note_removed(row, self.document.language)
        return _removed(row, self.document.language, self.readings)


def _sides(plan: Plan) -> Sides | None:
    """Return what the three sides say of a text that was there before, if upstream changed it."""
    if plan.translation is None or plan.outcome in (Outcome.UNCHANGED, Outcome.KEPT):
        return None
    base = dict(plan.row.base) if plan.row else {}
    return {"base": base, "ours": plan.translation.texts(), "upstream": plan.theirs}


def _original(article: Article, language: str) -> ArticleTranslation | None:
    """Return the text that a new one in ``language`` renders; None where it is the first."""
    others = article.translations.filter(source_language="").exclude(language=language)
    return others.order_by("pk").first()


def platform_of(slug: str) -> Platform:
    """Return the platform that the labels call by ``slug``, made where it is not there yet.

    One that was merged into another is the other.
    """
    merged = Platform.objects.filter(former_addresses__slug=slug).first()
    if merged:
        return merged
    names = common()["platform_names"]
    order = list(names)
    platform, _ = Platform.objects.get_or_create(
        slug=slug,
        defaults={"name": names[slug], "position": order.index(slug) + 1},
    )
    return platform


def _free_slug(entry: Entry, reserved: Collection[str]) -> str:
    """Return the anchor.

    For a row with its first code or its number; with the platform if taken.
    """
    section, _, number = entry.anchor.partition("#")
    distinct = entry.key_codes[0] if entry.key_codes else number
    base = slugify(section)[: LONGEST_MADE_SLUG - _LONGEST_DISTINCTION].strip("-") or "article"
    slug = f"{base}-{slugify(distinct)}" if distinct else base
    alternatives = [f"{slug}-{platform}" for platform in entry.platforms[:1]]
    return free_slug(slug, alternatives=alternatives, reserved=reserved)


def _removed(row: SourceEntry, language: str, readings: Readings) -> ArticleReport:
    """Report an entry that the document no longer holds: its article stays."""
    translation = text_of(row.article, language)
    read = readings.read(translation.texts()) if translation else None
    structured = read.structured if read else StructuredArticle()
    lines = (row.first_line, row.last_line)
    title = row.base.get("title", "")
    return article_report(row.article, structured, row.anchor, title, lines, Outcome.REMOVED)


def article_report(
    article: Article,
    structured: StructuredArticle,
    anchor: str,
    title: str,
    lines: tuple[int, int],
    outcome: Outcome,
) -> ArticleReport:
    """Return the report on ``article``; ``lines`` of its file became the text in ``structured``."""
    counts = structured.counts()
    return ArticleReport(
        slug=article.slug,
        anchor=anchor,
        title=title,
        platforms=list(article.platforms.values_list("slug", flat=True)),
        codes=structured.distinct_codes(),
        messages=[symptom.text for symptom in structured.symptoms],
        lines=lines,
        outcome=outcome,
        **{
            name: counts[name]
            for name in ("resolutions", "steps", "substeps", "causes", "alerts", "images")
        },
    )
