"""An article in one language -> what its file says, and which images go with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..models import Article, ArticleTranslation, SourceEntry, SourceImage
from ..texts.image_paths import named_images, path_of
from ..texts.interchange import ArticleFile, FileOrigin
from ..texts.sections import SECTIONS

FOLDER = "media"
_OWN_IMAGE = re.compile(r"/media/([0-9a-f]{16,64}\.[a-z]{3,4})")

#: (key of a document, path in it) -> name of the image.
Supplied = Mapping[tuple[str, str], str]


def supplied_images() -> dict[tuple[str, str], str]:
    """Return the names of the images that documents came with."""
    rows = SourceImage.objects.values_list("document_key", "path", "image__name")
    return {(key, path): name for key, path, name in rows}


def article_file(
    article: Article, text: ArticleTranslation, supplied: Supplied, *, internal: bool
) -> ArticleFile:
    """Return what the file of ``text`` says: with its snippets, as readers get it.

    ``article`` and ``text`` come with all that they refer to.

    ``text.is_stale`` is as ``querysets.with_source_base`` annotates it. The internal note is
    given away only with ``internal``.
    """
    rendered = getattr(text, "rendered", None)
    texts = {**text.texts(), **(rendered.expanded if rendered else {})}
    if not internal:
        del texts["internal"]
    entries = _entries(article, text.language)
    return ArticleFile(
        slug=article.slug,
        language=text.language,
        texts=texts,
        kind=article.kind,
        platforms=dict(sorted((each.slug, each.name) for each in article.platforms.all())),
        status=article.status,
        audience=article.audience,
        owner=article.owner.get_username() if article.owner else "",
        reviewed=article.reviewed,
        review_due=article.review_due,
        translated_from=text.source_language,
        outdated=text.is_stale,
        origins=[_origin(entry, text) for entry in entries],
        images=_images(texts, [entry.document.key for entry in article.sources.all()], supplied),
    )


def _entries(article: Article, language: str) -> list[SourceEntry]:
    """Return the parts of documents in ``language``.

    Without one, those that the text goes back to.
    """
    entries = sorted(article.sources.all(), key=lambda e: (e.document.key, e.document.language))
    return [entry for entry in entries if entry.document.language == language] or entries


def _origin(entry: SourceEntry, text: ArticleTranslation) -> FileOrigin:
    document = entry.document
    own = document.language == text.language
    edited = own and any(
        entry.base.get(name, "") != getattr(text, name) for name in ("title", *SECTIONS)
    )
    return FileOrigin(
        document=document.key,
        language=document.language,
        title=document.title,
        path=document.path,
        url=document.source_url,
        date=str(document.date or ""),
        licence=document.licence,
        licence_url=document.licence_url,
        attribution=document.attribution,
        anchor=entry.anchor,
        anchors=entry.aliases,
        codes=entry.codes,
        position=entry.position,
        edited=edited,
    )


def _images(texts: Mapping[str, str], keys: list[str], supplied: Supplied) -> dict[str, str]:
    """Return what ``texts`` call an image -> its file in the archive."""
    files: dict[str, str] = {}
    for text in texts.values():
        for image in named_images(text):
            own = _OWN_IMAGE.fullmatch(image.source)
            path = image.source if own else path_of(image.source)
            names = [own[1]] if own else [supplied.get((key, path), "") for key in keys]
            if name := next(filter(None, names), ""):
                files[path] = f"{FOLDER}/{name}"
    return dict(sorted(files.items()))
