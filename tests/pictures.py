"""Pictures for tests, made when they are asked for."""

import io

from PIL import Image


def picture(color: str = "teal", form: str = "PNG", size: tuple[int, int] = (40, 30), **options):
    """Return the bytes of a one-coloured image; ``options`` are Pillow's for the format."""
    target = io.BytesIO()
    Image.new("RGB", size, color).save(target, form, **options)
    return target.getvalue()
