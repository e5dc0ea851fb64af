"""Pictures for tests, made when they are asked for."""

import io

from PIL import Image


def picture(color: str = "teal", form: str = "PNG", size: tuple[int, int] = (40, 30), **options):
    """Return the bytes of a one-coloured image; ``options`` are Pillow's for the format."""
    target = io.BytesIO()
    Image.new("RGB", size, color).save(target, form, **options)
    return target.getvalue()


def frames() -> bytes:
    """A GIF of two frames."""
    target = io.BytesIO()
    first, second = (Image.new("RGB", (20, 10), color) for color in ("red", "blue"))
    first.save(target, "GIF", save_all=True, append_images=[second])
    return target.getvalue()
