"""The answers of the API.

Made of its schema by ``python -m scripts.publishing.client_types``.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class ActIn(TypedDict):
    act: Literal["confirm", "cancel", "undo"]


class ArchiveIn(TypedDict):
    name: str
    base64: str


class ArticleIn(TypedDict):
    title: str
    problem: NotRequired[str]
    cause: NotRequired[str]
    resolution: NotRequired[str]
    other: NotRequired[str]
    internal: NotRequired[str]
    comment: NotRequired[str]
    size: NotRequired[Literal["", "typo", "minor", "major"]]
    language: Literal["fr", "en"]
    details: NotRequired[Any]


class ArticlePage(TypedDict):
    items: list[ArticleText]
    next: str


class ArticleText(TypedDict):
    number: int
    slug: str
    address: str
    language: str
    languages: list[str]
    title: str
    summary: str
    kind: str
    status: str
    audience: str
    revision: int
    modified: str
    review_due: str | None
    translated_from: str
    is_outdated: bool
    platforms: NotRequired[list[Named]]
    codes: NotRequired[list[str]]
    messages: NotRequired[list[str]]
    sections: NotRequired[list[Section]]
    steps: NotRequired[list[StepText]]
    origins: NotRequired[list[Origin]]
    internal: NotRequired[str]


class Choice(TypedDict):
    facet: str
    value: str
    slugs: list[str]


class Decoding(TypedDict):
    typed: str
    language: str
    meanings: NotRequired[list[Meaning]]


class DetailsIn(TypedDict):
    slug: NotRequired[str | None]
    kind: NotRequired[Literal["problem", "error", "advice"] | None]
    audience: NotRequired[Literal["public", "staff"] | None]
    platforms: NotRequired[list[str] | None]
    review_due: NotRequired[str | None]


class Diagnosis(TypedDict):
    language: str
    lines: int
    unread: int
    marked: NotRequired[list[MarkedLine]]
    timeline: NotRequired[list[Moment]]
    articles: NotRequired[list[Hit]]
    guesses: NotRequired[list[Hit]]


class DocumentHit(TypedDict):
    key: str
    title: str
    url: str
    language: str
    articles: int
    is_title: bool
    address: NotRequired[str]


class DocumentIn(TypedDict):
    name: str
    text: str


class DocumentOut(TypedDict):
    key: str
    language: str
    title: str
    source_url: str
    licence: str
    licence_url: str
    attribution: str


class ErrorIn(TypedDict):
    comment: str
    anchor: NotRequired[str]


class Evidence(TypedDict):
    line: int
    start: int
    end: int
    what: str
    value: str
    known: NotRequired[bool]


class FacetValue(TypedDict):
    value: str
    count: int
    selected: NotRequired[bool]
    names: NotRequired[dict[str, str]]


class GapIn(TypedDict):
    subject: str
    comment: NotRequired[str]


class GapOut(TypedDict):
    id: int
    subject: str
    comment: str
    language: str
    status: str
    count: int
    created: str
    last_reported: str


class GapPage(TypedDict):
    items: list[GapOut]
    next: str


class Hit(TypedDict):
    article_id: int
    slug: str
    anchor: str
    section: str
    title: str
    url: str
    language: str
    found_in: str
    languages: list[str]
    kind: str
    status: str
    platforms: list[str]
    codes: list[str]
    tier: str
    why: str
    snippet: str
    snippet_language: str
    matched: str
    guess: NotRequired[bool]
    defines: NotRequired[bool]
    number: NotRequired[int]
    address: NotRequired[str]


class ImportOut(TypedDict):
    number: int
    state: Literal["waiting", "running", "done", "failed", "cancelled", "interrupted", "undone"]
    is_rehearsal: bool
    source: str
    files: list[str]
    language: str
    done: int
    total: int
    error: str
    created: str
    finished: str | None
    undone: str | None
    failed: int
    counts: dict[str, int]


class ImportPage(TypedDict):
    items: list[ImportOut]
    next: str


class ImportedArticle(TypedDict):
    slug: str
    anchor: str
    title: str
    outcome: Literal[
        "created",
        "updated",
        "unchanged",
        "kept",
        "merged",
        "conflict",
        "waiting",
        "removed",
        "failed",
    ]
    platforms: list[str]
    codes: list[str]
    messages: list[str]
    resolutions: int
    steps: int
    images: int
    lines: list[Any]


class ImportedDocument(TypedDict):
    path: str
    outcome: Literal[
        "created",
        "updated",
        "unchanged",
        "kept",
        "merged",
        "conflict",
        "waiting",
        "removed",
        "failed",
    ]
    language: str
    title: str
    key: str
    messages: list[str]
    articles: list[ImportedArticle]


class IncidentOut(TypedDict):
    number: int
    text: str
    language: str
    starts: str
    ends: str
    platforms: list[str]
    codes: list[str]
    articles: list[int]


class KnownName(TypedDict):
    name: str
    meaning: str
    language: str
    values: list[str]


class LogIn(TypedDict):
    text: str


class MarkedLine(TypedDict):
    number: int
    pieces: list[Piece]


class Meaning(TypedDict):
    code: str
    family: str
    read_as: str
    note: str
    parts: NotRequired[list[Part]]
    remark: NotRequired[str]
    names: NotRequired[list[KnownName]]
    spellings: NotRequired[list[str]]


class Moment(TypedDict):
    line: int
    time: str
    iso: str
    what: str
    value: str
    known: bool
    times: NotRequired[int]


class Named(TypedDict):
    slug: str
    name: str


class NoteOut(TypedDict):
    number: int
    revision: int
    language: str
    form: str
    text: str


class Origin(TypedDict):
    document: str
    language: str
    title: str
    url: str
    licence: str
    licence_url: str
    attribution: str
    date: str | None


class OutcomeIn(TypedDict):
    verdict: Literal["solved", "stuck"]
    anchor: NotRequired[str]
    reason: NotRequired[Literal["", "unclear", "changed", "different", "missing"]]
    comment: NotRequired[str]


class Part(TypedDict):
    label: str
    value: str


class PersonalOut(TypedDict):
    start: int
    end: int
    kind: Literal["mail", "account", "bank", "address", "phone", "name"]


class Piece(TypedDict):
    text: str
    what: NotRequired[str]
    known: NotRequired[bool]


class PlatformIn(TypedDict):
    slug: str
    name: str
    icon: NotRequired[str]
    position: NotRequired[int]


class PlatformOut(TypedDict):
    slug: str
    name: str
    article_count: int


class Problem(TypedDict):
    type: str
    title: str
    status: int
    detail: NotRequired[str]
    errors: NotRequired[list[WrongValue]]


class RawText(TypedDict):
    number: int
    language: str
    revision: int
    title: str
    problem: str
    cause: str
    resolution: str
    other: str
    internal: str
    translated_from: str
    modified: str


class ReportPage(TypedDict):
    items: list[ImportedDocument]
    next: str


class Reported(TypedDict):
    kept: bool


class RevisionOut(TypedDict):
    number: int
    title: str
    comment: str
    size: str
    origin: str
    created: str


class RevisionText(TypedDict):
    number: int
    title: str
    comment: str
    size: str
    origin: str
    created: str
    problem: str
    cause: str
    resolution: str
    other: str
    internal: str


class SearchResult(TypedDict):
    kind: str
    language: str
    understood: NotRequired[list[Understood]]
    evidence: NotRequired[list[Evidence]]
    hits: NotRequired[list[Hit]]
    guesses: NotRequired[list[Hit]]
    documents: NotRequired[list[DocumentHit]]
    facets: NotRequired[dict[str, list[FacetValue]]]
    total: NotRequired[int]
    choices: NotRequired[list[Choice]]
    searched: NotRequired[list[str]]
    notices: NotRequired[list[str]]
    words_searched: NotRequired[int]
    offset: NotRequired[int]
    elapsed_ms: NotRequired[float]


class Section(TypedDict):
    name: str
    title: str
    markdown: str
    html: str


class SourceOut(TypedDict):
    slug: str
    name: str
    kind: str
    is_active: bool
    imported: str | None
    imported_revision: str


class SourceStartIn(TypedDict):
    rehearsal: NotRequired[bool]


class StepText(TypedDict):
    anchor: str
    parent: str
    resolution: str
    text: str


class Suggestion(TypedDict):
    kind: str
    text: str
    language: str
    url: NotRequired[str]
    address: NotRequired[str]


class TextIn(TypedDict):
    title: str
    problem: NotRequired[str]
    cause: NotRequired[str]
    resolution: NotRequired[str]
    other: NotRequired[str]
    internal: NotRequired[str]
    comment: NotRequired[str]
    size: NotRequired[Literal["", "typo", "minor", "major"]]


class TicketCountIn(TypedDict):
    first: str
    last: str
    closed: int
    with_article: NotRequired[int | None]
    system: NotRequired[str]


class TicketIn(TypedDict):
    text: str
    subject: NotRequired[str]


class TicketOut(TypedDict):
    personal: list[PersonalOut]
    text: str
    diagnosis: Diagnosis


class TransitionIn(TypedDict):
    transition: Literal["submit", "publish", "reject", "withdraw", "unpublish", "archive", "reopen"]
    comment: NotRequired[str]
    accept_missing: NotRequired[bool]
    revisions: NotRequired[dict[str, Any] | None]


class Understood(TypedDict):
    what: str
    text: str
    value: str
    id: NotRequired[str]
    reading: NotRequired[str]
    note: NotRequired[str]
    known: NotRequired[bool]
    used: NotRequired[bool]
    details: NotRequired[dict[str, Any]]


class UploadIn(TypedDict):
    files: list[DocumentIn | ArchiveIn]
    language: NotRequired[Literal["", "fr", "en"]]
    rehearsal: NotRequired[bool]


class UseIn(TypedDict):
    act: NotRequired[Literal["linked", "sent", "flagged"]]
    system: NotRequired[str]


class Written(TypedDict):
    number: int
    slug: str
    status: str
    language: NotRequired[str]
    revision: NotRequired[int]
    pending: NotRequired[int]


class WrongValue(TypedDict):
    place: str
    kind: str
    reason: str
