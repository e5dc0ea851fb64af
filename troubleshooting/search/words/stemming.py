"""Folded words -> terms of one language: stop words dropped, inflection removed (Snowball).

Pure. A term carries the language it was made in, ``fr:autoris``, so that one index holds all
languages, counts each language's words apart, and never takes a French stem for an English one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from threading import Lock
from typing import NamedTuple, TypeVar

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from ...texts.languages.searching import search_words
from ...texts.languages.translations import translations
from .folding import folded_word, raw_words

#: Words of so many letters keep their endings.
_SHORT = 4
#: A slip of a shorter word may be any other.
_SHORTEST_SLIP = 4
#: Digits of numbers that count things.
_COUNTS = 2


#: What is remembered by a word or piece.
Analysis = TypeVar("Analysis")


class _Called(NamedTuple):
    """What words of a language are called in another one, by words, and by terms of words.

    Expressions stand by the term that each begins with, as all of their terms and the words.
    """

    words: Mapping[str, Sequence[str]]
    expressions: Mapping[str, Sequence[tuple[tuple[str, ...], Sequence[str]]]]


class Analyser:
    """Maker of the terms of one language. Get it with ``analyser(language)``."""

    def __init__(self, language: str) -> None:
        self.language = language
        words = search_words(language)
        self._stemmer = snowballstemmer.stemmer(words.stemmer) if words.stemmer else None
        self._stemming = Lock()  # a stemmer keeps the word it is at work on in itself
        self._endings = [(re.compile(pattern), instead) for pattern, instead in words.endings]
        self._numbers = [(re.compile(find), instead) for find, instead in words.numbers]
        self._genders = [(re.compile(find), instead) for find, instead in words.genders]
        self._derivations = [(re.compile(find), instead) for find, instead in words.derivations]
        self._synonyms = words.synonyms
        self._expressions = _by_first_word(
            tuple(one.split()) for one in words.synonyms if " " in one
        )
        self._forms = [
            (re.compile(rf"(?<!\S)(?:{found})(?!\S)"), word) for found, word in words.forms
        ]
        self._filler_words = words.filler_words
        self._common_words = words.common_words
        self._vague_words = words.vague_words | words.common_words | words.filler_words
        self._called: dict[str, _Called] = {}
        self.stop_words = words.stop_words
        self._long_stops = sorted(one for one in words.stop_words if len(one) >= _SHORTEST_SLIP)
        self._terms = _Terms(self._make)
        self.raw_terms = _Terms(lambda raw: self._terms[folded_word(raw)])
        """Terms by words as they stand in a text, for highlighting."""
        self.piece_terms = _Terms(
            lambda piece: tuple(map(self.raw_terms.__getitem__, raw_words(piece)))
        )
        """The terms in what stands between two spaces of a text, by that piece."""

    def term(self, word: str) -> str:
        """Return the term of a folded word, ``"fr:autoris"``.

        A word with a digit or ``_`` stays whole.
        """
        return self._terms[word]

    def root(self, word: str) -> str:
        """Return what a folded word shares with those derived from the same.

        ``redemarr`` for ``redemarrage`` and ``redemarrer``; empty if too little is left to tell.
        """
        stem = self._terms[word].partition(":")[2]
        for ending, instead in self._derivations:
            if (root := ending.sub(instead, stem)) != stem:
                return root if len(root) >= _SHORT else ""
        return stem if len(stem) >= _SHORT else ""

    def is_form(self, word: str, other: str) -> bool:
        """Return whether two folded words of one stem differ in number and gender at most.

        In a language whose numbers nothing is known of, all words of a stem are forms of one.
        """
        if word == other or not self._numbers:
            return True
        one, two = _changed(word, self._numbers), _changed(other, self._numbers)
        return (
            one == two or _changed(one, self._genders) == two or one == _changed(two, self._genders)
        )

    def synonyms(self, word: str) -> list[str]:
        """Return other folded words that people say for a folded word or expression, in order.

        Where the word itself stands in no group, another form of it may.
        """
        found = self._synonyms.get(word) or self._synonyms_of_terms.get(self.term(word))
        if not found and (meant := self._meant(word)):
            return [meant, *self.synonyms(meant)]
        return sorted(found or ())

    def _meant(self, spelling: str) -> str:
        """Return the word that ``spelling`` stands for by its form (6e, ios 7); empty for none."""
        return next((word for form, word in self._forms if form.fullmatch(spelling)), "")

    @cached_property
    def _synonyms_of_terms(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for word, others in self._synonyms.items():
            if word.isalpha():
                term = self.term(word)
                found[term] = found.get(term, frozenset()) | others
        return found

    def called_in(self, language: str, word: str) -> Sequence[str]:
        """Return what a folded word of this language, in any form, is called in another one."""
        called = self._called_in(language).words
        return called.get(word) or called.get(self.term(word), ())

    def expressions_called_in(
        self, language: str, words: Sequence[str]
    ) -> Iterator[tuple[int, int, Sequence[str]]]:
        """Yield where several of ``words`` are called something in another language: start, end.

        And what. Of those that share words the longest that begins first is one.
        """
        called = self._called_in(language).expressions
        terms = list(map(self.term, words))
        taken = 0
        for start, first in enumerate(terms):
            for expression, others in called.get(first, ()):
                end = start + len(expression)
                if start >= taken and tuple(terms[start:end]) == expression:
                    taken = end
                    yield start, end, others

    def _called_in(self, language: str) -> _Called:
        if language not in self._called:
            listed = translations(self.language, language)
            one = {own: others for own, others in listed.items() if " " not in own}
            of_terms = {self.term(own): others for own, others in one.items()}
            several = {
                tuple(map(self.term, own.split())): others
                for own, others in listed.items()
                if " " in own
            }
            by_first = {
                first: tuple((terms, several[terms]) for terms in found)
                for first, found in _by_first_word(several).items()
            }
            self._called[language] = _Called({**of_terms, **one}, by_first)
        return self._called[language]

    def expressions(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield where several of ``words`` are one expression: start and end, longest first."""
        taken = 0
        for start, word in enumerate(words):
            for expression in self._expressions.get(word, ()):
                end = start + len(expression)
                if start >= taken and tuple(words[start:end]) == expression:
                    taken = end
                    yield start, end
        yield from self._formed(words)

    def has_form(self, words: str) -> bool:
        """Return whether ``words`` have a form that stands for a word."""
        return bool(self._meant(words))

    def _formed(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield where words have a form that stands for a word."""
        text = " ".join(words)
        for form, _word in self._forms:
            for match in form.finditer(text):
                start = text.count(" ", 0, match.start())
                yield start, start + match[0].count(" ") + 1

    def terms(self, words: Iterable[str]) -> list[str]:
        """Return the terms of folded words in order, without those of stop words."""
        made = self._terms
        return [made[word] for word in words if not self.is_stop(word)]

    def is_stop(self, word: str) -> bool:
        """Return whether a folded word says nothing: a stop word or a single letter."""
        return word in self.stop_words or (len(word) == 1 and word.isalpha())

    def near_stop(self, word: str) -> str:
        """Return the stop word of which a folded word is a slip of one letter, else nothing."""
        if len(word) < _SHORTEST_SLIP or not word.isalpha() or word in self.stop_words:
            return ""
        near = process.extractOne(word, self._long_stops, scorer=OSA.distance, score_cutoff=1)
        return near[0] if near else ""

    def is_filler(self, word: str) -> bool:
        """Return whether a folded word is said around problems of every kind."""
        return word in self._filler_words

    def is_said(self, word: str) -> bool:
        """Return whether a folded word is one that people who search in the language are known by.

        It need not stand in any text.
        """
        return word in self._synonyms or word in self._filler_words or word in self._common_words

    def is_common(self, word: str) -> bool:
        """Return whether a folded word stands in texts of every subject."""
        return word in self._common_words

    def is_vague(self, word: str) -> bool:
        """Return whether a folded word names no problem, alone or with none but such words.

        Numbers of one or two digits do not either.
        """
        return word in self._vague_words or (word.isdigit() and len(word) <= _COUNTS)

    def _make(self, word: str) -> str:
        if self._stemmer is None or not word.isalpha():
            return f"{self.language}:{word}"
        with self._stemming:
            return f"{self.language}:{self._stemmer.stemWord(self._plain(word))}"

    def _plain(self, word: str) -> str:
        """Take off the endings that Snowball leaves on words without their accents."""
        if len(word) > _SHORT:
            for ending, instead in self._endings:
                word = ending.sub(instead, word)
        return word


class _Terms(dict[str, Analysis]):
    """Terms by what they are made of.

    Stemming costs 1 microsecond a word, without PyStemmer 50, remembering it nothing.
    """

    LIMIT = 300_000

    def __init__(self, make: Callable[[str], Analysis]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> Analysis:
        if len(self) >= self.LIMIT:
            self.clear()
        term = self[word] = self._make(word)
        return term


def _changed(word: str, changes: Iterable[tuple[re.Pattern[str], str]]) -> str:
    """Return ``word`` after the first of ``changes`` that fits."""
    changed = (find.sub(instead, word) for find, instead in changes if find.search(word))
    return next(changed, word)


def _by_first_word(expressions: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """Return ``expressions`` of several words by their first words, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(expressions, key=len):
        found.setdefault(words[0], []).insert(0, words)
    return found


@cache
def analyser(language: str) -> Analyser:
    """Return the analyser of a language tag such as ``fr`` or ``en-gb``.

    A language without a folder of its own is indexed by its whole words.
    """
    return Analyser(language)
