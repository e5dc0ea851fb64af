"""The words that the index knows, in memory, and the nearest of them to a word it does not know.

The list of words only grows. Each process reads it once and later only what was added, so that
no search loads it again; a word whose texts are gone costs nothing but a look at the index.
"""

from __future__ import annotations

import threading
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from django.db.backends.base.base import BaseDatabaseWrapper
from rapidfuzz import process
from rapidfuzz.distance import OSA

from ..engines.tables import WORD
from .misread import intended
from .stemming import analyser

#: Words shorter than this are not corrected, longer ones by one letter, then by two.
SHORTEST = 4
TWO_ERRORS = 8
#: Letters of a name that is corrected as a whole, and what numbers are written in.
NAME = 8
_NUMBER = frozenset("0123456789abcdefxh")
_NEAREST = 12
#: Words of one language that completion looks through.
_COMPLETIONS = 200
#: The last row of a list without any.
NONE = (0, "")
_SINCE = f"SELECT id, language, word FROM {WORD} WHERE id >= %s"


class Vocabulary:
    """The known words of one database. Get it with ``vocabulary(connection)``."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._last = NONE
        self._terms: dict[str, dict[str, list[str]]] = defaultdict(dict)
        self._sorted: dict[str, list[str]] = defaultdict(list)
        self._lengths: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._roots: dict[tuple[str, str], list[str]] = defaultdict(list)

    def refresh(self, connection: BaseDatabaseWrapper, newest: tuple[int, str]) -> None:
        """Read the words added since the last time; everything if the list was rolled back.

        ``newest`` is the last row of the list, by which it is known whether there is any.
        """
        if newest == self._last:
            return
        with self._lock, connection.cursor() as cursor:
            cursor.execute(f"{_SINCE} ORDER BY id", [self._last[0]])
            rows = cursor.fetchall()
            if self._last != NONE and (not rows or rows[0][::2] != self._last):
                self._forget()
                cursor.execute(f"{_SINCE} ORDER BY id", [0])
                rows = cursor.fetchall()
            self._add([(language, word) for key, language, word in rows if key > self._last[0]])
            self._last = newest

    def _add(self, rows: list[tuple[str, str]]) -> None:
        several = len(rows) > 1000
        for language, word in rows:
            made = analyser(language)
            self._terms[language].setdefault(made.term(word), []).append(word)
            if word.isalpha() and (root := made.root(word)):
                self._roots[language, root].append(word)
            self._lengths[language, len(word)].append(word)
            if several:
                self._sorted[language].append(word)
            else:
                insort(self._sorted[language], word)
        if several:
            for listed in self._sorted.values():
                listed.sort()

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that have words."""
        return tuple(sorted(self._terms))

    def knows(self, language: str, word: str) -> bool:
        """Return whether a text of the language holds the folded word or another form of it."""
        return analyser(language).term(word) in self._terms[language]

    def holds(self, language: str, word: str) -> bool:
        """Return whether a text holds the folded word, in whatever number and gender.

        Words of one stem may have nothing else in common.
        """
        made = analyser(language)
        forms = self._terms[language].get(made.term(word), ())
        return any(made.is_form(word, form) for form in forms)

    def lists(self, language: str, word: str) -> bool:
        """Return whether a text of the language holds the folded word as it stands."""
        return _holds(self._sorted.get(language, []), word)

    def related(self, language: str, word: str) -> list[str]:
        """Return known words of the same root as ``word``, of which none is another form."""
        made = analyser(language)
        own, root = made.term(word), made.root(word)
        found = self._roots.get((language, root), ()) if root and word.isalpha() else ()
        return [one for one in found if made.term(one) != own][:_NEAREST]

    def extended(self, language: str, word: str) -> list[str]:
        """Return the shortest known words that ``word`` may abbreviate."""
        if len(word) < SHORTEST or not word.isalpha():
            return []
        listed = self._sorted.get(language, [])
        start = bisect_left(listed, word)
        found = [one for one in listed[start : start + _COMPLETIONS] if one.startswith(word)]
        return sorted(found, key=lambda one: (len(one), one))[:_NEAREST]

    def misread(self, language: str, word: str) -> list[str]:
        """Return the known words that ``word`` may be a misreading of, as in a screenshot."""
        return sorted(one for one in intended(word) if self.lists(language, one))

    def nearest(self, language: str, word: str) -> list[list[str]]:
        """Return known words with one error, then those with two, each time the likeliest first.

        An error is a letter too much, too little, another, or two neighbours swapped. The figures
        of a name are right; a number, be it hexadecimal, is none.
        """
        figures = [one for one in word if one.isdigit()]
        if len(word) - len(figures) < (NAME if figures else SHORTEST) or (
            figures and _NUMBER.issuperset(word)
        ):
            return []
        reach = 2 if len(word) >= TWO_ERRORS else 1
        found: list[tuple[int, bool, str]] = []
        for length in range(len(word) - reach, len(word) + reach + 1):
            listed = self._lengths.get((language, length), ())
            close = process.extract(
                word, listed, scorer=OSA.distance, score_cutoff=reach, limit=None
            )
            found += [
                (distance, near[0] != word[0], near)
                for near, distance, _ in close
                if [one for one in near if one.isdigit()] == figures
            ]
        by_errors = groupby(sorted(found), key=lambda one: one[0])
        return [[near for _, _, near in same][:_NEAREST] for _, same in by_errors]

    def slips(self, name: str) -> list[str]:
        """Return the words of any language of which the folded ``name`` may be a slip."""
        if len(name) < NAME:
            return []
        return [
            one
            for language in self.languages
            for group in self.nearest(language, name)[:1]
            for one in group
        ]

    def completions(self, language: str, prefix: str, limit: int) -> list[str]:
        """Return at most ``limit`` terms of words that begin with ``prefix``, shortest first."""
        listed = self._sorted.get(language, [])
        start = bisect_left(listed, prefix)
        found = [word for word in listed[start : start + _COMPLETIONS] if word.startswith(prefix)]
        terms = map(analyser(language).term, sorted(found, key=len))
        return list(dict.fromkeys(terms))[:limit]

    def unknown(self, language: str, words: Iterable[str]) -> list[str]:
        """Return the ``words`` that the vocabulary does not list as they stand."""
        listed = self._sorted.get(language, [])
        return [word for word in words if not _holds(listed, word)]


def _holds(terms: list[str], word: str) -> bool:
    place = bisect_left(terms, word)
    return place < len(terms) and terms[place] == word


_vocabularies: dict[str, Vocabulary] = defaultdict(Vocabulary)


def remembered(connection: BaseDatabaseWrapper) -> Vocabulary:
    """Return the vocabulary of the database behind ``connection`` as it was last read."""
    return _vocabularies[str(connection.settings_dict["NAME"])]


def vocabulary(connection: BaseDatabaseWrapper) -> Vocabulary:
    """Return the vocabulary of the database behind ``connection``, up to date."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, word FROM {WORD} ORDER BY id DESC LIMIT 1")
        newest = cursor.fetchone() or NONE
    known = remembered(connection)
    known.refresh(connection, newest)
    return known
