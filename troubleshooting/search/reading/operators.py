"""What a reader types to narrow a search: ``"an exact phrase"`` and ``-word``. Pure.

A number keeps its minus, an option of a command (``-ExecutionPolicy``, ``-q``) its dash, and an
apostrophe is never a quote. Both can be taken out like anything else that was understood.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..words.folding import words
from ..words.stemming import analyser

_PHRASE = re.compile(
    r"\"([^\"\n]{3,300})\"|“([^“”\n]{3,300})”|«([^«»\n]{3,300})»|„([^„“\n]{3,300})“"
)
#: Not the first word, which would leave nothing to search for; no capital, no single letter.
_EXCLUDED = re.compile(r"(?<=\S)(\s+)-([^\W\d_]{2,40})(?=\s|$)")
#: Phrases and excluded words that are heeded.
_MOST = 4


@dataclass(frozen=True, slots=True)
class Operators:
    """What narrows a query: ``text`` is the query without the excluded words.

    ``phrases`` and ``excluded`` are as typed, without their signs.
    """

    text: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    def conditions(self, language: str) -> Conditions:
        """Return what a text of ``language`` has to hold, and what it must not."""
        terms = analyser(language).terms
        phrases = (f" {' '.join(terms(words(phrase)))} " for phrase in self.phrases)
        excluded = (term for word in self.excluded for term in terms(words(word)))
        return Conditions(tuple(one for one in phrases if one.strip()), frozenset(excluded))


@dataclass(frozen=True, slots=True)
class Conditions:
    """Rows of terms that must stand in a text side by side, and terms that must not stand in it."""

    phrases: tuple[str, ...] = ()
    excluded: frozenset[str] = frozenset()

    def allow(self, fields: Sequence[str]) -> bool:
        """Tell whether a text of these ``fields``, terms joined by spaces, meets them."""
        if not all(any(phrase in f" {field} " for field in fields) for phrase in self.phrases):
            return False
        if not self.excluded:  # hundreds of candidates of nearly every search
            return True
        return all(self.excluded.isdisjoint(field.split()) for field in fields)


#: What every text meets.
ANY = Conditions()


def operators(text: str, without: Collection[str] = ()) -> Operators:
    """Read the operators of ``text``, but for those named in ``without``."""
    phrases, excluded = [], []
    for match in _PHRASE.finditer(text):
        said = next(group for group in match.groups() if group).strip()
        if len(words(said)) > 1 and phrase_id(said) not in without:
            phrases.append(said)
    kept = text
    for match in _EXCLUDED.finditer(text):
        word = match[2]
        if word != word.lower():
            continue
        if excluded_id(word) not in without:
            excluded.append(word)
        kept = kept[: match.start()] + " " * len(match[0]) + kept[match.end() :]
    return Operators(kept, tuple(phrases[:_MOST]), tuple(excluded[:_MOST]))


def phrase_id(phrase: str) -> str:
    """Return the name of a phrase by which a reader can remove it."""
    return f"phrase:{phrase}"


def excluded_id(word: str) -> str:
    """Return the name of an excluded word by which a reader can remove it."""
    return f"excluded:{word}"
