"""What a reader may take out of what was understood of a query: each has a name for the address."""

from __future__ import annotations


def correction_id(word: str, other: str) -> str:
    """Return the name of a correction by which a reader can remove it."""
    return f"correction:{word}={other}"


def meaning_id(words: str, meaning: str) -> str:
    """Return the name of a meaning that editors gave words, by which a reader can remove it."""
    return f"vocabulary:{words}={meaning}"


def word_id(word: str) -> str:
    """Return the name of a word of the query by which a reader can remove it."""
    return f"word:{word}"
