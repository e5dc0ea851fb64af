"""What documents name of other files of their tree: images, and what they include. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote

_INCLUDED = re.compile(r"\[!INCLUDE\s*\[[^\]]*\]\s*\(([^)\n]*)\)", re.IGNORECASE)
# A name may hold blanks, or be the last word of a line.
_IMAGES = tuple(
    re.compile(rf"{name}\.(?:png|jpe?g|gif|webp)", re.IGNORECASE)
    for name in (r"[^/\\\"'()<>\[\]=\n]+", r"[^/\\\"'()<>\[\]=\s]+")
)


def included_in(text: str) -> set[str]:
    """Return the names of the files that a document says it includes, in lower case."""
    targets = (target.split("#")[0].strip() for target in _INCLUDED.findall(text))
    return {PurePosixPath(unquote(target)).name.lower() for target in targets if target}


def images_in(texts: Iterable[str]) -> set[str]:
    """Return the names of the images that documents show, in lower case."""
    whole = [unquote(text) for text in texts]
    return {
        name.strip().lower() for text in whole for form in _IMAGES for name in form.findall(text)
    }
