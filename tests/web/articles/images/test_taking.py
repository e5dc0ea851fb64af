"""A picture is taken only if it is one, and written anew: nothing but what is seen is kept."""

import io
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from tests.pictures import frames, picture
from troubleshooting.media import MOST_BYTES, ImageError, clean_image

SECRET = b"<script>secret</script>"


def with_metadata(form: str) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    return picture(form=form, exif=exif, icc_profile=SECRET)


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        (picture(), "image/png"),
        (picture(form="JPEG"), "image/jpeg"),
        (picture(form="WEBP"), "image/webp"),
        (picture(form="GIF"), "image/png"),
    ],
    ids=["png", "jpeg", "webp", "gif"],
)
def test_the_four_formats_are_taken(raw, content_type):
    image = clean_image(raw)
    assert (image.content_type, image.width, image.height) == (content_type, 40, 30)
    with Image.open(io.BytesIO(image.data)) as stored:
        assert stored.size == (40, 30)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_nothing_but_the_picture_is_kept(form):
    raw = with_metadata(form) + SECRET
    assert SECRET in raw
    image = clean_image(raw)
    assert b"script" not in image.data
    assert "exif" not in Image.open(io.BytesIO(image.data)).info


def test_a_photograph_is_turned_as_its_camera_says():
    exif = Image.Exif()
    exif[0x0112] = 6
    image = clean_image(picture(form="JPEG", size=(40, 20), exif=exif))
    assert (image.width, image.height) == (20, 40)


def test_of_what_moves_the_first_frame_is_kept():
    image = clean_image(frames())
    assert image.is_first_frame
    stored = Image.open(io.BytesIO(image.data))
    assert getattr(stored, "n_frames", 1) == 1
    assert stored.convert("RGB").getpixel((1, 1)) == (255, 0, 0)


def bomb() -> bytes:
    """A PNG of few bytes that says it has 10 billion pixels."""
    raw = bytearray(picture())
    raw[16:24] = (100_000).to_bytes(4, "big") * 2
    raw[29:33] = zlib.crc32(raw[12:29]).to_bytes(4, "big")
    return bytes(raw)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image_format"),
        (b"", "image_format"),
        (b"BM" + bytes(60), "image_format"),
        (b"GIF89a" + SECRET, "image_format"),
        (picture()[:60], "image_broken"),
        (picture(form="JPEG")[:300], "image_broken"),
        (bomb(), "image_too_many_pixels"),
        (picture(form="GIF", size=(5_001, 5_000)), "image_too_many_pixels"),
        (picture() + bytes(MOST_BYTES), "image_too_large"),
    ],
    ids=["svg", "empty", "bmp", "gif-text", "cut", "cut-jpeg", "bomb", "pixels", "bytes"],
)
def test_anything_else_is_refused(raw, code):
    with pytest.raises(ImageError) as caught:
        clean_image(raw)
    assert caught.value.code == code


@hypothesis_settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([picture(), picture(form="JPEG"), picture(form="WEBP"), frames()]),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_damaged_bytes_make_an_image_or_a_clear_refusal(raw, changes):
    damaged = bytearray(raw)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    with suppress(ImageError):
        assert clean_image(bytes(damaged)).data
