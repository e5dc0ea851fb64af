#!/usr/bin/env python3
"""Draw the logos that Zendesk asks for (320 and 128 pixels square) as the icon of the portal."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "clients" / "zendesk" / "assets"
LOGOS = {"logo.png": 320, "logo-small.png": 128}
#: The icon is a drawing of 32 by 32 (``static/portal/icons/favicon.svg``); edges are smoothed by 4.
_UNITS, _SMOOTH = 32, 4
_GREEN, _WHITE, _LIGHT = "#0c6e6b", "#ffffff", "#8ff0df"


def logo(pixels: int) -> Image.Image:
    """Return the icon of that size."""
    size = pixels * _SMOOTH
    unit = size / _UNITS
    image = Image.new("RGBA", (size, size))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, size - 1, size - 1), 8 * unit, _GREEN)
    for y, length in ((10.5, 13), (16, 8), (21.5, 5)):
        _stroke(pen, [(9.5, y), (9.5 + length, y)], 2.4, _WHITE, unit)
    _stroke(pen, [(18, 21.2), (20.6, 23.8), (25, 19.4)], 2.6, _LIGHT, unit)
    return image.resize((pixels, pixels), Image.Resampling.LANCZOS)


def _stroke(
    pen: ImageDraw.ImageDraw,
    points: list[tuple[float, float]],
    width: float,
    colour: str,
    unit: float,
) -> None:
    """Draw a line with round ends."""
    scaled = [(x * unit, y * unit) for x, y in points]
    pen.line(scaled, colour, round(width * unit), joint="curve")
    half = width * unit / 2
    for x, y in (scaled[0], scaled[-1]):
        pen.ellipse((x - half, y - half, x + half, y + half), colour)


def main() -> int:
    for name, pixels in LOGOS.items():
        logo(pixels).save(ASSETS / name, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
