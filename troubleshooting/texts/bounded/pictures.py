"""The bounded counterpart of ``pictures``: an image is decoded and written in a process of its own.

It is not one of those that read texts, so that no editor waits for a large picture.
"""

from __future__ import annotations

from ..pictures import MOST_BYTES, CleanImage, ImageError
from .limits import FOR_NOW, Limits, UnrenderableText
from .pool import Pool

pool = Pool(size=1)
#: Twice what the largest pictures take that may be uploaded; their pixels, decoded, several times.
PICTURE = Limits(seconds=10, memory=768 * 1024 * 1024)
_CODES = {
    "too_slow": "image_too_slow",
    "too_large": "image_too_slow",
    **dict.fromkeys(FOR_NOW, "image_not_now"),
}


def clean_image(raw: bytes, *, limits: Limits = PICTURE) -> CleanImage:
    """Return the picture that ``raw`` (PNG, JPEG, GIF or WebP) holds, written anew.

    Raise ``ImageError`` where it is no such picture, has more bytes or pixels than an upload may
    have, or takes longer or more memory than ``limits`` to be written, or the machine is too busy.
    """
    if len(raw) > MOST_BYTES:  # not worth sending
        raise ImageError("image_too_large", f"{len(raw) / 1024 / 1024:.1f}")
    try:
        image: CleanImage = pool.call("picture", raw, limits=limits)
    except UnrenderableText as error:
        raise ImageError(_CODES.get(error.reason, "image_broken")) from error
    return image
