"""What the row of an error table is called: its codes, and what its cells say of them."""

from __future__ import annotations

import re

from ....codes import find_codes, without_invisible
from ....languages import Labels
from ....plain import first_sentence
from ...anchors import plain
from .cells import Cell
from .keys import NOTE_MARK, read_key

# A line that ends, as people write it too: "</br>".
_BREAK = re.compile(r"<(?:/?br|p|ul|ol)\b[^>]*>")
# A message of several sentences is one between its quotation marks.
_QUOTED = re.compile(r"[\"“„«]\s*(?P<said>[^\"“”„«»]+?)\s*[\"”“»]\.?")
# The number of a step: no words of a title.
_COUNT = re.compile(r"\s*[0-9]{1,2}[.)]\s+")
# Behind a code, what it says in words.
_SAID_OF_CODE = re.compile(r"\s*[:–—-]\s+(?=[^\W\d_]+\s)")
SHOWN_CODES = 3
LONGEST_TITLE = 160


def row_title(codes: list[str], cells: list[Cell], labels: Labels) -> str:
    """Return the ``codes`` of a row and what its cells say of them, or the message's first line."""
    messages = [cell for kind, _, cell in cells if kind == "message"]
    message = next((cell for cell in messages if not labels.says("nothing", plain(cell))), "")
    if message and read_key(message).rest:
        first = plain(re.split(r"<br\s*/?>", message)[0]).strip()
        quoted = _QUOTED.fullmatch(first)
        return _shortened(quoted["said"].rstrip(" .") if quoted else first_sentence(first))
    said = _said(cells, "problem", "cause", "message")
    if not said and (told := _told_with_code(cells)):
        return _shortened(told)
    said = said or _said(cells, "other", "") or (_said(cells, "resolution") if codes else "")
    shown = ", ".join(codes[:SHOWN_CODES]) + (", …" if len(codes) > SHOWN_CODES else "")
    pieces = (piece for piece in _BREAK.split(NOTE_MARK.sub("", said)) if plain(piece).strip())
    sentence = first_sentence(plain(_COUNT.sub("", next(pieces, ""))))
    key = next((cell for kind, _, cell in cells if kind in ("code", "message")), "")
    shown = shown or first_sentence(plain(_BREAK.split(key)[0]))
    if not shown or not sentence:
        return _shortened(shown or sentence)
    return _shortened(f"{shown}{labels.words['colon']}{sentence}")


def _said(cells: list[Cell], *kinds: str) -> str:
    """Return the first cell of the first of ``kinds`` that says more than codes, or ""."""
    return next(
        (c for wanted in kinds for kind, _, c in cells if kind == wanted and read_key(c).rest), ""
    )


def _told_with_code(cells: list[Cell]) -> str:
    """Return what a cell of codes says of the code that it begins with, or "".

    "HTTP 400: The payload is empty."
    """
    for kind, _, cell in cells:
        first = plain(_BREAK.split(cell)[0]).strip() if kind == "code" else ""
        found = find_codes(first)
        if found and found[0].start == 0 and _SAID_OF_CODE.match(first, found[0].end):
            return first_sentence(first)
    return ""


def _shortened(title: str) -> str:
    """Return a title that fits, cut between words."""
    title = without_invisible(title)
    if len(title) <= LONGEST_TITLE:
        return title
    return title[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" \u00a0,;:") + "…"
