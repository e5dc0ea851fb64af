"""What a reader types to narrow a search: ``"an exact phrase"``, ``-word``, ``-"phrase"``. Pure.

A minus excludes at the beginning and after a space. A number keeps its minus, an option of a
command (``-ExecutionPolicy``, ``-q``) its dash, and an apostrophe is never a quote. Both can be
taken out like anything else that was understood.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...texts.languages import available_languages, labels_for
from ..words.folding import words
from ..words.stemming import analyser

_PHRASE = re.compile(
    r"\"([^\"\n]{2,300})\"|“([^“”\n]{2,300})”|«([^«»\n]{2,300})»|„([^„“\n]{2,300})“"
)
#: A word after a minus, with letters, digits and dashes; no single letter.
_EXCLUDED = re.compile(r"(?<!\S)-([^\W\d_][\w’'-]{1,39})(?=[,;.!?]?(?:\s|$))")
#: What excludes the phrase that follows, at the end of what stands before it.
_MINUS = re.compile(r"(?<!\S)-\Z")
#: Phrases, and excluded words and phrases, that are heeded.
_MOST = 4


@dataclass(frozen=True, slots=True)
class Operators:
    """What narrows a query: ``text`` is the query without what it excludes.

    ``phrases`` and ``excluded`` (words and phrases) are as typed, without their signs.
    """

    text: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        """Return whether anything narrows the query."""
        return bool(self.phrases or self.excluded)

    @property
    def only_excludes(self) -> bool:
        """Return whether nothing is asked for beside what is excluded."""
        return bool(self.excluded) and not words(self.text)

    def conditions(self, language: str, reader: str = "") -> Conditions:
        """Return what a text of ``language`` has to hold, and what it must not.

        What the text in the language of the ``reader`` must not hold either is what they will see.
        """

        def rows(phrases: Sequence[str], language: str) -> tuple[str, ...]:
            joined = (" ".join(analyser(language).terms(words(phrase))) for phrase in phrases)
            return tuple(f" {row} " for row in joined if row)

        unseen = rows(self.excluded, reader) if reader not in ("", language) else ()
        return Conditions(rows(self.phrases, language), rows(self.excluded, language), unseen)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Rows of terms that must stand in a text side by side, and rows that must not.

    The terms of a row are joined by spaces, with one before and one after. ``unseen`` are rows that
    must not stand in the same article's text in the language of the reader.
    """

    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()

    def allow(self, fields: Sequence[str]) -> bool:
        """Return whether a text of these ``fields``, terms joined by spaces, meets them."""
        if not self.phrases and not self.excluded:  # of hundreds of candidates in any search
            return True
        spaced = [f" {field} " for field in fields]
        return all(any(row in field for field in spaced) for row in self.phrases) and not any(
            row in field for field in spaced for row in self.excluded
        )


#: What every text meets.
ANY = Conditions()


def operators(text: str, without: Collection[str] = ()) -> Operators:
    """Read the operators of ``text``, but for those named in ``without``."""
    phrases, excluded = [], []
    kept = text
    for match in _PHRASE.finditer(text):
        said = next(group for group in match.groups() if group).strip()
        if _MINUS.search(text, 0, match.start()) and words(said):
            kept = _blank(kept, match.start() - 1, match.end())
            excluded += [said] if excluded_id(said) not in without else []
        elif len(words(said)) > 1 and phrase_id(said) not in without:
            phrases.append(said)
    for match in _EXCLUDED.finditer(kept):
        word = match[1]
        if not _may_be_excluded(word):
            continue
        if excluded_id(word) not in without:
            excluded.append(word)
        kept = _blank(kept, *match.span())
    return Operators(kept, tuple(phrases[:_MOST]), tuple(excluded[:_MOST]))


def _may_be_excluded(word: str) -> bool:
    """Return whether a word after a minus is no option of a command.

    Those of PowerShell begin with a capital; of platforms the names may as well (``-iOS``).
    """
    return word == word.lower() or any(
        labels_for(name).named_platforms(word) for name in available_languages()
    )


def _blank(text: str, start: int, end: int) -> str:
    """Return ``text`` with spaces from ``start`` to ``end``, so that places stay what they are."""
    return text[:start] + " " * (end - start) + text[end:]


def phrase_id(phrase: str) -> str:
    """Return the name of a phrase by which a reader can remove it."""
    return f"phrase:{phrase}"


def excluded_id(word: str) -> str:
    """Return the name of an excluded word by which a reader can remove it."""
    return f"excluded:{word}"
