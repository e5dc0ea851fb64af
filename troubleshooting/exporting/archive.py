"""A selection of articles -> a zip. The same content makes the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.core.files.storage import default_storage
from django.db.models import Prefetch, QuerySet

from ..models import Article, ArticleTranslation, MediaImage, SourceEntry
from ..querysets import with_source_base
from ..texts.interchange import ArticleFile, write_article
from .collecting import Supplied, article_file, supplied_images

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can tell
_READABLE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class ExportSelection:
    """Which articles to export, of them which languages, and whether with internal notes."""

    articles: QuerySet[Article]
    languages: frozenset[str] = frozenset()
    internal: bool = False


@dataclass(slots=True)
class Exported:
    """How much an archive holds; ``files`` counts texts, an article in one language each."""

    articles: int = 0
    files: int = 0
    images: int = 0


def write_archive(target: IO[bytes], selection: ExportSelection) -> Exported:
    """Write ``selection`` into the binary file ``target``; return how much that was.

    A file of an article is ``SLUG.LANGUAGE.md``, an image ``media/NAME``. No language means all.
    """
    done = Exported()
    images: set[str] = set()
    supplied = supplied_images()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for article in _articles(selection):
            files = list(_files(article, selection, supplied))
            done.articles += bool(files)
            done.files += len(files)
            for file in files:
                name = f"{file.slug}.{file.language}.md"
                _add(archive, name, write_article(file).encode())
                images.update(file.images.values())
        done.images = sum(_add_image(archive, path) for path in sorted(images))
    return done


def _articles(selection: ExportSelection) -> Iterator[Article]:
    texts = with_source_base(
        ArticleTranslation.objects.select_related("rendered").order_by("language")
    )
    entries = SourceEntry.objects.select_related("document").defer(
        "document__raw", "document__preamble", "document__preamble_html", "document__outline"
    )
    articles = selection.articles.order_by("slug").select_related("owner")
    return articles.prefetch_related(
        "platforms", Prefetch("translations", texts), Prefetch("sources", entries)
    ).iterator(chunk_size=100)


def _files(
    article: Article, selection: ExportSelection, supplied: Supplied
) -> Iterator[ArticleFile]:
    for text in article.translations.all():
        if not selection.languages or text.language in selection.languages:
            yield article_file(article, text, supplied, internal=selection.internal)


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = _READABLE
    archive.writestr(member, data)


def _add_image(archive: zipfile.ZipFile, path: str) -> bool:
    """Add the image; False for one that a text names and the portal does not hold."""
    name = PurePosixPath(path).name
    if not MediaImage.objects.filter(name=name).exists() or not default_storage.exists(name):
        return False
    with default_storage.open(name) as file:
        _add(archive, path, file.read())
    return True
