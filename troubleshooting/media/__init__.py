"""Images: read from bytes that nobody vouches for, written anew, kept beside the articles."""

from ..texts.bounded import clean_image
from ..texts.pictures import MOST_BYTES, MOST_PIXELS, CleanImage, ImageError
from .documents import DocumentImage, images_of, supply_image
from .limits import MOST_UPLOADED, is_too_large
from .storing import delete_images, known_image, store_clean, store_image
from .wording import image_message, image_remark

__all__ = [
    "MOST_BYTES",
    "MOST_PIXELS",
    "MOST_UPLOADED",
    "CleanImage",
    "DocumentImage",
    "ImageError",
    "clean_image",
    "delete_images",
    "image_message",
    "image_remark",
    "images_of",
    "is_too_large",
    "known_image",
    "store_clean",
    "store_image",
    "supply_image",
]
