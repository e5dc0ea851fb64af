"""Names of errors as people write them: with blanks, in any case, in quotes, one after a slash."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from ...texts.codes import normalise_spelling
from ...texts.codes.families.symbol import by_published_name
from ...texts.codes.published.names import named
from ...texts.codes.reading import Reading

#: Words that are looked up as names, alone and joined with their neighbours.
_WORDS = 64
_JOINED_WORDS = 32
_MOST_JOINED = 6
#: Joined words that are shorter are no name; nor are short single ones that Windows gives a value.
_SHORTEST = 6
_SHORTEST_PUBLISHED = 8

_WORD = re.compile(r"\w+")
#: What may stand between the words of a name: no sentence goes on after it.
_GAP = re.compile(r"[^\S\n]{1,2}|[-_/.:’']{1,2}[^\S\n]?")


class Run(NamedTuple):
    """Neighbouring words that may be a name: their key, their place, and how many they are."""

    key: str
    start: int
    end: int
    words: int


def runs(text: str) -> list[Run]:
    """Return the words of a text, and two to six neighbours joined, that could be names."""
    words = [match.span() for match in _WORD.finditer(text)][:_WORDS]
    found = [Run(normalise_spelling(text[a:b]), a, b, 1) for a, b in words]
    joined = words[:_JOINED_WORDS]
    for first in range(len(joined)):
        for last in range(first + 1, min(first + _MOST_JOINED, len(joined))):
            if not _GAP.fullmatch(text, joined[last - 1][1], joined[last][0]):
                break
            start, end = joined[first][0], joined[last][1]
            key = "".join(normalise_spelling(text[a:b]) for a, b in joined[first : last + 1])
            if len(key) >= _SHORTEST:
                found.append(Run(key, start, end, last - first + 1))
    return found


def candidates(text: str) -> list[str]:
    """Return the keys to look up as names."""
    pieces = (normalise_spelling(piece) for piece in text.split()[:_WORDS])
    return list(dict.fromkeys([*pieces, *(run.key for run in runs(text))]))


def joined_symbols(text: str, symbols: Collection[str]) -> Iterator[tuple[Run, str]]:
    """Yield the places where neighbouring words are a known symbol, and that symbol."""
    known = _keyed(frozenset(symbols))
    for run in sorted(runs(text), key=lambda run: -run.words):
        if run.words > 1 and run.key in known:
            yield run, known[run.key]


def published(text: str) -> Iterator[tuple[Run, tuple[Reading, ...]]]:
    """Yield the places where words are a name that Windows documents, read as its values."""
    for run in sorted(runs(text), key=lambda run: -run.words):
        if len(run.key) >= _SHORTEST_PUBLISHED and named(run.key):
            yield run, tuple(by_published_name(run.key))


@lru_cache(maxsize=4)  # the same symbols are asked for again and again
def _keyed(symbols: frozenset[str]) -> dict[str, str]:
    return {normalise_spelling(symbol): symbol for symbol in sorted(symbols)}
