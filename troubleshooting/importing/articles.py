"""The entries of a document -> articles, paired with what the portal already holds.

What is new of a document is stored with a few statements for all of its entries, and what is as
before with none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from .. import deriving
from ..editing import (
    FirstText,
    begun_of,
    check_title,
    save_first_texts,
    save_pending,
    save_translation,
    withdraw_pending,
)
from ..models import (
    Article,
    ArticleTranslation,
    PendingRevision,
    Revision,
    SourceDocument,
    SourceEntry,
)
from ..texts.docfx import DocfxDocument
from ..texts.structure import StructuredArticle
from .creating import create_articles
from .planning import EntryPlan, Plans, blamed, hold_first, plans_for
from .readings import Readings
from .recognition import Recognition
from .report import ArticleReport, ImportOutcome, TextChange
from .runs.recording import Changes

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Sides = dict[str, dict[str, str]]


def read_entries(
    document: SourceDocument, parsed: DocfxDocument, readings: Readings, recognition: Recognition
) -> None:
    """Read what ``import_entries`` will probably store; nothing is written."""
    readings.read_ahead(entry.texts for entry in parsed.entries)
    plans = plans_for(document, parsed, readings, recognition)
    for plan in plans.entries:
        with blamed(plan.entry):
            readings.read(plan.texts)
            if plan.waits and plan.incoming:
                readings.read(plan.incoming)
    for row in plans.gone:
        if text := plans.portal_texts.texts.get(row.article_id):
            readings.read(text.texts())


def import_entries(
    document: SourceDocument,
    parsed: DocfxDocument,
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
    plans = plans_for(document, parsed, readings, recognition)
    writer = _Writer(document, plans, readings, recognition, author, reserved, changes or Changes())
    return [*writer.store(), *(writer.remove(row) for row in plans.gone)]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Stores the entries of one document, in a transaction of the caller's."""

    document: SourceDocument
    plans: Plans
    readings: Readings
    recognition: Recognition
    author: User | None
    reserved: Collection[str]
    changes: Changes

    def store(self) -> list[ArticleReport]:
        """Store all entries."""
        plans = self.plans.entries
        articles = self._articles()
        numbers = self._store_texts(articles)
        for plan, article, number in zip(plans, articles, numbers, strict=True):
            sides = _sides(plan) if self.changes.is_kept else None
            self._note(plan, article, number, self._store_pending(plan, article, number), sides)
        self._store_rows(articles)
        prefetch_related_objects(articles, "platforms")
        return [
            article_report(
                article,
                self.readings.read(plan.told).structured,
                plan.entry.anchor,
                plan.entry.title,
                plan.entry.lines,
                plan.outcome,
                self.plans.split.get(number),
            )
            for number, (plan, article) in enumerate(zip(plans, articles, strict=True))
        ]

    def _articles(self) -> list[Article]:
        """Return the article of each entry; those that are missing are made."""
        fields = self.document.front_matter
        missing = [plan.entry for plan in self.plans.entries if plan.article is None]
        created = create_articles(
            missing,
            self.recognition.source,
            self.reserved,
            fields,
            needs_review=self.recognition.needs_review,
        )
        made = iter(created)
        return [plan.article or next(made) for plan in self.plans.entries]

    def _store_texts(self, articles: Sequence[Article]) -> list[int]:
        """Store what the entries say now; return the number of the revision that each has."""
        pairs = list(zip(self.plans.entries, articles, strict=True))
        firsts = self._firsts(pairs)
        saved = save_first_texts(
            list(firsts.values()),
            author=self.author,
            origin=Revision.Origin.IMPORT,
            comment=self.document.path,
        )
        numbers = {text.article_id: text.revision_number for text in saved}
        known = [plan for plan, article in pairs if article.pk not in firsts]
        settled = self._settled(known)
        return [
            numbers.get(article.pk) or self._save(plan, article, settled) for plan, article in pairs
        ]

    def _firsts(self, pairs: Sequence[tuple[EntryPlan, Article]]) -> dict[int, FirstText]:
        """Return the texts of articles that say nothing in the language yet, by their keys."""
        language = self.document.language
        silent = [
            (plan, article)
            for plan, article in pairs
            if plan.translation is None and not plan.is_held
        ]
        others = [article.pk for plan, article in silent if plan.article]
        originals = _originals(others, language) if others else {}
        said = _said_meanwhile(others, language) if others else set()
        begun = begun_of(others, language) if others else set()
        firsts = {}
        for plan, article in silent:
            if article.pk in begun:  # since it was planned
                hold_first(plan, self.plans.portal_texts.waiting.get(article.pk))
                continue
            with blamed(plan.entry):
                check_title(plan.texts["title"])
            if article.pk not in said:
                read, original = self.readings.read(plan.texts), originals.get(article.pk)
                firsts[article.pk] = FirstText(article, language, read, original)
        return firsts

    def _settled(self, plans: Sequence[EntryPlan]) -> set[int]:
        """Return the keys of the texts of ``plans`` that need not be written at all."""
        return deriving.up_to_date(
            {
                plan.translation.pk: self.readings.read(plan.texts).structured
                for plan in plans
                if plan.translation and plan.texts == plan.translation.texts()
            }
        )

    def _save(self, plan: EntryPlan, article: Article, settled: Collection[int]) -> int:
        if plan.translation and plan.translation.pk in settled:
            return plan.translation.revision_number
        if plan.translation is None and plan.is_held:
            return 0
        with blamed(plan.entry):
            saved = save_translation(
                article=article,
                language=self.document.language,
                texts=self.readings.read(plan.texts),
                author=self.author,
                origin=Revision.Origin.IMPORT,
                comment=self.document.path,
            )
        return saved.translation.revision_number

    def _note(
        self, plan: EntryPlan, article: Article, number: int, waits: int, sides: Sides | None
    ) -> None:
        """Remember what became of the text, so that it can be undone."""
        before = plan.translation.revision_number if plan.translation else 0
        change = TextChange(
            article.pk,
            self.document.language,
            plan.article is None,
            before,
            number,
            waiting_of(plan.pending),
            waits,
            sides,
        )
        if change.is_change:
            self.changes.texts.append(change)

    def _store_pending(self, plan: EntryPlan, article: Article, number: int) -> int:
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
                ancestor=plan.ancestor,
            )
            return saved.number if saved else plan.pending.number if plan.pending else 0
        if plan.pending and plan.incoming:
            withdraw_pending(article, language, origin)
            return 0
        return plan.pending.number if plan.pending else 0

    def _store_rows(self, articles: Sequence[Article]) -> None:
        """Store which part of the document became which article."""
        if self._are_moved():
            _make_room(self.plans.rows, len(articles))
        new, changed = [], []
        for position, (plan, article) in enumerate(zip(self.plans.entries, articles, strict=True)):
            if plan.row is None:
                row = SourceEntry(document=self.document, article=article)
                row.kin = self.plans.split.get(position)
                new.append(_filled(row, position, plan))
                continue
            before = copy(plan.row)
            if plan.row.document_id != self.document.pk:
                self.recognition.orphans.adopt(plan.row)
                self.changes.rows.append(before)
                plan.row.document = self.document
            if _values(_filled(plan.row, position, plan)) != _values(before):
                changed.append(plan.row)
        for row in changed:
            row.save()
        SourceEntry.objects.bulk_create(new)

    def _are_moved(self) -> bool:
        """Return whether a row stands where the document now has another entry."""
        own = [plan.row.pk if plan.row else None for plan in self.plans.entries]
        return any(
            row.position < len(own) and own[row.position] != row.pk for row in self.plans.rows
        ) or any(
            plan.row and plan.row.position != position
            for position, plan in enumerate(self.plans.entries)
        )

    def remove(self, row: SourceEntry) -> ArticleReport:
        """Note that the document no longer holds the entry of ``row``: its article stays."""
        row.removed, row.kin = timezone.now(), self.plans.joined.get(row.pk)
        row.save(update_fields=["removed", "kin"])
        self.recognition.orphans.note_removed(row, self.document.language)
        return _removed(row, self.plans.portal_texts.texts.get(row.article_id), self.readings)


def waiting_of(pending: PendingRevision | None) -> dict[str, Any] | None:
    """Return what an undo needs of what waited before an import; None: nothing did."""
    if pending is None:
        return None
    return {
        "number": pending.number,
        "texts": pending.texts,
        "base": pending.base_revision,
        "ancestor": pending.ancestor,
    }


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


def _sides(plan: EntryPlan) -> Sides | None:
    """Return what the three sides say of a text that was there before, if upstream changed it."""
    if plan.translation is None or plan.outcome in (ImportOutcome.UNCHANGED, ImportOutcome.KEPT):
        return None
    base = dict(plan.row.base) if plan.row else {}
    return {"base": base, "ours": plan.translation.texts(), "upstream": plan.theirs}


def _filled(row: SourceEntry, position: int, plan: EntryPlan) -> SourceEntry:
    """Return ``row`` with what the document now says of the entry of ``plan``."""
    entry = plan.entry
    # Links to what it was called before go on leading to it.
    former = [row.anchor] if row.anchor and "#" not in row.anchor else []
    names = dict.fromkeys([*row.aliases, *former, *entry.aliases])
    row.aliases = [name for name in names if name != entry.anchor]
    row.anchor, row.codes, row.position = entry.anchor, entry.key_codes, position
    row.first_line, row.last_line = entry.lines
    row.kin = None if row.removed else row.kin
    row.base, row.removed, row.decided = plan.theirs, None, None
    return row


def _values(row: SourceEntry) -> list[object]:
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]


def _originals(articles: Collection[int], language: str) -> dict[int, ArticleTranslation]:
    """Return the texts that new ones in ``language`` render, by the keys of their articles."""
    texts = ArticleTranslation.objects.filter(article__in=articles, source_language="")
    found: dict[int, ArticleTranslation] = {}
    for text in texts.exclude(language=language).order_by("pk"):
        found.setdefault(text.article_id, text)
    return found


def _said_meanwhile(articles: Collection[int], language: str) -> set[int]:
    """Return the keys of those ``articles`` that somebody gave a text since they were planned.

    Until the transaction ends nobody else gives one to any of them.
    """
    list(Article.objects.select_for_update().filter(pk__in=articles).only("pk"))
    texts = ArticleTranslation.objects.filter(article__in=articles, language=language)
    return set(texts.values_list("article", flat=True))


def _removed(
    row: SourceEntry, text: ArticleTranslation | None, readings: Readings
) -> ArticleReport:
    """Report an entry that its document no longer holds: the article, saying ``text``, stays."""
    read = readings.read(text.texts()) if text else None
    structured = read.structured if read else StructuredArticle()
    lines = (row.first_line, row.last_line)
    title = row.base.get("title", "")
    outcome = ImportOutcome.REMOVED
    return article_report(row.article, structured, row.anchor, title, lines, outcome, row.kin)


def article_report(
    article: Article,
    structured: StructuredArticle,
    anchor: str,
    title: str,
    lines: tuple[int, int],
    outcome: ImportOutcome,
    kin: Article | None = None,
) -> ArticleReport:
    """Return the report on ``article``; ``lines`` of its file became the text in ``structured``.

    ``kin`` has its words now, or had them.
    """
    counts = structured.counts()
    return ArticleReport(
        slug=article.slug,
        anchor=anchor,
        title=title,
        platforms=[platform.slug for platform in article.platforms.all()],
        codes=structured.distinct_codes(),
        messages=[symptom.text for symptom in structured.symptoms],
        lines=lines,
        outcome=outcome,
        kin=kin.slug if kin else "",
        **{
            name: counts[name]
            for name in ("resolutions", "steps", "substeps", "causes", "alerts", "images")
        },
    )
