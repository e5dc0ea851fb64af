"""The process that decodes images: what it may take, and that no other does its work."""

from __future__ import annotations

import ast
import io
from pathlib import Path
from time import process_time

import pytest
from django.utils.translation import override
from PIL import Image

from tests.pictures import picture
from tests.unit.sources import trees
from troubleshooting.media.wording import image_message
from troubleshooting.texts import pictures
from troubleshooting.texts.bounded import FOR_NOW, Limits, UnrenderableText, clean_image
from troubleshooting.texts.bounded import limits as bounds
from troubleshooting.texts.bounded.pool import Pool
from troubleshooting.texts.pictures import ImageError

APP = Path(pictures.__file__).resolve().parents[1]


def noise(form: str, side: int) -> bytes:
    """Return a picture in which no two neighbours are alike, the hardest to write."""
    target = io.BytesIO()
    options = {"lossless": True, "method": 0} if form == "WEBP" else {}
    Image.effect_noise((side, side), 90).convert("RGB").save(target, form, **options)
    return target.getvalue()


@pytest.mark.parametrize("form", ["PNG", "WEBP", "JPEG"])
def test_a_large_picture_costs_the_server_next_to_nothing(form: str):
    raw = noise(form, 1_000)
    clean_image(picture())  # the process has started
    begin = process_time()
    image = clean_image(raw)
    here = process_time() - begin
    begin = process_time()
    assert pictures.clean_image(raw) == image
    assert here < (process_time() - begin) / 2


@pytest.mark.parametrize(
    "limits",
    [Limits(seconds=0.01), Limits(seconds=10, memory=4 * 1024 * 1024)],
    ids=["time", "memory"],
)
def test_a_picture_beyond_a_bound_is_refused(limits: Limits, monkeypatch):
    monkeypatch.setattr(bounds, "PATIENCE", 10_000)  # by the clock of a busy machine it is not now
    with pytest.raises(ImageError) as caught:
        clean_image(noise("PNG", 1_500), limits=limits)
    assert caught.value.code == "image_too_slow"
    assert clean_image(picture()).width == 40


@pytest.mark.parametrize("reason", FOR_NOW)
def test_a_busy_machine_is_not_blamed_on_the_picture(reason: str, monkeypatch):
    def refuse(self, *arguments, **options):
        raise UnrenderableText("", reason)

    monkeypatch.setattr(Pool, "call", refuse)
    with pytest.raises(ImageError) as caught:
        clean_image(picture())
    with override("en"):
        assert "too busy" in image_message(caught.value)


def test_what_is_no_picture_is_told_as_before():
    with pytest.raises(ImageError) as caught:
        clean_image(b"words")
    assert caught.value.code == "image_format"


def test_nobody_else_decodes():
    users = set()
    for name, tree in trees().items():
        imported = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
        for node in imported:
            unbounded = (node.module or "").endswith("pictures") and node.level != 1
            if unbounded and "clean_image" in {alias.name for alias in node.names}:
                users.add(name)
            if (node.module or "").startswith("PIL"):
                users.add(name)
    # What draws pictures opens none.
    drawing = "representing/web/picture.py"
    assert users == {"texts/bounded/jobs.py", "texts/pictures.py", drawing}
    assert ".open(" not in (APP / drawing).read_text("utf-8")
