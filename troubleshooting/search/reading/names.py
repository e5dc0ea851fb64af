"""Names of errors as people write them: with blanks, in any case, in quotes, one after a slash."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ...texts.codes import normalise_spelling
from ...texts.codes.families.symbol import by_published_name
from ...texts.codes.published.names import published_keys
from ...texts.codes.reading import Reading
from ...texts.codes.spelling import keyed
from ...texts.languages.searching import said_around
from ..words.folding import fold

#: Words that are looked up as names, alone and joined with their neighbours.
_WORDS = 64
_JOINED_WORDS = 32
_MOST_JOINED = 6
#: Joined words that are shorter are no name; nor are short single ones that Windows gives a value.
_SHORTEST = 6
_SHORTEST_PUBLISHED = 8
_SHORTEST_PART = 8

_WORD = re.compile(r"\w+")
_WHOLE = re.compile(r"\W*(?P<words>[^\W\d_]+(?:[ _-][^\W\d_]+){0,8})\W*")
_LETTERS = re.compile(r"[^\W\d_]+")
#: Digits of which a camera read some as letters, and what they are.
_MISREAD = re.compile(r"(?=[OoIl]*[0-9])[0-9OoIl]{3,}")
_LOOKS = str.maketrans("OoIl", "0011")
#: What may stand between the words of a name: no sentence goes on after it.
_GAP = re.compile(r"[^\S\n]{1,2}|[-_/.:’']{1,2}[^\S\n]?")


class WordRun(NamedTuple):
    """Neighbouring words that may be a name: their key, their place, and how many they are."""

    key: str
    start: int
    end: int
    words: int


@lru_cache(maxsize=8)  # several steps of one search ask for the same text
def runs(text: str) -> tuple[WordRun, ...]:
    """Return the words of a text, and two to six neighbours joined, that could be names."""
    words = [WordRun(_key(match[0]), *match.span(), 1) for match in _WORD.finditer(text)][:_WORDS]
    return (*words, *_joined(text, words[:_JOINED_WORDS]))


def _key(word: str) -> str:
    return normalise_spelling(word.translate(_LOOKS) if _MISREAD.fullmatch(word) else word)


def _joined(text: str, words: Sequence[WordRun]) -> Iterator[WordRun]:
    for first, word in enumerate(words):
        key = word.key
        for last in range(first + 1, min(first + _MOST_JOINED, len(words))):
            if not _GAP.fullmatch(text, words[last - 1].end, words[last].start):
                break
            key += words[last].key
            if len(key) >= _SHORTEST:
                yield WordRun(key, word.start, words[last].end, last - first + 1)


def candidates(text: str) -> list[str]:
    """Return the keys to look up as names."""
    pieces = (normalise_spelling(piece) for piece in text.split()[:_WORDS])
    return list(dict.fromkeys([*pieces, *(run.key for run in runs(text))]))


def joined_symbols(text: str, symbols: Collection[str]) -> Iterator[tuple[WordRun, str]]:
    """Yield the places where neighbouring words are a known symbol, and that symbol."""
    known = keyed(frozenset(symbols))
    for run in runs(text) if known else ():
        if run.words > 1 and run.key in known:
            yield run, known[run.key]


def published(text: str) -> Iterator[tuple[WordRun, tuple[Reading, ...]]]:
    """Yield the places where words are a name that Windows documents, read as its values."""
    keys = published_keys()
    for run in runs(text):
        if len(run.key) >= _SHORTEST_PUBLISHED and run.key in keys:
            yield run, tuple(by_published_name(run.key))


def as_part(text: str) -> tuple[int, int] | None:
    """Return where the words of a text stand that is so short that it may be a part of a name.

    What is said around it (message, popup, help) is no part of it.
    """
    match = _WHOLE.fullmatch(text)
    if match is None:
        return None
    words = [word.span() for word in _LETTERS.finditer(text)]
    while words and _is_said_around(text[slice(*words[0])]):
        words.pop(0)
    while words and _is_said_around(text[slice(*words[-1])]):
        words.pop()
    if not 0 < len(words) <= _MOST_JOINED:
        return None
    start, end = words[0][0], words[-1][1]
    return (start, end) if len(normalise_spelling(text[start:end])) >= _SHORTEST_PART else None


def _is_said_around(word: str) -> bool:
    return fold(word) in said_around()
