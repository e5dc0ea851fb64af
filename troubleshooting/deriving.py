"""What is derived from a translation's texts: computed as a set, written as a difference."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.urls import reverse
from django.utils.translation import override

from .addresses import own_link
from .models import (
    ArticleTranslation,
    CodeCitation,
    CodeSpelling,
    ErrorCode,
    ImageUse,
    MediaImage,
    RenderedTranslation,
    Resolution,
    SourceDocument,
    SourceEntry,
    SourceImage,
    Step,
    Symptom,
)
from .search.index.document import document_of
from .search.index.documents import DocumentText, write_document
from .search.index.writing import write_entry
from .texts.bounded import structure_article
from .texts.codes import normalise_spelling
from .texts.image_paths import path_of
from .texts.languages import fold
from .texts.linking import Surroundings, published_name, resolver
from .texts.rendering import Link, plain_link
from .texts.sections import MARKDOWN_TEXTS
from .texts.structure import STRUCTURE_VERSION, StructuredArticle

KEY_LENGTH = 300
_OWN_IMAGE = re.compile(r"/media/([0-9a-f]{16,64}\.(?:png|jpg|gif|webp))")


def derive(translation: ArticleTranslation) -> StructuredArticle:
    """Derive everything from the texts of a saved ``translation`` and store the difference.

    Running it again changes nothing. Returns what was recognised. Raises ``UnrenderableText``;
    nothing is written then.
    """
    structured = structure(translation)
    store_structure(translation, structured)
    return structured


def index_document(document: SourceDocument) -> None:
    """Index the own words of a saved ``document``: title, introduction, headings."""
    write_document(connections[document._state.db or DEFAULT_DB_ALIAS], text_of_document(document))


def text_of_document(document: SourceDocument) -> DocumentText:
    """Return what is indexed of ``document``."""
    headings = (f"{item['title']}\n{item.get('intro', '')}" for item in document.outline)
    text = "\n".join((document.preamble, *headings))
    return DocumentText(document.pk, document.language, document.title, text)


def structure(translation: ArticleTranslation) -> StructuredArticle:
    """Return what the texts of ``translation``, saved or not, hold; nothing is written.

    This takes time, so writers do it before their transaction begins. Raise ``UnrenderableText``.
    """
    return structure_article(
        translation.texts(),
        translation.language,
        link_resolver(translation),
        image_resolver(translation),
    )


def store_structure(
    translation: ArticleTranslation, structured: StructuredArticle, *, is_new: bool = False
) -> None:
    """Make the derived rows of a saved ``translation`` those of ``structured``.

    ``is_new``: it has none yet, so nobody has to look.
    """
    with transaction.atomic(savepoint=False):  # whoever saves the text has one around both
        rows: list[tuple[type[models.Model], list[dict[str, Any]]]] = [
            (Symptom, _symptoms(structured)),
            (Resolution, _resolutions(structured)),
            (Step, _steps(structured)),
            (CodeCitation, _citations(structured)),
            (ImageUse, _image_uses(structured)),
        ]
        for model, wanted in rows:
            (_write_first if is_new else _write)(translation, model, wanted)
        _write_rendered(translation, structured, is_new=is_new)
        database = connections[translation._state.db or DEFAULT_DB_ALIAS]
        write_entry(database, document_of(translation, structured))


def link_resolver(translation: ArticleTranslation) -> Callable[[str], Link | None]:
    """Where the links of a translation lead, given the document that it was imported from."""
    elsewhere = cache(lambda: _links_of_source(translation))  # most texts have no such link
    return lambda href: own_link(href) or elsewhere()(href)


def _links_of_source(translation: ArticleTranslation) -> Callable[[str], Link | None]:
    language = translation.language
    entries = SourceEntry.objects.filter(article=translation.article_id)
    entry = (
        entries.select_related("document")
        .defer("document__raw")
        .order_by(models.Case(models.When(document__language=language, then=0), default=1))
        .first()
    )
    return document_links(entry.document) if entry else plain_link


def image_resolver(translation: ArticleTranslation) -> Callable[[str], str | None]:
    """Return the addresses of the images that a translation names; None for one not supplied.

    An image is named by its address in the portal, or by its path in a document that the article
    was imported from.
    """

    def address(source: str) -> str | None:
        if _OWN_IMAGE.fullmatch(source):
            return own_image(source)
        image = _supplied(translation, source).only("name").first()
        return image.get_absolute_url() if image else None

    return address


def own_image(source: str) -> str | None:
    """Return the address of an image that a text names by its address; None for another."""
    own = _OWN_IMAGE.fullmatch(source)
    image = MediaImage.objects.filter(name=own[1]).only("name").first() if own else None
    return image.get_absolute_url() if image else None


def _supplied(translation: ArticleTranslation, source: str) -> models.QuerySet[MediaImage]:
    keys = SourceEntry.objects.filter(article=translation.article_id).values("document__key")
    named = SourceImage.objects.filter(document_key__in=keys, path=path_of(source))
    return MediaImage.objects.filter(pk__in=named.values("image"))


def document_images(document: SourceDocument) -> Callable[[str], str | None]:
    """Return the addresses of the images that the own words of a document name."""
    supplied = SourceImage.objects.filter(document_key=document.key).select_related("image")
    addresses = {row.path: row.image.get_absolute_url() for row in supplied}
    return lambda source: addresses.get(path_of(source)) or own_image(source)


def document_links(document: SourceDocument) -> Callable[[str], Link | None]:
    """Where the links of a document lead."""
    around = Surroundings(
        language=document.language, source_url=document.source_url, find=_Addresses(document)
    )
    return resolver(around)


class _Addresses:
    """The portal's addresses of documents and their anchors, in the language of ``document``."""

    def __init__(self, document: SourceDocument) -> None:
        self.document = document
        self._known: dict[str, int | None] = {}

    def __call__(self, name: str, anchor: str) -> str | None:
        found = self._document(name) if name else self.document
        if found is None:
            return None
        with override(self.document.language):
            page = reverse("troubleshooting:document", kwargs={"key": found.key})
            return self._anchor(found, page, anchor) if anchor else page

    def _document(self, name: str) -> SourceDocument | None:
        if name not in self._known:
            self._known[name] = self._find(name)
        key = self._known[name]
        return SourceDocument.objects.only("key", "outline").get(pk=key) if key else None

    def _find(self, name: str) -> int | None:
        """Return the primary key of the document that its publisher's links call ``name``."""
        named = models.Q(key=name) | models.Q(source_url__icontains=name)
        stored = SourceDocument.objects.order_by("-language")
        fields = ("pk", "key", "source_url", "former_names")
        rows = list(stored.filter(named).values_list(*fields))
        found = [pk for pk, key, url, _names in rows if published_name(url, key) == name]
        if not found:
            renamed = stored.exclude(former_names=[]).values_list(*fields)
            found = [pk for pk, _key, _url, names in renamed if name in names]
        return found[-1] if found else None

    def _anchor(self, document: SourceDocument, page: str, anchor: str) -> str | None:
        entries = SourceEntry.objects.filter(document_id=document.pk).select_related("article")
        for entry in entries.only("anchor", "aliases", "document", "article__slug"):
            if anchor == entry.anchor:
                return entry.article.get_absolute_url()
            if anchor in entry.aliases:
                return f"{entry.article.get_absolute_url()}#{anchor}"
        known = any(item["anchor"] == anchor for item in document.outline)
        return f"{page}#{anchor}" if known else None


def _symptoms(structured: StructuredArticle) -> list[dict[str, Any]]:
    return [
        {
            "position": position,
            "kind": Symptom.Kind.MESSAGE.value,
            "text": item.text,
            "key": fold(item.text)[:KEY_LENGTH],
        }
        for position, item in enumerate(structured.symptoms)
    ]


def _resolutions(structured: StructuredArticle) -> list[dict[str, Any]]:
    return [
        {"position": position, "anchor": item.anchor, "title": item.title[:KEY_LENGTH]}
        for position, item in enumerate(structured.resolutions)
    ]


def _steps(structured: StructuredArticle) -> list[dict[str, Any]]:
    return [
        {
            "position": position,
            "anchor": item.anchor,
            "parent_anchor": item.parent,
            "resolution_anchor": item.resolution,
            "text": item.text,
        }
        for position, item in enumerate(structured.steps)
    ]


def _citations(structured: StructuredArticle) -> list[dict[str, Any]]:
    codes = _known_codes(structured)
    unique = {(item.code.canonical, item.section, item.spelling): item for item in structured.codes}
    return [
        {
            "position": position,
            "code_id": codes[item.code.canonical],
            "section": item.section,
            "spelling": item.spelling,
        }
        for position, item in enumerate(unique.values())
    ]


def _image_uses(structured: StructuredArticle) -> list[dict[str, Any]]:
    public = [{"name": name, "is_internal": False} for name in structured.image_names]
    return public + [
        {"name": name, "is_internal": True} for name in structured.internal_image_names
    ]


def _known_codes(structured: StructuredArticle) -> dict[str, int]:
    """Return the keys of the codes cited, by canonical spelling.

    New codes and spellings are added.
    """
    codes = {item.code.canonical: item.code for item in structured.codes}
    if not codes:
        return {}
    ErrorCode.objects.bulk_create(
        [ErrorCode(canonical=c.canonical, kind=c.kind, value=c.value) for c in codes.values()],
        ignore_conflicts=True,
    )
    keys = dict(ErrorCode.objects.filter(canonical__in=codes).values_list("canonical", "pk"))
    written = {(name, name) for name in codes}
    written |= {(item.code.canonical, item.spelling) for item in structured.codes}
    CodeSpelling.objects.bulk_create(
        [
            CodeSpelling(code_id=keys[canonical], text=text, key=normalise_spelling(text))
            for canonical, text in sorted(written)
        ],
        ignore_conflicts=True,
    )
    return keys


def _write_first(
    translation: ArticleTranslation, model: type[models.Model], wanted: list[dict[str, Any]]
) -> None:
    """Write the rows that are wanted for a ``translation`` that has none."""
    if wanted:
        distinct = _keys(wanted, list(wanted[0])).values()
        model._default_manager.bulk_create(
            model(translation=translation, **row) for row in distinct
        )


def _write(
    translation: ArticleTranslation, model: type[models.Model], wanted: list[dict[str, Any]]
) -> None:
    """Make the rows of ``model`` for ``translation`` those that are wanted."""
    rows = model._default_manager
    own = rows.filter(translation=translation).order_by()
    if not wanted:
        own.delete()
        return
    names = list(wanted[0])
    stored = {tuple(values): key for key, *values in own.values_list("pk", *names)}
    keys = _keys(wanted, names)
    gone = [key for values, key in stored.items() if values not in keys]
    if gone:
        rows.filter(pk__in=gone).delete()
    rows.bulk_create(
        model(translation=translation, **row)
        for values, row in keys.items()
        if values not in stored
    )


def _keys(
    rows: Iterable[dict[str, Any]], names: list[str]
) -> dict[tuple[Hashable, ...], dict[str, Any]]:
    return {tuple(row[name] for name in names): row for row in rows}


def _write_rendered(
    translation: ArticleTranslation, structured: StructuredArticle, *, is_new: bool
) -> None:
    wanted = {
        "structure_version": STRUCTURE_VERSION,
        "summary": structured.summary,
        "counts": structured.counts(),
        **{name: structured.html[name] for name in MARKDOWN_TEXTS},
    }
    rows = RenderedTranslation.objects.filter(translation=translation)
    stored = None if is_new else next(iter(rows.values(*wanted)), None)
    if stored is None:
        RenderedTranslation.objects.create(translation=translation, **wanted)
    elif changed := {name: value for name, value in wanted.items() if value != stored[name]}:
        rows.update(**changed)
