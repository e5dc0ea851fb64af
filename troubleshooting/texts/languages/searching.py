"""The words of a language as people search in it: stop words, elisions, inflection. Pure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from . import FOLDER, available_languages

#: Names of codes that announce a code in every language.
_NAMES_OF_CODES = frozenset(["aadsts", "hr", "hresult", "http"])


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What the search knows of one language; all words are folded (lower case, no accents).

    ``stemmer`` is the name of a Snowball algorithm, or empty where words count whole; ``endings``
    are pairs of a pattern and what stands in its place, applied in order before the stemmer.
    """

    stemmer: str = ""
    stop_words: frozenset[str] = frozenset()
    generic_words: frozenset[str] = frozenset()
    elided_words: frozenset[str] = frozenset()
    endings: tuple[tuple[str, str], ...] = ()


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
