"""An article in one language as a record: what a reader may see of it, for any form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import override

from ..access import Reader
from ..models import ArticleTranslation, CodeCitation, SourceEntry, Step, Symptom
from ..querysets import with_staleness
from ..search.addresses import article_address
from ..texts.sections import NOTE, SECTIONS
from .names import SECTION_NAMES
from .web.leading import leading_somewhere
from .writing import Form, write_text

#: A link or image whose address is one within the tree of its document.
_RELATIVE = re.compile(r"\]\(<?(?![a-z][a-z0-9+.-]*:|[/#])", re.IGNORECASE)
_MARKDOWN = Form(is_markdown=True)
#: A day; the name of the type itself is that of a field.
Day = date


@dataclass(frozen=True, slots=True)
class Named:
    """Something with an address of its own and a name."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Origin:
    """A document that the article comes from."""

    document: str
    language: str
    title: str
    url: str
    licence: str
    licence_url: str
    attribution: str
    date: Day | None


@dataclass(frozen=True, slots=True)
class StepText:
    """A step; ``parent`` and ``resolution`` are anchors, the same in every language."""

    anchor: str
    parent: str
    resolution: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the text: its Markdown with its snippets, and the rendered HTML.

    The Markdown is canonical but where its links lead somewhere from the document alone: then it is
    written of the HTML, in which they lead where the page's do.
    """

    name: str
    title: str
    markdown: str
    html: str


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article in ``language``; ``number`` names it for good, ``slug`` is its present address.

    ``internal`` is the note for the staff, empty for all others. ``is_outdated`` tells that the
    text it was translated from has had a major change since.
    """

    number: int
    slug: str
    address: str
    language: str
    languages: tuple[str, ...]
    title: str
    summary: str
    kind: str
    status: str
    audience: str
    revision: int
    modified: datetime
    review_due: Day | None
    translated_from: str
    is_outdated: bool
    platforms: list[Named] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    steps: list[StepText] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    internal: str = ""


def texts_of(reader: Reader) -> QuerySet[ArticleTranslation]:
    """Return the texts that ``reader`` may see, with all that a record says of them."""
    entries = SourceEntry.objects.select_related("document").defer(
        "document__raw", "document__preamble", "document__preamble_html", "document__outline"
    )
    citations = CodeCitation.objects.select_related("code")
    return with_staleness(
        ArticleTranslation.objects.visible_to(reader)
        .select_related("article", "rendered")
        .prefetch_related(
            "article__platforms",
            Prefetch(
                "article__translations", ArticleTranslation.objects.only("article", "language")
            ),
            Prefetch("article__sources", entries.order_by("pk")),
            Prefetch("citations", citations),
            Prefetch("symptoms", Symptom.objects.all()),
            Prefetch("steps", Step.objects.all()),
        )
    )


def article_text(
    reader: Reader, language: str, *, slug: str = "", number: int = 0
) -> ArticleText | None:
    """Return the article in ``language``, or in another that it has; None where none is seen."""
    texts = texts_of(reader)
    texts = texts.filter(article__slug=slug) if slug else texts.filter(article=number)
    wanted = sorted(texts, key=lambda text: (text.language != language, text.language))
    return record(wanted[0], reader) if wanted else None


def record(text: ArticleTranslation, reader: Reader) -> ArticleText:
    """Return the record of a row of ``texts_of``."""
    article = text.article
    rendered = getattr(text, "rendered", None)
    said = {**text.texts(), **(rendered.expanded if rendered else {})}
    written = [name for name in SECTIONS if said[name]]
    htmls = leading_somewhere(reader, (getattr(rendered, name, "") for name in written))
    return ArticleText(
        number=article.pk,
        slug=article.slug,
        address=article_address(article.slug, text.language),
        language=text.language,
        languages=tuple(sorted(one.language for one in article.translations.all())),
        title=text.title,
        summary=rendered.summary if rendered else "",
        kind=article.kind,
        status=article.status,
        audience=article.audience,
        revision=text.revision_number,
        modified=text.modified,
        review_due=article.review_due,
        translated_from=text.source_language,
        is_outdated=text.is_stale,
        platforms=[Named(one.slug, one.name) for one in article.platforms.all()],
        codes=list(dict.fromkeys(one.code.canonical for one in text.citations.all())),
        messages=[one.text for one in text.symptoms.all()],
        sections=[
            Section(name, _section_title(name, text.language), _linked(said[name], html), html)
            for name, html in zip(written, htmls, strict=True)
        ],
        steps=[
            StepText(one.anchor, one.parent_anchor, one.resolution_anchor, one.text)
            for one in text.steps.all()
        ],
        origins=_origins(article.sources.all(), text.language),
        internal=said[NOTE] if reader.is_staff else "",
    )


def _section_title(name: str, language: str) -> str:
    with override(language):
        return str(SECTION_NAMES[name])


def _linked(markdown: str, html: str) -> str:
    """Return Markdown without links that lead nowhere from here."""
    return write_text(html, _MARKDOWN) if html and _RELATIVE.search(markdown) else markdown


def _origins(entries: Iterable[SourceEntry], language: str) -> list[Origin]:
    """Return each document once, in ``language`` where it is there in several."""
    best: dict[str, Origin] = {}
    for entry in sorted(entries, key=lambda one: one.document.language != language):
        document = entry.document
        origin = Origin(
            document.key,
            document.language,
            document.title,
            document.source_url,
            document.licence,
            document.licence_url,
            document.attribution,
            document.date,
        )
        best.setdefault(document.key, origin)
    return list(best.values())
