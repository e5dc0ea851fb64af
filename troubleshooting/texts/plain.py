"""Small helpers for plain text of any language. Pure."""

from __future__ import annotations

import re

#: The spaces at which no line is broken: U+00A0, and the narrow U+202F.
NO_BREAK_SPACES = frozenset("\u00a0\u202f")

_BREAKABLE = re.compile(r"[^\S\u00a0\u202f]+")

# A full stop ends a sentence where a space and a capital, a quotation or a list follow.
_SENTENCE_END = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…]\*\*))[\s\u00a0]+(?=[^\Wa-zà-öø-ÿ]|[«“\"(*\[])"
)
_ABBREVIATION = re.compile(r"\b(?:[A-Za-z]|e\.g|i\.e|etc|ex|cf|vs|no|n°)\.$", re.IGNORECASE)
_ABBREVIATION_REACH = 6  # what the pattern may look at, so that a long sentence is not read again


def with_plain_spaces(text: str) -> str:
    """Return ``text`` with plain spaces for no-break ones; every character keeps its place."""
    for space in NO_BREAK_SPACES:
        text = text.replace(space, " ")
    return text


def one_line(text: str) -> str:
    """Return ``text`` on one line, with single spaces; no-break ones stay what they are."""
    return _BREAKABLE.sub(" ", text).strip()


def sentences(text: str) -> list[str]:
    """Return ``text`` cut after each sentence; joined by a space they are the text again."""
    parts: list[list[str]] = []
    for piece in _SENTENCE_END.split(text):
        if parts and _ABBREVIATION.search(parts[-1][-1][-_ABBREVIATION_REACH:]):
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return [" ".join(pieces) for pieces in parts]


def first_sentence(text: str) -> str:
    """Return the first sentence of ``text``, without its full stop."""
    return sentences(text.strip())[0].rstrip(" .") if text.strip() else ""


def last_sentence(text: str) -> str:
    """Return the last sentence of ``text``."""
    return sentences(text.strip())[-1] if text.strip() else ""
