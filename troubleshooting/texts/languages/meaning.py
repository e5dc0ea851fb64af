"""The words of a language that turn the meaning of a sentence round. Pure."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache

from . import FOLDER, available_languages, fold

#: Letters that a word keeps when its prefix is taken off; less is no word.
_SHORTEST_STEM = 3
#: Endings of inflection are within so many letters.
_ENDING = 4


@dataclass(frozen=True, slots=True)
class MeaningWords:
    """What ``meaning.toml`` of a language says; see the comments of ``fr/meaning.toml``."""

    negations: re.Pattern[str] | None = None
    prefixes: tuple[str, ...] = ("",)
    opposites: tuple[frozenset[str], ...] = ()

    def number_of_negations(self, text: str) -> int:
        """Return how often ``text`` says no."""
        return len(self.negations.findall(fold(text))) if self.negations else 0

    def are_opposed(self, one: str, other: str) -> bool:
        """Return whether two different words say opposite or otherwise distinct things."""
        first, second = plain(one), plain(other)
        if first == second:
            return False
        if any(
            _entry(first, group) != _entry(second, group)
            for group in self.opposites
            if _entry(first, group) and _entry(second, group)
        ):
            return True
        stems = ((a, b) for a in self._stems(first) for b in self._stems(second))
        return any(a[0] != b[0] and _same_stem(a[1], b[1]) for a, b in stems)

    def _stems(self, word: str) -> list[tuple[str, str]]:
        """Return the readings of ``word`` as prefix and rest; the rest alone is one."""
        return [
            (prefix, word[len(prefix) :])
            for prefix in self.prefixes
            if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_STEM
        ]


def plain(word: str) -> str:
    """Return ``word`` in lower case without accents and hyphens."""
    letters = unicodedata.normalize("NFD", fold(word))
    return "".join(c for c in letters if not unicodedata.combining(c) and c != "-")


def _entry(word: str, group: frozenset[str]) -> str:
    """Return what of ``group`` stands for ``word``: itself or its stem, written ``stem-``."""
    if word in group:
        return word
    stems = (word[:length] + "-" for length in range(len(word), 2, -1))
    return next((stem for stem in stems if stem in group), "")


def _same_stem(one: str, other: str) -> bool:
    """Return whether two stems differ in their endings at most."""
    if one == other:
        return True
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    shared = min(len(one), len(other)) if shared is None else shared
    return shared >= _ENDING and max(len(one), len(other)) - shared <= _ENDING


def _folded(entry: str) -> str:
    return plain(entry) + "-" * entry.endswith("-")


@cache
def meaning_words(language: str) -> MeaningWords:
    """Return the words of a language tag such as ``fr``; none where it has none."""
    name = language.split("-")[0].lower()
    path = FOLDER.joinpath(name).joinpath("meaning.toml")
    if name not in available_languages() or not path.is_file():
        return MeaningWords()
    data = tomllib.loads(path.read_text("utf-8"))
    return MeaningWords(
        negations=re.compile("|".join(f"(?:{pattern})" for pattern in data["negations"])),
        prefixes=("", *data["prefixes"]),
        opposites=tuple(frozenset(map(_folded, group)) for group in data["opposites"]),
    )
