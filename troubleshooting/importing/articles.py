"""The entries of a document -> articles, paired with what the portal already holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from ..editing import free_slug, refusal, save_translation
from ..models import Article, ArticleTranslation, Platform, Revision, SourceDocument, SourceEntry
from ..texts.bounded import UnrenderableText
from ..texts.comparing.merge import merge_texts
from ..texts.docfx import Document, DocumentError, Entry
from ..texts.languages import common
from ..texts.slugs import LONGEST_MADE_SLUG
from ..texts.structure import StructuredArticle
from .pairing import EntryKey, pair
from .readings import Readings
from .report import ArticleReport, Outcome

if TYPE_CHECKING:
    from django.contrib.auth.models import User


#: Characters of a made address that are kept for a code or number that tells it from others.
_LONGEST_DISTINCTION = 40


@dataclass(slots=True)
class _Plan:
    """What is to become of an entry: the article it belongs to, if any, and the texts."""

    entry: Entry
    row: SourceEntry | None
    article: Article | None
    translation: ArticleTranslation | None
    outcome: Outcome
    texts: dict[str, str]
    base: dict[str, str]


@dataclass(slots=True)
class _Plans:
    """All entries of a document, and the rows of those that it no longer holds."""

    rows: list[SourceEntry]
    entries: list[_Plan]
    gone: list[SourceEntry]


def read_entries(document: SourceDocument, parsed: Document, readings: Readings) -> None:
    """Reads what ``import_entries`` will probably store; nothing is written."""
    plans = _plans(document, parsed, readings)
    for plan in plans.entries:
        with _blamed(plan.entry):
            readings.read(plan.texts)
    for row in plans.gone:
        if translation := _text_of(row.article, document.language):
            readings.read(translation.texts())


def import_entries(
    document: SourceDocument,
    parsed: Document,
    readings: Readings,
    author: User | None,
    reserved: Collection[str] = (),
) -> list[ArticleReport]:
    """Stores the entries of ``parsed`` as articles; those it no longer holds are reported last.

    Addresses that are ``reserved`` are not given to new articles.
    """
    plans = _plans(document, parsed, readings)
    _make_room(plans.rows, len(parsed.entries))
    reports = []
    for position, plan in enumerate(plans.entries):
        with _blamed(plan.entry):
            reports.append(_store(document, position, plan, readings, author, reserved))
    return [*reports, *(_removed(row, document.language, readings) for row in plans.gone)]


def _plans(document: SourceDocument, parsed: Document, readings: Readings) -> _Plans:
    rows = list(document.entries.select_related("article")) if document.pk else []
    known = pair([_key_of(row) for row in rows], [_key(entry) for entry in parsed.entries])
    twins = _twins(document, parsed.entries)
    plans = []
    for entry, index, twin in zip(parsed.entries, known, twins, strict=True):
        row = rows[index] if index is not None else None
        article = row.article if row else twin
        with _blamed(entry):
            plans.append(_plan(entry, row, article, document.language, readings))
    gone = [row for index, row in enumerate(rows) if index not in known]
    return _Plans(rows, plans, gone)


def _plan(
    entry: Entry,
    row: SourceEntry | None,
    article: Article | None,
    language: str,
    readings: Readings,
) -> _Plan:
    theirs = readings.canonical(entry.texts)
    translation = _text_of(article, language) if article else None
    if translation is None:
        outcome, texts, base = Outcome.CREATED, theirs, theirs
    else:
        outcome, texts, base = _merge(row, translation.texts(), theirs)
    return _Plan(entry, row, article, translation, outcome, texts, base)


def _text_of(article: Article, language: str) -> ArticleTranslation | None:
    return article.translations.filter(language=language).first()


@contextmanager
def _blamed(entry: Entry) -> Iterator[None]:
    """Texts of ``entry`` that cannot be stored are reported with the line where it begins."""
    try:
        yield
    except UnrenderableText as error:
        raise DocumentError("refused", entry.lines[0], refusal(error)) from error
    except ValidationError as error:
        raise DocumentError("refused", entry.lines[0], " ".join(error.messages)) from error


def _key(entry: Entry) -> EntryKey:
    return EntryKey(entry.anchor, tuple(entry.key_codes), entry.title)


def _key_of(row: SourceEntry) -> EntryKey:
    return EntryKey(row.anchor, tuple(row.codes), row.base.get("title", ""))


def _twins(document: SourceDocument, entries: Sequence[Entry]) -> list[Article | None]:
    """The articles that the document's other languages made of the same entries."""
    twins: list[Article | None] = [None] * len(entries)
    others = SourceDocument.objects.filter(key=document.key).exclude(pk=document.pk)
    for other in others.order_by("language"):
        rows = list(other.entries.select_related("article"))
        found = pair([_key_of(row) for row in rows], [_key(entry) for entry in entries])
        for position, index in enumerate(found):
            if twins[position] is None and index is not None:
                twins[position] = rows[index].article
    return twins


def _make_room(rows: Sequence[SourceEntry], needed: int) -> None:
    """Positions are unique: rows are moved behind the ``needed`` first ones, in their order.

    Those that the document no longer holds stay there.
    """
    highest = max((row.position for row in rows), default=-1)
    # By way of places that nobody has or will have: rows must not meet on their way either.
    for start in (max(highest + 1, needed + len(rows)), needed):
        for offset, row in enumerate(rows):
            row.position = start + offset
        SourceEntry.objects.bulk_update(rows, ["position"])


def _store(
    document: SourceDocument,
    position: int,
    plan: _Plan,
    readings: Readings,
    author: User | None,
    reserved: Collection[str],
) -> ArticleReport:
    entry, read = plan.entry, readings.read(plan.texts)
    article = plan.article or _create_article(entry, reserved)
    save_translation(
        article=article,
        language=document.language,
        texts=read,
        author=author,
        origin=Revision.Origin.IMPORT,
        comment=document.path,
        translated_from=None if plan.translation else _original(article, document.language),
    )
    _store_entry(document, position, plan, article)
    return article_report(
        article, read.structured, entry.anchor, entry.title, entry.lines, plan.outcome
    )


def _original(article: Article, language: str) -> ArticleTranslation | None:
    """The text that a new one in ``language`` renders; None where it is the first."""
    others = article.translations.filter(source_language="").exclude(language=language)
    return others.order_by("pk").first()


def _merge(
    row: SourceEntry | None, ours: dict[str, str], theirs: dict[str, str]
) -> tuple[Outcome, dict[str, str], dict[str, str]]:
    """(outcome, texts to store, texts that the next import compares with)."""
    # No document holds an internal note: it is the editors' alone.
    theirs = {**theirs, "internal": ours["internal"]}
    # Of an article that came without its document the document's words were not known.
    before = (row.base or theirs) if row else ours
    base = {**before, "internal": ours["internal"]}
    if ours == theirs:
        return Outcome.UNCHANGED, ours, theirs
    merged = merge_texts(base, ours, theirs)
    if merged.conflicts:
        kept = {name: base.get(name, "") for name in merged.conflicts}
        return Outcome.CONFLICT, merged.texts, {**theirs, **kept}
    if merged.texts == ours:
        return Outcome.KEPT, ours, theirs
    return (Outcome.UPDATED if merged.texts == theirs else Outcome.MERGED), merged.texts, theirs


def _store_entry(document: SourceDocument, position: int, plan: _Plan, article: Article) -> None:
    entry = plan.entry
    row = plan.row or SourceEntry(document=document, article=article)
    row.anchor = entry.anchor
    row.aliases = list(dict.fromkeys([*row.aliases, *entry.aliases]))
    row.codes = entry.key_codes
    row.position = position
    row.first_line, row.last_line = entry.lines
    row.base = plan.base
    row.save()


def _create_article(entry: Entry, reserved: Collection[str]) -> Article:
    article = Article.objects.create(
        slug=_free_slug(entry, reserved), kind=entry.kind, status=Article.Status.PUBLISHED
    )
    article.platforms.set(platform_of(slug) for slug in entry.platforms)
    return article


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
    """The anchor; for a row with its first code or its number; with the platform if taken."""
    section, _, number = entry.anchor.partition("#")
    distinct = entry.key_codes[0] if entry.key_codes else number
    base = slugify(section)[: LONGEST_MADE_SLUG - _LONGEST_DISTINCTION].strip("-") or "article"
    slug = f"{base}-{slugify(distinct)}" if distinct else base
    alternatives = [f"{slug}-{platform}" for platform in entry.platforms[:1]]
    return free_slug(slug, alternatives=alternatives, reserved=reserved)


def _removed(row: SourceEntry, language: str, readings: Readings) -> ArticleReport:
    """An entry that the document no longer holds: its article stays."""
    translation = _text_of(row.article, language)
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
