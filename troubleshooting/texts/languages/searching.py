"""The words of a language as people search in it: stop words, elisions, inflection. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from ..codes.families import NAMES_OF_CODES
from . import FOLDER, available_languages, common

#: What stands before a word of a group that is typed, and not looked for.
TYPED_ONLY = "~"
#: Kinds of words around the name of a person, in the table ``[persons]``.
PERSON_WORDS = (
    "greetings", "titles", "fields", "closings", "introductions", "presentations", "speaking",
    "after_names",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What the search knows of one language; all words are folded (lower case, no accents).

    ``filler_words`` are what callers say around a problem: greetings, thanks, requests.
    ``common_words`` stand in texts of every subject, and ``vague_words`` in every text about
    computers: neither names a problem. ``days`` are patterns of a day with the name of its month.
    ``narrowing_words`` stand before a colon and a platform ("in:ios").
    After ``before_persons`` a name of two capitalised words is a person's.
    ``stemmer`` is the name of a Snowball algorithm, or empty where words count whole; ``numbers``
    and ``genders`` are pairs of a pattern and what stands in its place, of which the first that
    fits makes a singular of a plural, a masculine of a feminine; ``endings`` are such pairs, used
    in order before the stemmer, and ``derivations`` the same for stems, of which the first that
    fits makes the root that related words share. ``synonyms`` are for each word the others that
    people say instead, and for each symptom as callers tell it the words by which documents name
    what it may be.
    ``forms`` are pairs of a pattern of folded words and the word that what it finds stands for.
    ``codes`` are patterns of the words around a typed code, ``spoken`` maps words to digits,
    ``persons`` are patterns of the words around a name, by the kinds of ``PERSON_WORDS``.
    """

    stemmer: str = ""
    stop_words: frozenset[str] = frozenset()
    generic_words: frozenset[str] = frozenset()
    filler_words: frozenset[str] = frozenset()
    common_words: frozenset[str] = frozenset()
    vague_words: frozenset[str] = frozenset()
    days: tuple[str, ...] = ()
    elided_words: frozenset[str] = frozenset()
    before_persons: frozenset[str] = frozenset()
    narrowing_words: frozenset[str] = frozenset()
    numbers: tuple[tuple[str, str], ...] = ()
    genders: tuple[tuple[str, str], ...] = ()
    endings: tuple[tuple[str, str], ...] = ()
    derivations: tuple[tuple[str, str], ...] = ()
    synonyms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    forms: tuple[tuple[str, str], ...] = ()
    codes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    spoken: Mapping[str, str] = field(default_factory=dict)
    persons: Mapping[str, Sequence[str]] = field(default_factory=dict)


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
        filler_words=frozenset(" ".join(data.get("filler_words", [])).split()),
        common_words=frozenset(" ".join(data.get("common_words", [])).split()),
        vague_words=frozenset(" ".join(data.get("vague_words", [])).split()),
        days=tuple(data.get("days", [])),
        elided_words=frozenset(data.get("elided_words", [])),
        before_persons=frozenset(data.get("before_persons", [])),
        narrowing_words=frozenset(data.get("narrowing_words", [])),
        numbers=_pairs(data.get("numbers", [])),
        genders=_pairs(data.get("genders", [])),
        endings=_pairs(data.get("endings", [])),
        derivations=_pairs(data.get("derivations", [])),
        synonyms=_synonyms(
            [*common()["synonyms"], *data.get("synonyms", [])],
            data.get("symptoms", []),
            data.get("elided_words", []),
        ),
        forms=_pairs(data.get("forms", [])),
        codes=data.get("codes", {}),
        spoken=data.get("spoken", {}),
        persons=data.get("persons", {}),
    )


def _pairs(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((pattern, instead) for pattern, instead in rows)


def _synonyms(
    groups: Iterable[str], symptoms: Iterable[Sequence[str]], elided: Collection[str]
) -> dict[str, frozenset[str]]:
    """Return for each word or expression of the groups all others of its groups.

    One behind ``~`` is what people type, and means something else in most texts: it has others, and
    is none of another word. ``symptoms`` are pairs of such expressions and of the words that each
    of them has.
    """
    found: dict[str, frozenset[str]] = {}
    for listed in map(str.split, groups):
        kept = (one for one in listed if not one.startswith(TYPED_ONLY))
        others = frozenset(as_typed(one, elided) for one in kept)
        for word in (as_typed(one, elided) for one in listed):
            found[word] = found.get(word, frozenset()) | others - {word}
    for said, meant in symptoms:
        for expression in (as_typed(one, elided) for one in said.split()):
            found[expression] = found.get(expression, frozenset()).union(meant.split())
    return found


def as_typed(listed: str, elided: Collection[str]) -> str:
    """Return a word of a group, or words that are joined by ``_`` there, as folded words.

    Those that are ``elided`` before an apostrophe are no words of a query.
    """
    words = listed.removeprefix(TYPED_ONLY).split("_")
    return " ".join(word for word in words if word not in elided or len(words) == 1)


@cache
def generic_words() -> frozenset[str]:
    """Return the words that say nothing beside a code, of every language."""
    each = (search_words(name).generic_words for name in available_languages())
    return NAMES_OF_CODES.union(*each)


@cache
def said_around() -> frozenset[str]:
    """Return the words that announce a code or are said around any problem, of every language."""
    each = (search_words(name).filler_words for name in available_languages())
    return generic_words().union(*each)


@cache
def elided_words() -> frozenset[str]:
    """Return the words that stand elided before an apostrophe, of every language."""
    return frozenset().union(*(search_words(name).elided_words for name in available_languages()))


@cache
def narrowing_words() -> frozenset[str]:
    """Return what may stand before a colon and the value of any facet, of every language."""
    each = (search_words(name).narrowing_words for name in available_languages())
    return frozenset().union(*each)


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


@cache
def person_words(kind: str) -> tuple[str, ...]:
    """Return the words around the name of a person, of every language, the longest first.

    They are patterns that Python and ECMAScript read alike; ``(?!)`` where there are none.
    """
    each = {
        word for name in available_languages() for word in search_words(name).persons.get(kind, ())
    }
    return tuple(sorted(each, key=lambda word: (-len(word), word))) or ("(?!)",)
