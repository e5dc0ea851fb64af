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
    opposites: tuple[dict[str, int], ...] = ()
    suffixes: tuple[tuple[str, ...], ...] = ()
    elided: tuple[str, ...] = ()
    capitals: re.Pattern[str] | None = re.compile(r"(?!)")

    def places_of_negations(self, text: str) -> list[int]:
        """Return where a folded ``text`` says no."""
        return [m.start() for m in self.negations.finditer(text)] if self.negations else []

    def may_name(self, word: str) -> bool:
        """Return whether ``word``, with a capital inside a sentence, may be on a screen."""
        return self.capitals is not None and not self.capitals.fullmatch(plain(word))

    def are_opposed(self, one: str, other: str) -> bool:
        """Return whether two different words say opposite or otherwise distinct things."""
        first, second = map(self._whole, (one, other))
        if first == second:
            return False
        sides = ((_side(first, group), _side(second, group)) for group in self.opposites)
        if any(a is not None and b is not None and a != b for a, b in sides):
            return True
        if any(_end_apart(first, second, group) for group in self.suffixes):
            return True
        stems = ((a, b) for a in self._stems(first) for b in self._stems(second))
        return any(a[0] != b[0] and _same_stem(a[1], b[1]) for a, b in stems)

    def _whole(self, word: str) -> str:
        """Return ``word`` plain, without what is written together with it."""
        before, apostrophe, rest = plain(word).partition("'")
        return rest if apostrophe and before in self.elided else before + apostrophe + rest

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


def _side(word: str, group: dict[str, int]) -> int | None:
    """Return on which side of ``group`` a word is, itself or by its stem; None: on none."""
    if word in group:
        return group[word]
    stems = (word[:length] + "-" for length in range(len(word), 2, -1))
    return next((group[stem] for stem in stems if stem in group), None)


def _sides(group: list[str]) -> dict[str, int]:
    return {_folded(word): side for side, words in enumerate(group) for word in words.split("|")}


def _same_stem(one: str, other: str) -> bool:
    """Return whether two stems differ in their endings at most."""
    if one == other:
        return True
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    shared = min(len(one), len(other)) if shared is None else shared
    return shared >= _ENDING and max(len(one), len(other)) - shared <= _ENDING


def _end_apart(one: str, other: str, suffixes: tuple[str, ...]) -> bool:
    """Return whether two words are one stem with different ``suffixes``."""
    stems = (
        {word[: len(word) - len(end)]: end for end in suffixes if word.endswith(end)}
        for word in (one, other)
    )
    first, second = stems
    return any(
        len(stem) >= _SHORTEST_STEM and second.get(stem, end) != end for stem, end in first.items()
    )


def _folded(entry: str) -> str:
    return plain(entry) + "-" * entry.endswith("-")


def _one_of(patterns: list[str]) -> re.Pattern[str]:
    """Return a pattern for any of ``patterns``; a border that they share is looked for once."""
    words = [pattern.removeprefix(r"\b") for pattern in patterns if pattern.startswith(r"\b")]
    others = [pattern for pattern in patterns if not pattern.startswith(r"\b")]
    return re.compile("|".join([rf"\b(?:{'|'.join(words)})", *others]))


def _capitals(patterns: list[str]) -> re.Pattern[str] | None:
    """Return a pattern for the words that have a capital anyhow; None: so have all nouns."""
    return None if "*" in patterns else re.compile("|".join(patterns) or "(?!)")


@cache
def meaning_words(language: str) -> MeaningWords:
    """Return the words of a language tag such as ``fr``; none where it has none."""
    name = language.split("-")[0].lower()
    path = FOLDER.joinpath(name).joinpath("meaning.toml")
    if name not in available_languages() or not path.is_file():
        return MeaningWords()
    data = tomllib.loads(path.read_text("utf-8"))
    return MeaningWords(
        negations=_one_of(data["negations"]),
        prefixes=("", *data["prefixes"]),
        opposites=tuple(map(_sides, data["opposites"])),
        suffixes=tuple(tuple(map(plain, group)) for group in data.get("suffixes", ())),
        elided=tuple(data.get("elided", ())),
        capitals=_capitals(data.get("capitals", ())),
    )
