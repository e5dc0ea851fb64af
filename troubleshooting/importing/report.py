"""What an import did, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ..texts.remarks import in_words


class ImportOutcome(StrEnum):
    """How a document or an article ended.

    ``KEPT``: editors changed the article and the document did not, so their text stays.
    ``MERGED``: both changed, in different places. ``CONFLICT``: both changed the same block:
    the editors' stays and the document's waits. ``WAITING``: what the document says waits for a
    review, since readers see the article (four eyes). ``REMOVED``: the document no longer holds it.
    """

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    MERGED = "merged"
    CONFLICT = "conflict"
    WAITING = "waiting"
    REMOVED = "removed"
    FAILED = "failed"


@dataclass(slots=True)
class ArticleReport:
    """One article; the numbers are those of its text in the document's language.

    ``kin`` is the address of the article that has the words of one that is removed, or of which a
    new one was split; "" where there is none.
    """

    slug: str
    anchor: str
    title: str
    platforms: list[str]
    codes: list[str]
    messages: list[str]
    resolutions: int
    steps: int
    substeps: int
    causes: int
    alerts: int
    images: int
    lines: tuple[int, int]
    outcome: ImportOutcome
    kin: str = ""

    @property
    def is_removed(self) -> bool:
        """Return whether the document no longer holds it."""
        return self.outcome is ImportOutcome.REMOVED

    def as_json(self) -> dict[str, Any]:
        """Return the report in the types of JSON."""
        names = self.__dataclass_fields__
        return {**{n: getattr(self, n) for n in names}, "lines": list(self.lines)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> ArticleReport:
        """Return the report that was written by ``as_json``."""
        first, last = data["lines"]
        return cls(**data | {"lines": (first, last), "outcome": ImportOutcome(data["outcome"])})


@dataclass(frozen=True, slots=True)
class TextChange:
    """What an import changed of one text: revisions by number (0: there was none), and what waits.

    ``waiting``: number and texts of the import's pending revision before, if there was one;
    ``waits``: its number after. ``sides``: of a text that was there, what it said (``ours``), what
    the document said before (``base``), and what it says now (``upstream``), for a reviewer.
    """

    article: int
    language: str
    is_new_article: bool
    before: int
    after: int
    waiting: dict[str, Any] | None = None
    waits: int = 0
    sides: dict[str, dict[str, str]] | None = None

    @property
    def is_change(self) -> bool:
        """Return whether the text, or what waits of it, is another than before."""
        waited = self.waiting["number"] if self.waiting else 0
        return self.before != self.after or self.waits != waited


@dataclass(slots=True)
class LineReport:
    """What became of a range of lines: a section of an article, or structure."""

    first: int
    last: int
    section: str
    article: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the report in the types of JSON; a structural line has no ``article``."""
        held = {"article": self.article, "section": self.section}
        return {
            "from": self.first,
            "to": self.last,
            **(held if self.article else {"structure": self.section}),
        }


@dataclass(slots=True)
class DocumentReport:
    """One file. ``messages`` hold remarks, which ``said`` has in words."""

    path: str
    outcome: ImportOutcome
    language: str = ""
    title: str = ""
    key: str = ""
    messages: list[str] = field(default_factory=list)
    articles: list[ArticleReport] = field(default_factory=list)
    lines: list[LineReport] = field(default_factory=list)
    #: For undoing it: what it changed of texts, the document as it was, and the key of its row.
    changes: list[TextChange] = field(default_factory=list)
    before: str = ""
    document: int | None = None
    #: Others kept the document for too long: it failed for now, and is not done.
    is_busy: bool = False

    @property
    def is_change(self) -> bool:
        """Return whether anything was stored that was not there before."""
        return bool(self.changes) or self.outcome in (ImportOutcome.CREATED, ImportOutcome.UPDATED)

    @property
    def said(self) -> list[str]:
        """Return the messages in the language of the moment."""
        return [in_words(message) for message in self.messages]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> DocumentReport:
        """Return the report that was written by ``as_json``, without its lines and changes."""
        values = {name: data[name] for name in ("path", "language", "key", "title", "messages")}
        articles = [ArticleReport.from_json(each) for each in data["articles"]]
        return cls(outcome=ImportOutcome(data["outcome"]), articles=articles, **values)

    def as_json(self) -> dict[str, Any]:
        """Return the report in the types of JSON."""
        return {
            "path": self.path,
            "language": self.language,
            "key": self.key,
            "title": self.title,
            "outcome": self.outcome,
            "messages": self.messages,
            "articles": [article.as_json() for article in self.articles],
            "lines": [line.as_json() for line in self.lines],
        }


@dataclass(slots=True)
class RunReport:
    """A whole run."""

    documents: list[DocumentReport] = field(default_factory=list)
    dry_run: bool = False
    #: Files of archives that are of no kind that is read.
    left_out: list[str] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """Return how many documents could not be imported."""
        return sum(document.outcome is ImportOutcome.FAILED for document in self.documents)

    @property
    def busy(self) -> list[DocumentReport]:
        """Return the reports of documents that others kept for too long."""
        return [document for document in self.documents if document.is_busy]

    def as_json(self) -> dict[str, Any]:
        """Return the report in the types of JSON, its messages in the language of the moment."""
        return {
            "dry_run": self.dry_run,
            "failed": self.failed,
            "left_out": self.left_out,
            "documents": [one.as_json() | {"messages": one.said} for one in self.documents],
        }
