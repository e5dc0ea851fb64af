"""Rows of images and their files, in step with each other whatever becomes of the transaction.

A new file waits in a temporary folder until the row is committed; where that never happens it
goes away with its last reference. A file is deleted after its row is.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction

from ..models import MediaImage
from ..texts.bounded import clean_image
from ..texts.pictures import CleanImage, stem_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def store_image(raw: bytes, *, original_name: str = "", user: User | None = None) -> MediaImage:
    """Return the image that ``raw`` holds, stored once however often it comes.

    Raise ``ImageError``. Its file is there when the surrounding transaction is committed.
    """
    known = known_image(raw)
    return known or store_clean(clean_image(raw), original_name=original_name, user=user)


def known_image(raw: bytes) -> MediaImage | None:
    """Return the stored image that ``raw`` is byte for byte; None where there is none.

    What the portal wrote itself and gave away in an export is not written anew: a JPEG or WebP
    would lose a little each time, and have another name.
    """
    known = MediaImage.objects.filter(name__startswith=f"{stem_of(raw)}.").first()
    return known if known and default_storage.exists(known.name) else None


@transaction.atomic
def store_clean(
    image: CleanImage, *, original_name: str = "", user: User | None = None
) -> MediaImage:
    """Do as ``store_image``, for an image that is written anew already."""
    row, is_new = MediaImage.objects.get_or_create(
        name=image.name,
        defaults={
            "file": image.name,
            "original_name": original_name[:200],
            "content_type": image.content_type,
            "width": image.width,
            "height": image.height,
            "size": len(image.data),
            "uploaded_by": user,
        },
    )
    # The file of an old row may have been lost with a disk: then it is written again.
    if is_new or not default_storage.exists(image.name):
        transaction.on_commit(partial(_keep_file, row.pk, image.name, _waiting(image)))
    return row


def _waiting(image: CleanImage) -> TemporaryUploadedFile:
    file = TemporaryUploadedFile(image.name, image.content_type, len(image.data), None)
    file.write(image.data)
    file.flush()
    file.seek(0)
    return file


def _keep_file(key: int, name: str, file: TemporaryUploadedFile) -> None:
    try:
        if not default_storage.exists(name):
            default_storage.save(name, file)
    except OSError:
        MediaImage.objects.filter(pk=key).delete()
        raise
    finally:
        file.close()


@transaction.atomic
def delete_images(images: Iterable[MediaImage]) -> int:
    """Delete ``images`` with their files; return how many. Those in use stay."""
    keys = [image.pk for image in images]
    unused = list(MediaImage.objects.filter(pk__in=keys).unused().select_for_update())
    MediaImage.objects.filter(pk__in=[image.pk for image in unused]).delete()
    transaction.on_commit(partial(_drop_files, [image.name for image in unused]))
    return len(unused)


def _drop_files(names: list[str]) -> None:
    again = set(MediaImage.objects.filter(name__in=names).values_list("name", flat=True))
    for name in names:
        if name not in again:
            default_storage.delete(name)
