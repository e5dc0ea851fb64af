"""Links of imported texts, followed again once what they lead to may have come."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from urllib.parse import quote

from django.db.models import Q, TextField
from django.db.models.functions import Cast, Concat

from ... import deriving
from ...models import ArticleTranslation, SourceDocument, SourceEntry
from ...texts.bounded import render_words
from ...texts.languages import labels_for
from ...texts.linking import RELATIVE, file_stem, published_name
from ...texts.rendering.targets import links_in
from ...texts.sections import SECTIONS
from ..report import DocumentReport, ImportOutcome

#: Rows that are in memory together when links are followed.
_AT_ONCE = 50
#: Names that the database looks for; where more changed, all imported texts are read.
_MOST_NAMES = 60
_AS_BEFORE = (ImportOutcome.UNCHANGED, ImportOutcome.KEPT, ImportOutcome.FAILED)


def relink(reports: Sequence[DocumentReport]) -> None:
    """Derive anew the imported texts whose links or images may lead to what is new by now.

    These are the texts that the run changed, and those that name a document which it changed, be
    it that an earlier import brought them: what else they name was there when they were stored.
    """
    changed = {report.key for report in reports if report.outcome not in _AS_BEFORE}
    if not changed:
        return
    names = _names_of(changed)
    written = Concat("preamble", Cast("outline", TextField()), output_field=TextField())
    documents = SourceDocument.objects.alias(written=written).defer("raw")
    named = documents.filter(Q(key__in=changed) | _may_name(names))
    for document in named.iterator(chunk_size=_AT_ONCE):
        if document.key in changed or _names(_own_words(document).values(), names):
            _relink_words(document)
    own = set(
        SourceEntry.objects.filter(document__key__in=changed).values_list("article", flat=True)
    )
    stream = (text for text in _texts(own, names) if _is_led(text, own, names))
    while chunk := list(islice(stream, _AT_ONCE)):
        deriving.derive_links(chunk)


def _texts(own: Collection[int], names: Collection[str]) -> Iterator[ArticleTranslation]:
    """Yield the imported texts that may lead elsewhere now, those of one document together.

    They share what is looked up for their links.
    """
    imported = ArticleTranslation.objects.filter(article__in=SourceEntry.objects.values("article"))
    texts = imported.alias(written=Concat(*SECTIONS, output_field=TextField()))
    found = texts.filter(Q(article__in=own) | _may_name(names))
    return found.order_by("article_id", "pk").iterator(chunk_size=_AT_ONCE)


def _may_name(names: Collection[str]) -> Q:
    """Return the condition that what is ``written`` may hold one of ``names``."""
    condition = Q()
    for name in names if len(names) <= _MOST_NAMES else ():
        for spelt in {name, quote(name), json.dumps(name)[1:-1]}:
            condition |= Q(written__contains=spelt)
    return condition or Q(pk__isnull=False)


def _is_led(text: ArticleTranslation, own: Collection[int], names: Collection[str]) -> bool:
    """Return whether a link of ``text`` may lead elsewhere now.

    It is of an article among ``own``, or names a document that is called by one of ``names``.
    """
    sections = [getattr(text, name) for name in SECTIONS]
    linked = [section for section in sections if RELATIVE.search(section) or "<img" in section]
    return bool(linked) and (text.article_id in own or _names(linked, names))


def _names_of(keys: Collection[str]) -> set[str]:
    """Return what links may call the documents with ``keys``."""
    names = set(keys)
    fields = ("path", "source_url", "key", "former_names")
    for path, url, key, former in SourceDocument.objects.filter(key__in=keys).values_list(*fields):
        names |= {file_stem(path), published_name(url, key), *former}
    return names


def _names(texts: Iterable[str], names: Collection[str]) -> bool:
    """Return whether a link of ``texts`` leads to a document that is called by one of ``names``."""
    targets = (target for text in texts for target in links_in(text))
    return any(file_stem(target.split("#")[0].split("?")[0]) in names for target in targets)


def _own_words(document: SourceDocument) -> dict[str, str]:
    return {
        "preamble": document.preamble,
        **{f"outline-{n}": item.get("intro", "") for n, item in enumerate(document.outline)},
    }


def _relink_words(document: SourceDocument) -> None:
    """Render the document's own words again where their links may lead elsewhere now."""
    linked = {name: text for name, text in _own_words(document).items() if RELATIVE.search(text)}
    if not linked:
        return
    words, links = labels_for(document.language).words, deriving.document_links(document)
    shown = render_words(linked, words, links, deriving.document_images(document))
    before = (document.preamble_html, [dict(item) for item in document.outline])
    for name, each in shown.items():
        if name == "preamble":
            document.preamble_html = each.html
        else:
            document.outline[int(name.removeprefix("outline-"))]["intro_html"] = each.html
    if before != (document.preamble_html, document.outline):
        document.save(update_fields=["preamble_html", "outline"])
