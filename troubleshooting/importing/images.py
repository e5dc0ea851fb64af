"""The images that the documents of an import name, stored where they lie beside them.

What they hold is read and written anew before the transaction that stores them, which is short.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..media import (
    MOST_BYTES,
    CleanImage,
    ImageError,
    image_remark,
    known_image,
    store_clean,
)
from ..models import MediaImage, SourceImage
from ..texts.bounded import clean_image
from ..texts.converting import INSIDE
from ..texts.docfx import DocfxDocument
from ..texts.image_paths import named_images, path_of
from .trees import SourceFile


@dataclass(frozen=True, slots=True)
class ReadyImage:
    """An image that only has to be stored, or that is stored already."""

    image: CleanImage | MediaImage
    original_name: str

    @property
    def address(self) -> str:
        """Return the address at which the portal shows it."""
        return MediaImage(name=self.image.name).get_absolute_url()

    def store(self) -> MediaImage:
        """Return its row."""
        if isinstance(self.image, MediaImage):
            return self.image
        return store_clean(self.image, original_name=self.original_name)


@dataclass(slots=True)
class ReadyImages:
    """The images of a document by the paths that it gives, and messages on what are none."""

    by_path: dict[str, ReadyImage] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)


def read_images(file: SourceFile, document: DocfxDocument, key: str) -> ReadyImages:
    """Return the images that ``document`` names and that lie in its tree.

    One that is not there is not supplied yet: the administration lists it. One that an editor
    supplied for the key stays.
    """
    images = ReadyImages()
    by_editors = SourceImage.objects.filter(document_key=key, image__uploaded_by__isnull=False)
    kept = set(by_editors.values_list("path", flat=True))
    for path in _paths(document):
        if path in kept:
            continue
        try:
            image = read_image(file, path)
        except ImageError as error:
            images.messages.append(f"{file.display_path}: {path}: {image_remark(error)}")
            continue
        if image:
            images.by_path[path] = image
    return images


def store_images(images: ReadyImages, key: str) -> None:
    """Store ``images`` for the documents of ``key``."""
    for path, image in images.by_path.items():
        SourceImage.objects.update_or_create(
            document_key=key, path=path, defaults={"image": image.store()}
        )


def read_image(file: SourceFile, path: str) -> ReadyImage | None:
    """Return the image at ``path`` (from the place of ``file``); None where there is none.

    Raise ``ImageError``.
    """
    found = _inside(file, path)
    if found is None:
        return None
    with found.open("rb") as source:
        raw = source.read(MOST_BYTES + 1)
    return ReadyImage(known_image(raw) or clean_image(raw), found.name)


def _inside(file: SourceFile, path: str) -> Path | None:
    """Return the file that ``path`` means, if it lies in the tree that is imported."""
    if file.converted and (file.converted / path).is_file() and path.startswith(f"{INSIDE}/"):
        return file.converted / path
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


def _paths(document: DocfxDocument) -> Iterable[str]:
    texts = [text for entry in document.entries for text in entry.texts.values()]
    texts += [document.preamble, *(item.intro for item in document.outline)]
    images = (image for text in texts for image in named_images(text))
    return dict.fromkeys(path for image in images if (path := path_of(image.source)))
