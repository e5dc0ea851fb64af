"""What the page of an article reads of it: three queries for plain rows, one more when stale."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, TextField, Value
from django.urls import reverse

from ...access import Reader
from ...caching.queries import Prepared, Row
from ...models import Article, ArticleTranslation, CodeCitation, SourceEntry, Symptom
from ...querysets import entries_with_neighbours, with_source_base, with_staleness
from ...texts.sections import SECTIONS
from .related import DocumentPlace


class Text(NamedTuple):
    """A text with what readers see of it; ``internal`` is empty for all but staff.

    Sections are HTML. Without a rendering they and ``structure_version`` are None.
    """

    article: int
    slug: str
    kind: str
    status: str
    audience: str
    review_due: date | None
    pk: int
    language: str
    title: str
    revision_number: int
    modified: datetime
    source_language: str
    structure_version: int | None
    problem: str | None
    cause: str | None
    resolution: str | None
    other: str | None
    summary: str | None
    counts: tuple[tuple[str, int], ...]
    note: str | None
    is_stale: bool

    @property
    def kind_name(self) -> str:
        return str(Article.Kind(self.kind).label)

    @property
    def status_name(self) -> str:
        return str(Article.Status(self.status).label)

    @property
    def audience_name(self) -> str:
        return str(Article.Audience(self.audience).label)

    @property
    def has_problem(self) -> bool:
        return bool(self.problem)

    @property
    def has_other(self) -> bool:
        return bool(self.other)

    @property
    def causes(self) -> int:
        """Return how many; where that was not counted, one section is one cause."""
        return dict(self.counts).get("causes") or 1 if self.cause else 0

    @property
    def resolutions(self) -> int:
        return dict(self.counts).get("resolutions") or 1 if self.resolution else 0


_COUNTS = Text._fields.index("counts")


class OriginDocument(NamedTuple):
    """A document that the article comes from."""

    key: str
    language: str
    title: str
    date: date | None
    licence: str
    licence_url: str
    attribution: str
    source_url: str

    def get_absolute_url(self) -> str:
        return reverse("troubleshooting:document", kwargs={"key": self.key})


class _EntryRow(NamedTuple):
    """A part of a document that an article was made from, its place there, and the document."""

    pk: int
    document: int
    position: int
    previous: int | None
    next: int | None
    key: str
    language: str
    title: str
    date: date | None
    licence: str
    licence_url: str
    attribution: str
    source_url: str

    def origin(self) -> OriginDocument:
        """Return the document."""
        return OriginDocument(*(getattr(self, name) for name in OriginDocument._fields))

    def place(self) -> DocumentPlace:
        """Return the place in the document."""
        return DocumentPlace(self.document, self.position, self.previous, self.next)


def texts(reader: Reader, slug: str, language: str) -> list[Text]:
    """Return the article in every language it has, ``language`` first."""
    return [_text(row) for row in _texts(reader, slug=slug, language=language)]


def _text(row: Row) -> Text:
    text = Text(*row)
    return text._replace(counts=tuple((row[_COUNTS] or {}).items()))


@Prepared
def _texts(reader: Reader, slug: str, language: str) -> QuerySet[Any, Any]:
    found = ArticleTranslation.objects.visible_to(reader).filter(article__slug=slug)
    note = F("rendered__internal") if reader.is_staff else Value("", TextField())
    return (
        with_staleness(found)
        .annotate(note=note)
        .best_first(language)
        .values_list(
            *("article", "article__slug", "article__kind", "article__status"),
            *("article__audience", "article__review_due"),
            *("pk", "language", "title", "revision_number", "modified", "source_language"),
            *(f"rendered__{name}" for name in ("structure_version", *SECTIONS)),
            *("rendered__summary", "rendered__counts", "note", "is_stale"),
        )
    )


def documents(
    reader: Reader, text: Text
) -> tuple[tuple[OriginDocument, ...], DocumentPlace | None]:
    """Return the documents that an article was made from, and its place in the first of them.

    Documents in the language of ``text`` come first; each is named once, in whatever languages it
    was imported. There is no place (None) where the article comes from no document that ``reader``
    sees.
    """
    rows = [_EntryRow(*row) for row in _entries(reader, article=text.article)]
    rows.sort(key=lambda row: (row.language != text.language, row.pk))
    best: dict[str, _EntryRow] = {}
    for row in rows:
        best.setdefault(row.key, row)
    first = next(iter(best.values()), None)
    return tuple(row.origin() for row in best.values()), first.place() if first else None


@Prepared
def _entries(reader: Reader, article: int) -> QuerySet[Any, Any]:
    """Return the parts of documents that the article was made from, with their neighbours."""
    entries = entries_with_neighbours(SourceEntry.objects.all(), reader).filter(article=article)
    return entries.order_by().values_list(
        *("pk", "document", "position", "previous_article", "next_article"),
        *(f"document__{name}" for name in OriginDocument._fields),
    )


def quoted(reader: Reader, text: Text) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the messages that the text quotes, and the codes that it cites, each code once."""
    rows = sorted(_quoted(reader, translation=text.pk))
    messages = tuple(words for is_code, *_order, words in rows if not is_code)
    codes = dict.fromkeys(words for is_code, *_order, words in rows if is_code)
    return messages, tuple(codes)


@Prepared
def _quoted(reader: Reader, translation: int) -> QuerySet[Any, Any]:
    """Return rows that are in the order of the text when they are sorted."""
    rows = [
        model.objects.filter(translation=translation)
        .annotate(is_code=Value(is_code, IntegerField()))
        .order_by()
        .values_list("is_code", "position", "pk", words)
        for is_code, model, words in ((0, Symptom, "text"), (1, CodeCitation, "code__canonical"))
    ]
    return rows[0].union(rows[1], all=True)


def changed_since(text: Text) -> tuple[str, ...]:
    """Return the sections in which the original differs from what ``text`` was translated from."""
    original = ArticleTranslation.objects.filter(
        article=OuterRef("article"), language=OuterRef("source_language")
    )
    now = {f"now_{name}": Subquery(original.values(name)[:1]) for name in SECTIONS}
    rows = with_source_base(ArticleTranslation.objects.filter(pk=text.pk)).annotate(**now)
    row = rows.values(*now, *(f"base_{name}" for name in SECTIONS)).get()
    return tuple(name for name in SECTIONS if row[f"base_{name}"] != row[f"now_{name}"])
