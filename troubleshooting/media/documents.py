"""The images of a document: which its articles name, which are there, and how one is supplied."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import models, transaction

from .. import deriving
from ..models import ArticleTranslation, MediaImage, SourceDocument, SourceImage
from ..texts.image_paths import named_images, path_of
from ..texts.sections import SECTIONS

_OWN = "/media/"


@dataclass(slots=True)
class DocumentImage:
    """An image that ``texts`` of a document's articles name by ``path``.

    ``image`` is None where it is missing; ``words`` stand for it then.
    """

    path: str
    words: str
    image: MediaImage | None
    texts: list[ArticleTranslation] = field(default_factory=list)


def images_of(document: SourceDocument) -> list[DocumentImage]:
    """Return the images that the articles of ``document`` name in its language, in their order."""
    rows = SourceImage.objects.filter(document_key=document.key).select_related("image")
    supplied = {row.path: row.image for row in rows}
    found: dict[str, DocumentImage] = {}
    for text in _texts(document.key).filter(language=document.language):
        for path, words in _named(text):
            image = found.setdefault(path, DocumentImage(path, words, supplied.get(path)))
            if text not in image.texts:
                image.texts.append(text)
    return list(found.values())


@transaction.atomic
def supply_image(document_key: str, path: str, image: MediaImage) -> int:
    """Make ``image`` what documents of the key mean by ``path``; return how many texts show it.

    An image that was there before is replaced.
    """
    SourceImage.objects.update_or_create(
        document_key=document_key, path=path, defaults={"image": image}
    )
    texts = [text for text in _texts(document_key) if path in dict(_named(text))]
    for text in texts:
        deriving.derive(text)
    return len(texts)


def _texts(document_key: str) -> models.QuerySet[ArticleTranslation]:
    """Return the texts of the articles of documents with that key, in their order."""
    texts = ArticleTranslation.objects.filter(article__sources__document__key=document_key)
    first = models.Min("article__sources__position")
    return texts.annotate(first=first).order_by("first", "pk")


def _named(text: ArticleTranslation) -> list[tuple[str, str]]:
    """Return (path, words) of the images of a document that ``text`` names."""
    images = [image for name in SECTIONS for image in named_images(getattr(text, name))]
    paths = ((path_of(image.source), image) for image in images)
    return [(path, image.words) for path, image in paths if path and not path.startswith(_OWN)]
