"""What is derived from a translation's texts: computed as a set, written as a difference."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ..models import (
    ArticleTranslation,
    CodeCitation,
    CodeSpelling,
    ErrorCode,
    ImageUse,
    RenderedTranslation,
    Resolution,
    Snippet,
    SnippetUse,
    SourceDocument,
    Step,
    Symptom,
)
from ..search.index.document import document_of
from ..search.index.documents import DocumentText, write_document
from ..search.index.writing import add_entries, write_entry
from ..texts.bounded import UnrenderableText, in_batches, structure_articles
from ..texts.codes import normalise_spelling
from ..texts.languages import fold
from ..texts.rendering import Link
from ..texts.sections import MARKDOWN_TEXTS
from ..texts.structure import STRUCTURE_VERSION, CodeItem, StructuredArticle
from .snippets import names_snippets, structure_texts
from .targets import image_resolver, link_resolver, link_resolvers

KEY_LENGTH = 300


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


def derive_links(translations: Sequence[ArticleTranslation]) -> None:
    """Let the links and images of saved ``translations`` lead where they lead by now.

    Nothing else of what is derived from them changes. Raise ``UnrenderableText``.
    """
    links = link_resolvers(translations)
    read = {
        text.pk: structured
        for batch in in_batches(translations, ArticleTranslation.texts)
        for text, structured in zip(batch, _structures(batch, links), strict=True)
    }
    rows = RenderedTranslation.objects.filter(translation__in=translations)
    versions = dict(rows.values_list("translation", "structure_version"))
    settled = up_to_date(read)
    kinds: tuple[type[models.Model], ...] = (ImageUse, SnippetUse)
    using = {model: _having(model, read) for model in kinds}
    for translation in translations:
        if translation.pk in settled:
            continue
        structured = read[translation.pk]
        if versions.get(translation.pk) != STRUCTURE_VERSION:
            store_structure(translation, structured)
            continue
        uses = _image_uses(structured), _snippet_uses(structured)
        with transaction.atomic():
            for model, wanted in zip(kinds, uses, strict=True):
                if wanted or translation.pk in using[model]:
                    _write(translation, model, wanted)
            _write_rendered(translation, structured)


def _having(model: type[models.Model], translations: Collection[int]) -> set[int]:
    """Return the keys of ``translations`` that have rows of ``model``."""
    rows = model._default_manager.filter(translation__in=translations).order_by()
    return set(rows.values_list("translation", flat=True))


def _structures(
    translations: Sequence[ArticleTranslation], links: Mapping[int, Callable[[str], Link | None]]
) -> list[StructuredArticle]:
    """Return what a batch of texts holds. Raise ``UnrenderableText``: one cannot be read."""
    if any(names_snippets(text.texts()) for text in translations):
        return [structure(text, links[text.pk]) for text in translations]
    try:
        return structure_articles(
            [(text.texts(), text.language) for text in translations],
            [links[text.pk] for text in translations],
            [image_resolver(text) for text in translations],
        )
    except UnrenderableText:
        return [structure(text, links[text.pk]) for text in translations]


def structure(
    translation: ArticleTranslation, link: Callable[[str], Link | None] | None = None
) -> StructuredArticle:
    """Return what the texts of ``translation``, saved or not, hold; nothing is written.

    ``link`` tells where links lead, if that is known. This takes time, so writers do it before
    their transaction begins. Raise ``UnrenderableText``.
    """
    return structure_texts(
        translation.texts(),
        translation.language,
        link or link_resolver(translation),
        image_resolver(translation),
    )


def store_structure(translation: ArticleTranslation, structured: StructuredArticle) -> None:
    """Write what differs between ``structured`` and the rows of a saved ``translation``."""
    with transaction.atomic(savepoint=False):  # whoever saves the text has one around both
        structured = _with_present_snippets(translation, structured)
        codes = _known_codes(structured.codes)
        for model, wanted in _wanted(structured, codes):
            _write(translation, model, wanted)
        _write_rendered(translation, structured)
        write_entry(_database_of(translation), document_of(translation, structured))


def store_first_structures(
    structures: Sequence[tuple[ArticleTranslation, StructuredArticle]],
) -> None:
    """Write the derived rows of saved translations that have none yet, so nobody has to look."""
    if not structures:
        return
    with transaction.atomic(savepoint=False):
        structures = [
            (text, _with_present_snippets(text, structured)) for text, structured in structures
        ]
        codes = _known_codes(item for _, structured in structures for item in structured.codes)
        rows: dict[type[models.Model], list[models.Model]] = {}
        for translation, structured in structures:
            for model, wanted in _wanted(structured, codes):
                distinct = _keys(wanted).values()
                rows.setdefault(model, []).extend(
                    model(translation=translation, **row) for row in distinct
                )
            shown = RenderedTranslation(translation=translation, **_rendered(structured))
            rows.setdefault(RenderedTranslation, []).append(shown)
        for model, new in rows.items():
            model._default_manager.bulk_create(new)
        documents = [document_of(translation, structured) for translation, structured in structures]
        add_entries(_database_of(structures[0][0]), documents)


def _with_present_snippets(
    translation: ArticleTranslation, structured: StructuredArticle
) -> StructuredArticle:
    """Return ``structured``, made anew where a snippet was changed since it was read.

    Nobody changes them from here until the transaction ends.
    """
    if not structured.snippets:
        return structured
    rows = Snippet.objects.select_for_update().filter(key__in=structured.snippets).order_by("key")
    present = dict(rows.values_list("key", "version"))
    if all(present.get(key, 0) == version for key, version in structured.snippets.items()):
        return structured
    return structure(translation)


def up_to_date(structures: Mapping[int, StructuredArticle]) -> set[int]:
    """Return the keys of ``structures`` whose translations have the derived rows that it says.

    All rows follow from a text, which has not changed, and from where its links and images lead,
    which its HTML shows.
    """
    rows = RenderedTranslation.objects.filter(translation__in=structures)
    names = ("translation", *_RENDERED)
    return {
        key
        for key, *stored in rows.values_list(*names)
        if dict(zip(_RENDERED, stored, strict=True)) == _rendered(structures[key])
    }


def _database_of(translation: ArticleTranslation) -> BaseDatabaseWrapper:
    return connections[translation._state.db or DEFAULT_DB_ALIAS]


_RowsByModel = list[tuple[type[models.Model], list[dict[str, Any]]]]


def _wanted(structured: StructuredArticle, codes: Mapping[str, int]) -> _RowsByModel:
    """Return the rows of each model; ``codes`` are the keys of the codes cited."""
    return [
        (Symptom, _symptoms(structured)),
        (Resolution, _resolutions(structured)),
        (Step, _steps(structured)),
        (CodeCitation, _citations(structured, codes)),
        (ImageUse, _image_uses(structured)),
        (SnippetUse, _snippet_uses(structured)),
    ]


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


def _citations(structured: StructuredArticle, codes: Mapping[str, int]) -> list[dict[str, Any]]:
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


def _snippet_uses(structured: StructuredArticle) -> list[dict[str, Any]]:
    return [{"key": key, "version": version} for key, version in structured.snippets.items()]


def _known_codes(cited: Iterable[CodeItem]) -> dict[str, int]:
    """Return the keys of the codes cited, by canonical spelling.

    New codes and spellings are added.
    """
    items = list(cited)
    codes = {item.code.canonical: item.code for item in items}
    if not codes:
        return {}
    ErrorCode.objects.bulk_create(
        [ErrorCode(canonical=c.canonical, kind=c.kind, value=c.value) for c in codes.values()],
        ignore_conflicts=True,
    )
    keys = dict(ErrorCode.objects.filter(canonical__in=codes).values_list("canonical", "pk"))
    written = {(name, name) for name in codes}
    written |= {(item.code.canonical, item.spelling) for item in items}
    CodeSpelling.objects.bulk_create(
        [
            CodeSpelling(code_id=keys[canonical], text=text, key=normalise_spelling(text))
            for canonical, text in sorted(written)
        ],
        ignore_conflicts=True,
    )
    return keys


def _write(
    translation: ArticleTranslation, model: type[models.Model], attributes: list[dict[str, Any]]
) -> None:
    """Add, change and delete rows of ``model`` until ``translation`` has the wanted ones."""
    rows = model._default_manager
    own = rows.filter(translation=translation).order_by()
    if not attributes:
        own.delete()
        return
    names = list(attributes[0])
    stored = {tuple(values): key for key, *values in own.values_list("pk", *names)}
    keys = _keys(attributes)
    gone = [key for values, key in stored.items() if values not in keys]
    if gone:
        rows.filter(pk__in=gone).delete()
    rows.bulk_create(
        model(translation=translation, **row)
        for values, row in keys.items()
        if values not in stored
    )


def _keys(rows: Iterable[dict[str, Any]]) -> dict[tuple[Hashable, ...], dict[str, Any]]:
    return {tuple(row.values()): row for row in rows}


#: The columns of what is shown of a text.
_RENDERED = ("structure_version", "summary", "counts", "expanded", *MARKDOWN_TEXTS)


def _rendered(structured: StructuredArticle) -> dict[str, Any]:
    return {
        "structure_version": STRUCTURE_VERSION,
        "summary": structured.summary,
        "counts": structured.counts(),
        "expanded": structured.expanded,
        **{name: structured.html[name] for name in MARKDOWN_TEXTS},
    }


def _write_rendered(translation: ArticleTranslation, structured: StructuredArticle) -> None:
    wanted = _rendered(structured)
    rows = RenderedTranslation.objects.filter(translation=translation)
    stored = next(iter(rows.values(*wanted)), None)
    if stored is None:
        RenderedTranslation.objects.create(translation=translation, **wanted)
    elif changed := {name: value for name, value in wanted.items() if value != stored[name]}:
        rows.update(**changed)
