"""The words that editors keep, ready to be looked up in a query. Pure.

A phrase is told by its terms, without stop words: ``écrans bleus`` is ``écran bleu``. Commas stand
between phrases that are kept in one entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from ...texts.codes import parse_code
from ..words.folding import words
from ..words.stemming import Analyser, analyser

#: Kinds of entries: phrases that mean the same, those that mean others, one article, nothing.
ALIKE, MEANS, PIN, NOTHING = "alike", "means", "pin", "nothing"
#: Entries that are read, phrases of one, and words of a phrase; editors are refused more.
MOST_ENTRIES, MOST_PHRASES, LONGEST_PHRASE = 2_000, 8, 6
#: Meanings that are looked for in one query.
_MOST_MEANINGS = 8


class OwnEntry(NamedTuple):
    """A row: ``article`` is 0 unless one is pinned, ``language`` empty for all languages."""

    id: int
    article: int
    kind: str
    language: str
    words: str
    meaning: str


class PhraseMeaning(NamedTuple):
    """What a run of words in a query means: their places, and the folded words meant."""

    places: tuple[int, ...]
    meanings: tuple[str, ...]


#: The folded words meant by the terms of a phrase, in the order of entries.
_Rules = dict[tuple[str, ...], list[tuple[str, ...]]]


class _OfLanguage(NamedTuple):
    """The entries that count in one language."""

    meanings: _Rules
    nothing: _Rules
    pins: dict[frozenset[str], list[int]]


def phrases(text: str) -> list[tuple[str, ...]]:
    """Return the phrases of a text with commas between them, each as its folded words."""
    found = (tuple(words(part)) for part in text.split(","))
    return [phrase for phrase in dict.fromkeys(found) if phrase]


class OwnWords:
    """The entries of one base."""

    def __init__(self, entries: Iterable[OwnEntry] = ()) -> None:
        self._entries = tuple(entries)
        self._made: dict[str, _OfLanguage] = {}

    def knows(self, word: str) -> bool:
        """Return whether a folded word stands in any entry."""
        return word in self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        texts = (f"{one.words},{one.meaning}" for one in self._entries)
        return frozenset(word for text in texts for phrase in phrases(text) for word in phrase)

    def meanings(self, language: str, words: Sequence[str]) -> list[PhraseMeaning]:
        """Return what runs of the folded words ``words`` mean in a language."""
        if not self._entries:
            return []
        rules = self._of(language).meanings
        runs = _runs(words, analyser(language), rules)
        found = (PhraseMeaning(places, meant) for places, terms in runs for meant in rules[terms])
        return list(islice(found, _MOST_MEANINGS))

    def nothing(self, language: str, words: Sequence[str]) -> set[int]:
        """Return the places of words that mean nothing in a language."""
        if not self._entries:
            return set()
        rules = self._of(language).nothing
        return {place for places, _ in _runs(words, analyser(language), rules) for place in places}

    def pinned(
        self, languages: Iterable[str], words: Sequence[str], codes: Iterable[str]
    ) -> list[int]:
        """Return the articles for a query of these folded words, or for one of these codes."""
        if not self._entries:
            return []
        found = [number for code in codes for number in self._codes.get(code.casefold(), ())]
        for language in languages:
            dropped = self.nothing(language, words)
            left = [word for place, word in enumerate(words) if place not in dropped]
            found += self._of(language).pins.get(_key(analyser(language), left), [])
        return list(dict.fromkeys(found))

    @cached_property
    def _codes(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for one in self._entries:
            for part in one.words.split(",") if one.kind == PIN else ():
                if code := parse_code(part.strip()):
                    found[code.canonical.casefold()].append(one.article)
        return found

    def _of(self, language: str) -> _OfLanguage:
        if language not in self._made:
            entries = [one for one in self._entries if one.language in ("", language)]
            self._made[language] = _of_language(analyser(language), entries)
        return self._made[language]


def _of_language(analyser: Analyser, entries: Sequence[OwnEntry]) -> _OfLanguage:
    found = _OfLanguage(defaultdict(list), defaultdict(list), defaultdict(list))
    for one in entries:
        said, meant = phrases(one.words), phrases(one.meaning)
        if one.kind == PIN:
            for phrase in said:
                found.pins[_key(analyser, phrase)].append(one.article)
        elif one.kind == NOTHING:
            for phrase in said:
                _add(found.nothing, analyser, phrase, ())
        else:
            pairs = [(a, b) for a in said for b in meant]
            pairs += [(b, a) for a, b in pairs] if one.kind == ALIKE else []
            for before, after in pairs:
                _add(found.meanings, analyser, before, after)
    return found


def _add(rules: _Rules, analyser: Analyser, words: Sequence[str], meanings: Sequence[str]) -> None:
    if terms := analyser.terms(words):
        rules[tuple(terms)].append(tuple(word for word in meanings if not analyser.is_stop(word)))


def _runs(
    words: Sequence[str], analyser: Analyser, rules: Container[tuple[str, ...]]
) -> Iterator[tuple[tuple[int, ...], tuple[str, ...]]]:
    """Yield the places and terms of runs that have a rule, stop words left out of account.

    Of those that begin at one word the longest comes first.
    """
    content = [
        (place, analyser.term(word))
        for place, word in enumerate(words)
        if not analyser.is_stop(word)
    ]
    for start in range(len(content)):
        for length in range(LONGEST_PHRASE, 0, -1):
            run = content[start : start + length]
            terms = tuple(term for _, term in run)
            if len(run) == length and terms in rules:
                yield tuple(place for place, _ in run), terms


def _key(analyser: Analyser, words: Sequence[str]) -> frozenset[str]:
    """Return what two queries share that ask the same: terms without greetings, in any order."""
    telling = [word for word in words if not analyser.is_filler(word)] or words
    return frozenset(analyser.terms(telling) or map(analyser.term, telling))
