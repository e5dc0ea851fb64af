"""Where the links and images of texts lead, given the documents that they were imported from."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import cache

from django.db import models
from django.urls import reverse
from django.utils.translation import override

from ..addresses import own_link
from ..models import ArticleTranslation, MediaImage, SourceDocument, SourceEntry, SourceImage
from ..texts.image_paths import path_of
from ..texts.linking import Surroundings, is_of_site, published_name, resolver
from ..texts.rendering import Link, plain_link

_OWN_IMAGE = re.compile(r"/media/([0-9a-f]{16,64}\.(?:png|jpg|gif|webp))")

_Resolver = Callable[[str], Link | None]


def link_resolver(translation: ArticleTranslation) -> _Resolver:
    """Return where the links of a translation lead, by the document that it was imported from."""

    @cache  # most texts have no such link
    def elsewhere() -> _Resolver:
        document = _source_among(_documents_of([translation.article_id]), translation)
        return document_links(document) if document else plain_link

    return lambda href: own_link(href) or elsewhere()(href)


def link_resolvers(translations: Sequence[ArticleTranslation]) -> dict[int, _Resolver]:
    """Return ``link_resolver`` of each translation by its key.

    The texts of one document share what is looked up.
    """
    documents = _documents_of([text.article_id for text in translations])
    made: dict[int, _Resolver] = {}
    found = {}
    for text in translations:
        document = _source_among(documents, text)
        if document and document.pk not in made:
            made[document.pk] = document_links(document)
        found[text.pk] = _own_first(made[document.pk] if document else plain_link)
    return found


def _own_first(elsewhere: _Resolver) -> _Resolver:
    return lambda href: own_link(href) or elsewhere(href)


_Documents = dict[int, list[SourceDocument]]
#: What the links of a document's texts depend on.
_LINKING = tuple(
    f"document__{name}" for name in ("key", "language", "source_url", "front_matter", "outline")
)


def _documents_of(articles: Collection[int]) -> _Documents:
    """Return the documents that ``articles`` were imported from, by the keys of these."""
    entries = SourceEntry.objects.filter(article__in=articles).order_by("pk")
    found: _Documents = {}
    for entry in entries.select_related("document").only("article", *_LINKING):
        found.setdefault(entry.article_id, []).append(entry.document)
    return found


def _source_among(documents: _Documents, text: ArticleTranslation) -> SourceDocument | None:
    """Return the document of ``text``: the one in its language, else the first."""
    own = documents.get(text.article_id, [])
    return next((one for one in own if one.language == text.language), next(iter(own), None))


def document_links(document: SourceDocument) -> Callable[[str], Link | None]:
    """Return the function from a link's target, as ``document`` writes it, to where it leads.

    It returns None for a target that leads nowhere.
    """
    around = Surroundings(
        language=document.language,
        source_url=document.source_url,
        find=_Addresses(document),
        is_of_site=is_of_site(document.front_matter, document.source_url),
    )
    return resolver(around)


class _Addresses:
    """The portal's addresses of documents and their anchors, in the language of ``document``.

    Each is looked up once.
    """

    def __init__(self, document: SourceDocument) -> None:
        self.document = document
        self._documents: dict[str, SourceDocument | None] = {"": document}
        self._anchors: dict[int | None, dict[str, tuple[str, str]]] = {}

    def __call__(self, name: str, anchor: str) -> str | None:
        found = self._document(name)
        if found is None:
            return None
        with override(self.document.language):
            page = reverse("troubleshooting:document", kwargs={"key": found.key})
            if not anchor:
                return page
            if found.pk not in self._anchors:
                self._anchors[found.pk] = _anchors_of(found)
            article, fragment = self._anchors[found.pk].get(anchor, ("", ""))
            if article:
                return reverse("troubleshooting:article", kwargs={"slug": article}) + fragment
            return page + fragment if fragment else None

    def _document(self, name: str) -> SourceDocument | None:
        if name not in self._documents:
            key = self._find(name)
            one = SourceDocument.objects.only("key", "outline").get(pk=key) if key else None
            self._documents[name] = one
        return self._documents[name]

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


def _anchors_of(document: SourceDocument) -> dict[str, tuple[str, str]]:
    """Return where each anchor of ``document`` is.

    The slug of an article, "" where it is on the document's own page, and the fragment.
    """
    found = {item["anchor"]: ("", f"#{item['anchor']}") for item in document.outline}
    entries = SourceEntry.objects.filter(document_id=document.pk)
    rows = list(entries.values_list("anchor", "aliases", "article__slug"))
    for anchor, aliases, slug in reversed(rows):  # of two that are called alike the first is meant
        found |= {alias: (slug, f"#{alias}") for alias in aliases}
        found[anchor] = (slug, "")
    return found


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
