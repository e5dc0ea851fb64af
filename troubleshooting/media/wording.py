"""What is wrong with an image, in the words of whoever uploads it: what, why, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from ..texts.pictures import ImageError
from ..texts.remarks import in_words, whole_remark

MESSAGES = {
    "image_format": gettext_noop(
        "This is not a PNG, JPEG, GIF or WebP image. Save it in one of these formats."
    ),
    "image_broken": gettext_noop(
        "The image is damaged or incomplete. Open it, save it again and upload that file."
    ),
    "image_too_large": gettext_noop(
        "The image is too large: %(detail)s MB, and 10 MB is the limit. Make it smaller."
    ),
    "image_too_slow": gettext_noop(
        "The image takes too much time or memory to read. Make it smaller, or save it as JPEG."
    ),
    "image_not_now": gettext_noop(
        "The server is too busy to read the image now. Try again in a few minutes."
    ),
    "image_too_many_pixels": gettext_noop(
        "The image has too many pixels (%(detail)s), and 25 million is the limit. Make it smaller."
    ),
}


def image_message(error: ImageError) -> str:
    """Return what is wrong, in the active language."""
    return in_words(image_remark(error))


def image_remark(error: ImageError) -> str:
    """Return what is wrong, to be read in any language."""
    return whole_remark(MESSAGES[error.code], detail=error.detail or "?")
