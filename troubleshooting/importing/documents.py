"""One document: its row, its articles, its report."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from django.db import transaction
from django.utils import timezone

from .. import deriving
from ..access import Reader
from ..models import ArticleTranslation, Source, SourceDocument, SourceEntry
from ..texts.bounded import CanonicalText, render_words
from ..texts.docfx import DocfxDocument
from ..texts.docfx.front_matter import date_of, is_draft, is_for_staff
from ..texts.docfx.model import Placement
from ..texts.image_paths import path_of
from ..texts.languages import common, labels_for
from ..texts.linking import is_of_site, published_address, published_name
from ..texts.rendering import web_address
from .articles import import_entries, read_entries
from .images import ReadyImages, read_images, store_images
from .messages import message
from .readings import Readings
from .recognition import Identity, Recognition, asset_id_of
from .recognition.dropped import without_dropped
from .report import ArticleReport, DocumentReport, ImportOutcome, LineReport
from .runs.recording import Changes
from .trees import SourceFile

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(slots=True)
class ReadDocument:
    """A document with all that takes time already done: it only has to be stored."""

    file: SourceFile
    raw: bytes
    parsed: DocfxDocument
    identity: Identity
    readings: Readings
    images: ReadyImages
    words: dict[str, CanonicalText]


def prepare(
    file: SourceFile, raw: bytes, parsed: DocfxDocument, recognition: Recognition
) -> ReadDocument:
    """Return ``parsed`` ready to be stored; the caller holds no transaction.

    Raise ``DocumentError``, ``UnrenderableText`` and ``ValidationError``.
    """
    identity = recognition.register.identify(file, raw, parsed)
    row = _row(identity, parsed.language)
    parsed = without_dropped(row, parsed)
    row.source_url = _address(file, parsed, recognition.source)
    row.front_matter = dict(parsed.front_matter)
    images = read_images(file, parsed, identity.key)
    link, image = deriving.document_links(row), _image_finder(row, images)
    readings = Readings(row.language, link, image)
    read_entries(row, parsed, readings, recognition)
    intros = {f"outline-{n}": item.intro for n, item in enumerate(parsed.outline)}
    words = render_words(
        {"preamble": parsed.preamble, **intros}, labels_for(row.language).words, link, image
    )
    return ReadDocument(file, raw, parsed, identity, readings, images, words)


def _row(identity: Identity, language: str) -> SourceDocument:
    """Return the stored document, or one that is not stored yet."""
    named = {"pk": identity.pk} if identity.pk else {"key": identity.key, "language": language}
    stored = SourceDocument.objects.filter(**named).first()
    return stored or SourceDocument(key=identity.key, language=language)


def _address(file: SourceFile, parsed: DocfxDocument, source: Source | None) -> str:
    """Return the document's address on its publisher's site: as it says, or as its source does."""
    address = published_address(dict(parsed.front_matter), parsed.language, file.name)
    if not address and source and source.link_base:
        page = file.name.rsplit(".", 1)[0]
        address = urljoin(f"{source.link_base.rstrip('/')}/", quote(page))
    return address[:500]


def _image_finder(row: SourceDocument, images: ReadyImages) -> Callable[[str], str | None]:
    """Return the addresses of the images that the texts of a document name, new ones among them."""
    stored = deriving.document_images(row)

    def address(source: str) -> str | None:
        new = images.by_path.get(path_of(source))
        return new.address if new else stored(source)

    return address


def import_document(
    contents: ReadDocument,
    recognition: Recognition,
    author: User | None,
    reserved: Collection[str] = (),
    *,
    is_recorded: bool = False,
) -> DocumentReport:
    """Store a document and its articles, as ``author`` if that is known.

    The caller holds the transaction. ``reserved`` as in ``import_entries``; ``is_recorded``: the
    report says too how all was before.
    """
    file, document = contents.file, contents.parsed
    row = _row(contents.identity, document.language)
    changes = Changes(is_kept=is_recorded)
    if is_recorded:
        changes.remember(row)
    outcome = _store(row, contents, recognition)
    store_images(contents.images, row.key)
    articles = import_entries(
        row, document, contents.readings, recognition, author, reserved, changes
    )
    _store_outline(row, document, articles, contents.words)
    deriving.index_document(row)
    if outcome is ImportOutcome.UNCHANGED and any(
        a.outcome != ImportOutcome.UNCHANGED for a in articles
    ):
        outcome = ImportOutcome.UPDATED
    return DocumentReport(
        path=file.display_path,
        outcome=outcome,
        language=document.language,
        title=document.title,
        key=row.key,
        messages=[
            *(message(file.display_path, w.code, w.line, w.detail) for w in document.warnings),
            *contents.images.messages,
        ],
        articles=articles,
        lines=_lines(document, articles),
        changes=changes.texts,
        before=changes.before() if is_recorded else "",
        document=row.pk,
    )


def _store(row: SourceDocument, contents: ReadDocument, recognition: Recognition) -> ImportOutcome:
    file, parsed, source = contents.file, contents.parsed, recognition.source
    digest = hashlib.sha256(contents.raw).hexdigest()
    place = (row.path, row.source_id, row.removed)
    now = (file.name, source.pk if source else row.source_id, None)
    if row.pk and row.sha256 == digest and place == now:
        return ImportOutcome.UNCHANGED
    is_same = row.pk and row.sha256 == digest
    outcome = (
        ImportOutcome.UNCHANGED
        if is_same
        else ImportOutcome.UPDATED
        if row.pk
        else ImportOutcome.CREATED
    )
    address = _address(file, parsed, source)
    if row.pk:
        _note_former_names(row, address)
    row.path, row.sha256, row.raw = file.name, digest, contents.raw
    row.source, row.revision = source or row.source, recognition.revision
    row.asset_id, row.removed = asset_id_of(parsed) or row.asset_id, None
    row.title = parsed.title[:300]
    row.front_matter = dict(parsed.front_matter)
    row.date = date_of(row.front_matter)
    row.imported = timezone.now()
    row.source_url = address
    row.licence, row.licence_url, row.attribution = _rights(row.front_matter, source)
    row.shown_to = _readers(row.front_matter, is_unread=recognition.needs_review and not row.pk)
    row.save()
    return outcome


def _readers(fields: dict[str, object], *, is_unread: bool) -> str:
    """Return who may see a document: a draft is for editors, what was for staff for staff.

    One that nobody has read yet is for editors too.
    """
    if is_draft(fields) or is_unread:
        return Reader.EDITOR
    return Reader.STAFF if is_for_staff(fields) else Reader.PUBLIC


def _note_former_names(row: SourceDocument, address: str) -> None:
    """Note by which names links go on leading here: the last parts of former addresses."""
    before, now = published_name(row.source_url, row.key), published_name(address, row.key)
    if before != now and before not in row.former_names:
        row.former_names = [*row.former_names, before]


def _rights(fields: dict[str, object], source: Source | None) -> tuple[str, str, str]:
    """Return licence, its address, attribution: of the document, its source, or its publisher."""
    site = common()["site"]
    published = is_of_site(fields, "")
    given = fields.get("license") or fields.get("licence") or (source.licence if source else "")
    granted = published and not given
    licence = str(given or (site["licence"] if granted else ""))
    default_url = site["licence_url"] if licence == site["licence"] else ""
    given_url = web_address(str(fields.get("license_url") or fields.get("licence_url") or ""))
    url = given_url or (source.licence_url if source else "") or default_url
    own = fields.get("attribution") or (source.attribution if source else "")
    attribution = str(own or (site["attribution"] if granted else ""))
    return licence[:120], url, attribution


def _store_outline(
    row: SourceDocument,
    document: DocfxDocument,
    articles: Sequence[ArticleReport],
    canonical: dict[str, CanonicalText],
) -> None:
    """Store the document's own words, ``canonical`` as they were rendered."""
    before = (row.preamble, row.preamble_html, row.outline)
    row.preamble, row.preamble_html = canonical["preamble"].text, canonical["preamble"].html
    row.outline = [
        {
            "level": item.level,
            "anchor": item.anchor,
            "title": item.title,
            "intro": canonical[f"outline-{n}"].text,
            "intro_html": canonical[f"outline-{n}"].html,
            "articles": [articles[index].slug for index in item.entries],
        }
        for n, item in enumerate(document.outline)
    ]
    if before != (row.preamble, row.preamble_html, row.outline):
        row.save(update_fields=["preamble", "preamble_html", "outline"])


def _lines(document: DocfxDocument, articles: Sequence[ArticleReport]) -> list[LineReport]:
    lines = [LineReport(p.lines[0], p.lines[1], p.section) for p in document.structure]
    for entry, article in zip(document.entries, articles, strict=False):
        lines += [_held(placement, article.slug) for placement in entry.placements]
    return sorted(_distinct(lines), key=lambda line: (line.first, line.last))


def _held(placement: Placement, slug: str) -> LineReport:
    return LineReport(placement.lines[0], placement.lines[1], placement.section, slug)


def _distinct(lines: list[LineReport]) -> list[LineReport]:
    """Return ``lines`` without repetitions."""
    return list({(ln.first, ln.last, ln.section, ln.article): ln for ln in lines}.values())


@transaction.atomic
def note_removed(keys: Sequence[int]) -> None:
    """Note that the documents with the primary keys ``keys`` are no longer in their source.

    They stay, with their articles: what becomes of these somebody decides.
    """
    now = timezone.now()
    SourceDocument.objects.filter(pk__in=keys, removed=None).update(removed=now)
    SourceEntry.objects.filter(document__in=keys, removed=None).update(removed=now)


def rebase(reports: Sequence[DocumentReport]) -> None:
    """Take texts that one run brought in several languages for renderings of one another.

    Only where each was taken as it came: what editors wrote in between, nobody translated.
    """
    outcomes: dict[str, list[ImportOutcome]] = {}
    for report in reports:
        for article in report.articles:
            outcomes.setdefault(article.slug, []).append(article.outcome)
    taken = {ImportOutcome.CREATED, ImportOutcome.UPDATED}
    slugs = [slug for slug, each in outcomes.items() if len(each) > 1 and taken.issuperset(each)]
    texts = list(ArticleTranslation.objects.filter(article__slug__in=slugs))
    numbers = {(text.article_id, text.language): text.revision_number for text in texts}
    behind = []
    for text in texts:
        number = numbers.get((text.article_id, text.source_language), text.source_revision)
        if number != text.source_revision:
            text.source_revision = number
            behind.append(text)
    ArticleTranslation.objects.bulk_update(behind, ["source_revision"], batch_size=500)
