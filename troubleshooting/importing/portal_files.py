"""Files of the portal's own format -> articles, paired by address.

A file remembers a fingerprint of the texts as they left: where a revision with it is found, it is
the common ancestor of the file and of what the portal says now, and the two are merged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_noop

from ..deriving import image_resolver, link_resolver
from ..editing import pending_of, save_pending, save_translation, unfinished
from ..media import ImageError, image_remark
from ..models import (
    Article,
    ArticleTranslation,
    PendingRevision,
    Platform,
    RenderedTranslation,
    Revision,
    SourceImage,
)
from ..texts.comparing.merge import merge_texts
from ..texts.docfx import DocumentError
from ..texts.docfx.source import decode
from ..texts.interchange import MARK, ArticleFile, digest_of, read_article
from ..texts.languages import common
from ..texts.remarks import whole_remark
from ..texts.sections import TEXTS
from .articles import article_report, waiting_of
from .creating import first_status, platform_of
from .images import ReadyImage, read_image
from .origins import store_origins
from .readings import Readings
from .report import DocumentReport, ImportOutcome, TextChange
from .trees import SourceFile

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_LONGEST_HEADER = 256 * 1024
_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?\s*---[ \t]*\r?\n(.*?\n)---[ \t]*\r?\n", re.DOTALL)
_OWN_IMAGES = "/media/"


def is_portal_file(raw: bytes) -> bool:
    """Return whether ``raw`` is a file of the portal's own format, as its front matter says."""
    return _has_field(raw, MARK)


def is_rendering(raw: bytes) -> bool:
    """Return whether ``raw`` is such a file, of a text that was translated from another."""
    return is_portal_file(raw) and _has_field(raw, "translated-from")


def _has_field(raw: bytes, name: str) -> bool:
    header = _HEADER.match(raw[:_LONGEST_HEADER])
    return header is not None and re.search(rf"^{name}:".encode(), header[1], re.M) is not None


@dataclass(slots=True)
class ReadPortalFile:
    """A file of the portal's own format with all that takes time already done.

    ``images`` are those that it brings, by what its texts call them.
    """

    file: SourceFile
    article_file: ArticleFile
    lines: int
    readings: Readings
    images: dict[str, ReadyImage]
    messages: list[str]


def prepare_portal_file(file: SourceFile, raw: bytes, languages: list[str]) -> ReadPortalFile:
    """Return the file ready to be stored; the caller holds no transaction.

    Raise ``DocumentError``, ``UnrenderableText`` and ``ValidationError``.
    """
    given = read_article(decode(raw))
    if given.language not in languages:
        raise DocumentError("unknown_language", detail=given.language)
    messages: list[str] = []
    images = _images(file, given, messages)
    own = {source: image for source, image in images.items() if source.startswith(_OWN_IMAGES)}
    texts = dict(given.texts)
    for old, image in own.items():
        texts = {name: text.replace(old, image.address) for name, text in texts.items()}
    given = replace(given, texts=texts)
    article = Article.objects.at_address(given.slug).first()
    text = article.translations.filter(language=given.language).first() if article else None
    readings = _readings(text, given.language, {image.address for image in own.values()})
    readings.read(_merged(text, given, readings)[1])
    return ReadPortalFile(file, given, raw.count(b"\n") or 1, readings, images, messages)


def _readings(text: ArticleTranslation | None, language: str, addresses: set[str]) -> Readings:
    """Read links and images as ``text`` has them; ``addresses`` are those of new images."""
    like = text or ArticleTranslation(language=language)
    image = image_resolver(like)
    return Readings(
        language,
        link_resolver(like),
        lambda source: source if source in addresses else image(source),
    )


def import_portal_file(
    contents: ReadPortalFile, author: User | None, *, needs_review: bool
) -> DocumentReport:
    """Store the text of a file; the caller holds the transaction.

    Status, audience, owner, platforms and dates are taken for a new article alone. What
    ``needs_review`` waits where readers would see it, as in ``Recognition``.
    Raise ``DocumentError``, ``UnrenderableText`` and ``ValidationError``.
    """
    file, given, messages = contents.file, contents.article_file, list(contents.messages)
    for source, image in contents.images.items():
        row = image.store()
        for key in {o.document for o in given.origins if not source.startswith(_OWN_IMAGES)}:
            SourceImage.objects.get_or_create(
                document_key=key, path=source, defaults={"image": row}
            )
    article = Article.objects.at_address(given.slug).first()
    article = article or _create(given, file, messages, needs_review)
    text = article.translations.filter(language=given.language).first()
    outcome, texts = _merged(text, given, contents.readings)
    is_new = text is None and not article.translations.exists()
    is_held = needs_review and article.status == Article.Status.PUBLISHED
    is_held = is_held or (text is None and unfinished(article, given.language) is not None)
    if is_held and texts != _said(text):
        outcome, change = _hold(contents, article, text, texts, author)
    else:
        saved = save_translation(
            article=article,
            language=given.language,
            texts=contents.readings.read(texts),
            author=author,
            origin=Revision.Origin.IMPORT,
            comment=file.name,
            translated_from=None if text else _source(article, given),
        )
        before, after = text.revision_number if text else 0, saved.translation.revision_number
        change = TextChange(article.pk, given.language, is_new, before, after)
    store_origins(article, given)
    title, structured = texts["title"], contents.readings.read(texts).structured
    report = article_report(article, structured, "", title, (1, contents.lines), outcome)
    return DocumentReport(
        file.display_path,
        outcome,
        given.language,
        title,
        messages=messages,
        articles=[report],
        changes=[change] if change.is_change else [],
    )


def _hold(
    contents: ReadPortalFile,
    article: Article,
    text: ArticleTranslation | None,
    texts: dict[str, str],
    author: User | None,
) -> tuple[ImportOutcome, TextChange]:
    """Let ``texts`` wait for a review instead of storing them, with what waits of an import.

    Where the two change the same place, what waits stays, as the portal's text does elsewhere.
    """
    language, outcome = contents.article_file.language, ImportOutcome.WAITING
    number = text.revision_number if text else 0
    pending = pending_of(article, language, Revision.Origin.IMPORT)
    change = TextChange(
        article.pk,
        language,
        is_new_article=False,
        before=number,
        after=number,
        waiting=waiting_of(pending),
        waits=pending.number if pending else 0,
    )
    if pending and pending.state != PendingRevision.State.REJECTED:
        merged = merge_texts(_said(text), pending.texts, texts)
        texts, outcome = merged.texts, ImportOutcome.CONFLICT if merged.conflicts else outcome
    saved = save_pending(
        article=article,
        language=language,
        texts=contents.readings.read(texts),
        author=author,
        origin=Revision.Origin.IMPORT,
        comment=contents.file.name[:300],
        base_revision=number,
    )
    return outcome, replace(change, waits=saved.number) if saved else change


def _said(text: ArticleTranslation | None) -> dict[str, str]:
    return text.texts() if text else dict.fromkeys(TEXTS, "")


def _merged(
    text: ArticleTranslation | None, article_file: ArticleFile, readings: Readings
) -> tuple[ImportOutcome, dict[str, str]]:
    """Return what becomes of the texts of ``article_file``, and the texts to store."""
    theirs = readings.canonical(article_file.texts)
    if text is None:
        return ImportOutcome.CREATED, theirs
    ours = text.texts()
    # A file has snippets in the place of their markers: what it left alone keeps its marker.
    shown = {**ours, **_expanded(text)}
    if "internal" not in article_file.texts:
        theirs["internal"] = shown["internal"] = ours["internal"]
    if theirs in (ours, shown):
        return ImportOutcome.UNCHANGED, ours
    revisions = Revision.objects.filter(translation=text).order_by("-number")
    found = (
        texts for r in revisions.iterator() if digest_of(texts := r.texts()) == article_file.digest
    )
    base = shown if digest_of(shown) == article_file.digest else next(found, None)
    if base is None:
        return ImportOutcome.CONFLICT, ours
    merged = merge_texts(base, ours, theirs)
    if merged.conflicts:
        return ImportOutcome.CONFLICT, merged.texts
    if merged.texts == ours:
        return ImportOutcome.KEPT, ours
    return (ImportOutcome.UPDATED if merged.texts == theirs else ImportOutcome.MERGED), merged.texts


def _expanded(text: ArticleTranslation) -> dict[str, str]:
    rendered = RenderedTranslation.objects.filter(translation=text)
    return rendered.values_list("expanded", flat=True).first() or {}


def _create(
    article_file: ArticleFile, file: SourceFile, messages: list[str], needs_review: bool
) -> Article:
    choices = (
        ("kind", Article.Kind, Article.Kind.PROBLEM),
        ("status", Article.Status, Article.Status.DRAFT),
        ("audience", Article.Audience, Article.Audience.PUBLIC),
    )
    values = {}
    for name, allowed, usual in choices:
        values[name] = getattr(article_file, name) or usual
        if values[name] not in allowed.values:
            raise DocumentError("portal_field", detail=f"{name}: {values[name]}"[:80])
    values["status"] = first_status(values["status"], needs_review)
    owner = (
        get_user_model().objects.filter(username=article_file.owner).first()
        if article_file.owner
        else None
    )
    if article_file.owner and owner is None:
        text = gettext_noop("Nobody here is called %(name)s: the article has no owner.")
        noted = whole_remark(text, name=article_file.owner)
        messages.append(f"{file.display_path}: {noted}")
    article = Article.objects.create(
        slug=article_file.slug,
        owner=owner,
        reviewed=article_file.reviewed,
        review_due=article_file.review_due,
        **values,
    )
    article.platforms.set(_platform(slug, name) for slug, name in article_file.platforms.items())
    return article


def _platform(slug: str, name: str) -> Platform:
    if slug in common()["platform_names"]:
        return platform_of(slug)
    name = (name.strip() or slug)[:80]
    known = Platform.objects.filter(slug=slug) or Platform.objects.filter(name=name)
    return known.first() or Platform.objects.create(slug=slug, name=name)


def _source(article: Article, article_file: ArticleFile) -> ArticleTranslation | None:
    """Return the text that a new one renders; of one that is outdated no revision is the base."""
    if not article_file.translated_from or article_file.translated_from == article_file.language:
        return None
    source = article.translations.filter(language=article_file.translated_from).first()
    if source and not article_file.outdated:
        return source
    return ArticleTranslation(
        article=article, language=article_file.translated_from[:12], revision_number=0
    )


def _images(
    file: SourceFile, article_file: ArticleFile, messages: list[str]
) -> dict[str, ReadyImage]:
    """Return the images of ``article_file`` by their names in it.

    ``messages`` gets what is wrong with some.
    """
    images: dict[str, ReadyImage] = {}
    for source, path in article_file.images.items():
        try:
            image = read_image(file, path)
        except ImageError as error:
            messages.append(f"{file.display_path}: {path}: {image_remark(error)}")
            continue
        if image:
            images[source] = image
    return images
