"""The picture of an article that other sites show beside a link to it (Open Graph), drawn."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from math import ceil
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

#: What the networks that show such pictures ask for.
SIZE = WIDTH, HEIGHT = 1200, 630
_EDGE = 80
_ROOM = WIDTH - 2 * _EDGE
#: The title: from the largest letters that fit its room down to the smallest, which are cut.
_TITLE_SIZES = (76, 66, 58, 50, 44)
_TITLE_TOP, _TITLE_HEIGHT = 178, 300
_LINE = 1.22
_SMALL = 32
_BRAND = 38
_BACKGROUND, _MARK, _TEXT, _SOFT = "#0b5654", "#0c6e6b", "#ffffff", "#8ff0df"
#: Characters that are looked at; no more have room.
_LONGEST = 400
#: Letters that stand for others which the font does not have.
_INSTEAD = {ord("\u2011"): "-", ord("→"): "›", ord("\t"): " ", ord("\u202f"): "\u00a0"}
#: A letter that no font has.
_NONE = "\uffff"
#: Colours of the stored picture: three, and the steps between them at the edges of letters.
_COLOURS = 32


class PictureCard(NamedTuple):
    """What the picture says: the portal's name, the title, and a line below it."""

    portal: str
    title: str
    below: str


@lru_cache(maxsize=64)
def draw(card: PictureCard) -> bytes:
    """Return the picture as PNG, 1200 by 630."""
    image = Image.new("RGB", SIZE, _BACKGROUND)
    pen = ImageDraw.Draw(image)
    _draw_mark(pen)
    brand, small = _font("Bold", _BRAND), _font("Regular", _SMALL)
    pen.text((_EDGE + 84, _EDGE + 32), drawable(card.portal), _TEXT, brand, anchor="lm")
    size, lines = title_lines(drawable(card.title))
    font = _font("Bold", size)
    for number, line in enumerate(lines):
        pen.text((_EDGE, _TITLE_TOP + number * size * _LINE), line, _TEXT, font)
    (below,) = _wrapped(drawable(card.below), small, 1) or [""]
    pen.text((_EDGE, HEIGHT - _EDGE), below, _SOFT, small, anchor="ls")
    stored = BytesIO()
    image.quantize(_COLOURS).save(stored, "PNG", optimize=True)
    return stored.getvalue()


def _draw_mark(pen: ImageDraw.ImageDraw) -> None:
    """Draw the sign of the portal (``favicon.svg``) of 64 by 64."""
    left, top = _EDGE, _EDGE
    pen.rounded_rectangle((left, top, left + 64, top + 64), 16, _MARK)
    for y, length in ((21, 26), (32, 16), (43, 10)):
        pen.line((left + 19, top + y, left + 19 + length, top + y), _TEXT, 5)
    tick = [(left + 36, top + 42), (left + 41, top + 48), (left + 50, top + 39)]
    pen.line(tick, _SOFT, 5, joint="curve")


def title_lines(title: str) -> tuple[int, list[str]]:
    """Return the size of the letters and the lines of a title, cut where none is small enough."""
    for size in _TITLE_SIZES:
        most = int(_TITLE_HEIGHT / (size * _LINE))
        lines = _wrapped(title, _font("Bold", size), most)
        if not lines or not lines[-1].endswith("…") or title.endswith("…"):
            break
    return size, lines


def _wrapped(text: str, font: ImageFont.FreeTypeFont, most: int) -> list[str]:
    """Return ``text`` in lines no wider than the room, ``most`` of them; more end with "…"."""
    lines: list[str] = []
    left = text.split(" ")
    while left and len(lines) <= most:
        line, left = _line_of(left, font)
        lines.append(line)
    if len(lines) > most:
        lines = lines[:most]
        while lines[-1] and font.getlength(f"{lines[-1]}…") > _ROOM:
            lines[-1] = lines[-1][:-1]
        lines[-1] = f"{lines[-1].rstrip()}…"
    return [line for line in lines if line]


def _line_of(words: list[str], font: ImageFont.FreeTypeFont) -> tuple[str, list[str]]:
    """Return the line that the first of ``words`` make, and the words that are left."""
    line = words[0]
    if font.getlength(line) > _ROOM:  # a path, say: it breaks anywhere
        places = range(1, len(line) + 1)
        fits = max(1, bisect_right(places, _ROOM, key=lambda end: ceil(font.getlength(line[:end]))))
        return line[:fits], [line[fits:], *words[1:]]
    taken = 1
    while taken < len(words) and font.getlength(f"{line} {words[taken]}") <= _ROOM:
        line, taken = f"{line} {words[taken]}", taken + 1
    return line, words[taken:]


def drawable(text: str) -> str:
    """Return ``text`` in letters that the font has: else the letter without its accent, or none."""
    text = unicodedata.normalize("NFC", text[:_LONGEST]).translate(_INSTEAD)
    return "".join(map(_letter, text)).strip()


@lru_cache(maxsize=1024)
def _letter(letter: str) -> str:
    if letter.isspace():
        return letter
    if unicodedata.category(letter).startswith("C"):
        return ""
    plain = unicodedata.normalize("NFKD", letter)
    return next((one for one in (letter, plain, plain[0]) if all(map(_is_known, one))), "")


def _is_known(letter: str) -> bool:
    font = _font("Bold", _SMALL)
    return bytes(font.getmask(letter)) != bytes(font.getmask(_NONE))


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    # Basic layout: the other one depends on a library that not every machine has.
    path = files("font_lato") / "files" / f"Lato-{weight}.ttf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
