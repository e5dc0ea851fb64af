"""The images that the documents of an import name, stored where they lie beside them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..media import MOST_BYTES, ImageError, image_message, store_image
from ..models import MediaImage, SourceImage
from ..texts.docfx import Document
from ..texts.image_paths import named_images, path_of
from .files import SourceFile


def import_images(file: SourceFile, document: Document, key: str) -> list[str]:
    """Stores the images that ``document`` names and that lie in its tree, for the key.

    Returns messages on those that are no images. One that is not there is not supplied yet: the
    administration lists it. One that an editor supplied stays.
    """
    messages = []
    by_editors = SourceImage.objects.filter(document_key=key, image__uploaded_by__isnull=False)
    kept = set(by_editors.values_list("path", flat=True))
    for path in _paths(document):
        if path in kept:
            continue
        try:
            image = read_image(file, path)
        except ImageError as error:
            messages.append(f"{file.shown}: {path}: {image_message(error)}")
            continue
        if image:
            SourceImage.objects.update_or_create(
                document_key=key, path=path, defaults={"image": image}
            )
    return messages


def read_image(file: SourceFile, path: str) -> MediaImage | None:
    """Return the image at ``path`` (from the place of ``file``), stored; None where there is none.

    Raise ``ImageError``.
    """
    found = _inside(file, path)
    if found is None:
        return None
    with found.open("rb") as source:
        return store_image(source.read(MOST_BYTES + 1), original_name=found.name)


def _inside(file: SourceFile, path: str) -> Path | None:
    """The file that ``path`` means, if it lies in the tree that is imported."""
    start = file.top if path.startswith("/") else file.path.parent
    try:
        found = _in_any_case(start, path.lstrip("/")).resolve()
        inside = found.is_relative_to(file.root.resolve()) and found.is_file()
    except (OSError, ValueError):
        return None
    return found if inside else None


def _in_any_case(start: Path, path: str) -> Path:
    """Return ``path`` below ``start``; authors on Windows write names in whatever case."""
    place = start / path
    if place.exists():
        return place
    place = start
    for name in Path(path).parts:
        if not (place / name).exists() and place.is_dir():
            names = (entry.name for entry in place.iterdir())
            name = next((one for one in sorted(names) if one.casefold() == name.casefold()), name)
        place /= name
    return place


def _paths(document: Document) -> Iterable[str]:
    texts = [text for entry in document.entries for text in entry.texts.values()]
    texts += [document.preamble, *(item.intro for item in document.outline)]
    images = (image for text in texts for image in named_images(text))
    return dict.fromkeys(path for image in images if (path := path_of(image.source)))
