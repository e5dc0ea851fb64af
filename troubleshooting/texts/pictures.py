"""The bytes of an upload -> an image written anew, with nothing in it but its picture. Pure.

What the bytes are is read from the bytes, never from a name. The picture alone is kept: no Exif,
no comment, no colour profile, nothing that stands behind the image's end. A photograph is turned
as its camera says. A moving picture becomes its first frame: readers could not stop it (WCAG 2.2,
success criterion 2.2.2); since a still GIF is better kept as PNG, that is what it becomes.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 25_000_000
#: Format -> content type and the ending of the file's name.
STORAGE_FORMATS = {
    "PNG": ("image/png", "png"),
    "JPEG": ("image/jpeg", "jpg"),
    "WEBP": ("image/webp", "webp"),
}
READABLE_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_NAME_LENGTH = 32
#: Pixels from which a picture is written in the swift way, for a few percent more bytes.
_LARGE = 2_000_000
_LOSSLESS: dict[str, object] = {"lossless": True}
_SWIFT: dict[str, object] = {"method": 1, "quality": 40}
_ORIENTATION = 0x0112  # Exif 2.32, tag 274
_UPRIGHT = 1
# What Pillow raises on bytes that are broken or made to break it.
_BROKEN = (
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    OSError,
    OverflowError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    ZeroDivisionError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)


class ImageError(ValueError):
    """Bytes that are not taken; ``code`` names the reason, ``detail`` is a fact to show with it.

    The codes are the keys of ``media.wording.MESSAGES``.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class CleanImage:
    """An image as it is stored. ``name`` is a hash of ``data`` with the ending of its format.

    ``is_first_frame``: the original moved.
    """

    name: str
    data: bytes
    content_type: str
    width: int
    height: int
    is_first_frame: bool = False


def clean_image(raw: bytes) -> CleanImage:
    """Write the picture that ``raw`` (PNG, JPEG, GIF or WebP) holds anew.

    Size and dimensions are checked before anything is decoded. Raise ``ImageError``.
    """
    if len(raw) > MOST_BYTES:
        raise ImageError("image_too_large", f"{len(raw) / 1024 / 1024:.1f}")
    image = _open(raw)
    if image.width * image.height > MOST_PIXELS:
        raise ImageError("image_too_many_pixels", f"{image.width} × {image.height}")
    try:
        return _rewritten(image, raw)
    except _BROKEN as error:
        raise ImageError("image_broken") from error


def stem_of(data: bytes) -> str:
    """Return the name, without its ending, under which an image with these bytes is stored."""
    return hashlib.sha256(data).hexdigest()[:_NAME_LENGTH]


def _open(raw: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(raw), formats=READABLE_FORMATS)
    except Image.DecompressionBombError as error:
        # Pillow refuses at once what is beyond twice its own limit.
        most = 2 * (Image.MAX_IMAGE_PIXELS or MOST_PIXELS)
        raise ImageError("image_too_many_pixels", f"> {most}") from error
    except UnidentifiedImageError as error:
        raise ImageError("image_format") from error
    except _BROKEN as error:
        raise ImageError("image_broken") from error


def _rewritten(image: Image.Image, raw: bytes) -> CleanImage:
    moves = getattr(image, "is_animated", False)
    kept = "PNG" if image.format == "GIF" else image.format or ""
    image.load()
    turned = image.getexif().get(_ORIENTATION, _UPRIGHT) != _UPRIGHT
    options = _options(image, raw, turned)
    # Pillow would write profiles, comments and Exif data again that it finds here.
    image.info = {name: image.info[name] for name in ("transparency",) if name in image.info}
    if turned:
        # The same tag, by which the picture is turned, was read above.
        image = _upright(image)
    if kept == "JPEG" and image.mode not in ("L", "RGB"):
        image = image.convert("RGB")
        options = {"quality": 90}
    target = io.BytesIO()
    image.save(target, format=kept, **options)
    data = target.getvalue()
    content_type, ending = STORAGE_FORMATS[kept]
    return CleanImage(
        f"{stem_of(data)}.{ending}", data, content_type, image.width, image.height, bool(moves)
    )


def _upright(image: Image.Image) -> Image.Image:
    turned = ImageOps.exif_transpose(image)
    turned.info = {name: turned.info[name] for name in ("transparency",) if name in turned.info}
    return turned


def _options(image: Image.Image, raw: bytes, turned: bool) -> dict[str, object]:
    """Return how to write the picture so that it loses as little as can be."""
    match image.format:
        case "JPEG":
            return {"quality": 90 if turned else "keep", "optimize": True}
        case "WEBP":
            # RFC 9649: the chunk of a lossless picture is the first, or follows few others.
            lossless = b"VP8L" in raw[:256]
            return _LOSSLESS | _effort(image, _SWIFT) if lossless else {"quality": 90, "method": 4}
    return _effort(image, {}, {"optimize": True})


def _effort(
    image: Image.Image, large: dict[str, object], small: dict[str, object] | None = None
) -> dict[str, object]:
    """Return how hard to look for a shorter file: for a large picture that takes many seconds."""
    return large if image.width * image.height > _LARGE else small or {}
