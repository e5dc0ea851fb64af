"""The words of a language as people search in it: stop words, elisions, inflection. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from . import FOLDER, available_languages

#: Names of codes that announce a code in every language.
_NAMES_OF_CODES = frozenset(["aadsts", "hr", "hresult", "http"])


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What the search knows of one language; all words are folded (lower case, no accents).

    ``stemmer`` is the name of a Snowball algorithm, or empty where words count whole; ``endings``
    are pairs of a pattern and what stands in its place, applied in order before the stemmer.
    ``codes`` are patterns of the words around a typed code, ``spoken`` maps words to digits.
    """

    stemmer: str = ""
    stop_words: frozenset[str] = frozenset()
    generic_words: frozenset[str] = frozenset()
    elided_words: frozenset[str] = frozenset()
    endings: tuple[tuple[str, str], ...] = ()
    codes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    spoken: Mapping[str, str] = field(default_factory=dict)


@cache
def search_words(language: str) -> SearchWords:
    """Return the words of a language tag such as ``fr`` or ``en-gb``; none where it is unknown."""
    name = language.split("-")[0].lower()
    if name not in available_languages():
        return SearchWords()
    folder = FOLDER.joinpath(name)
    data = tomllib.loads(folder.joinpath("search.toml").read_text("utf-8"))
    return SearchWords(
        stemmer=data.get("stemmer", ""),
        stop_words=frozenset(folder.joinpath("stopwords.txt").read_text("utf-8").split()),
        generic_words=frozenset(data.get("generic_words", [])),
        elided_words=frozenset(data.get("elided_words", [])),
        endings=tuple((pattern, instead) for pattern, instead in data.get("endings", [])),
        codes=data.get("codes", {}),
        spoken=data.get("spoken", {}),
    )


@cache
def generic_words() -> frozenset[str]:
    """Return the words that say nothing beside a code, of every language."""
    each = (search_words(name).generic_words for name in available_languages())
    return _NAMES_OF_CODES.union(*each)


@cache
def elided_words() -> frozenset[str]:
    """Return the words that stand elided before an apostrophe, of every language."""
    return frozenset().union(*(search_words(name).elided_words for name in available_languages()))


@cache
def around_codes(kind: str) -> tuple[str, ...]:
    """Return the words around a typed code, of every language: patterns of lower-case text.

    ``kind`` is a name of the table ``[codes]``; ``fr/search.toml`` says what each is for.
    """
    each = (search_words(name).codes.get(kind, ()) for name in available_languages())
    return tuple(dict.fromkeys(word for words in each for word in words))


@cache
def spoken_digits() -> Mapping[str, str]:
    """Return what words of a dictated code stand for, of every language."""
    found: dict[str, str] = {}
    for name in available_languages():
        found |= search_words(name).spoken
    return found
