"""Small helpers for plain text of any language. Pure."""

from __future__ import annotations

import re

# A full stop ends a sentence where a space and a capital, a quotation or a list follow.
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\s\u00a0]+(?=[^\Wa-zà-öø-ÿ]|[«“\"(*\[])")
_ABBREVIATION = re.compile(r"\b(?:[A-Za-z]|e\.g|i\.e|etc|ex|cf|vs|no|n°)\.$", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    """``text`` cut after each sentence; joined by a space they are the text again."""
    parts: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if parts and _ABBREVIATION.search(parts[-1]):
            parts[-1] = f"{parts[-1]} {piece}"
        else:
            parts.append(piece)
    return parts


def first_sentence(text: str) -> str:
    """The first sentence of ``text``, without its full stop."""
    return sentences(text.strip())[0].rstrip(" .") if text.strip() else ""


def last_sentence(text: str) -> str:
    """The last sentence of ``text``."""
    return sentences(text.strip())[-1] if text.strip() else ""
