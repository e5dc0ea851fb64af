"""A plan before anything is known of its terms, and which terms have to be known first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..own.words import OwnWords
from ..words.seen import SeenWords
from ..words.stemming import Analyser, analyser
from ..words.vocabulary import Vocabulary

#: Neighbouring words that may be one name of the base, and letters that it must have.
_MOST_JOINED = 6
_SHORTEST_JOINED = 5


@dataclass(slots=True)
class PlanDraft:
    """A plan before anything is known of its terms.

    ``near`` maps words that the language does not list to groups of known words they may stand for
    (``SeenWords.near``), and ``alike`` words to others that mean the same. By the editors' entries
    ``own`` maps words to others that do just as well, ``words`` lack those that mean nothing,
    ``meanings`` is shown. ``expressions`` are those of several words, with these where they are
    looked for as well. ``translated`` are words of another language with what they are called in
    this one, and ``filling`` those that people say there around any problem. ``stops`` are misspelt
    words with those that say nothing. All three are told by the data of languages alone.
    """

    language: str
    home: float
    near: dict[str, list[list[str]]] = field(default_factory=dict)
    alike: dict[str, list[str]] = field(default_factory=dict)
    own: dict[str, list[str]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    expressions: dict[str, list[str]] = field(default_factory=dict)
    meanings: list[tuple[str, str]] = field(default_factory=list)
    translated: dict[str, list[str]] = field(default_factory=dict)
    filling: set[str] = field(default_factory=set)
    stops: dict[str, str] = field(default_factory=dict)


def first_terms(known: Vocabulary, words: Sequence[str], own: OwnWords) -> set[str]:
    """Return the terms of which it has to be known whether they are seen before words are planned.

    They are those of the words themselves, of what they may be misread from and of what may mean
    the same.
    """
    terms: set[str] = set()
    for language in known.languages:
        made = analyser(language)
        runs = [*made.expressions(words), *joined(words, language, known)]
        expressions = [words[start:end] for start, end in runs]
        said = [*words, *map(" ".join, expressions), *map("".join, expressions)]
        meant = [one for _, others in own.meanings(language, words) for one in others]
        alike = (one for word in said for one in made.synonyms(word))
        others = (analyser(one) for one in known.languages if one != language)
        called = (one for other in others for one in _called(other, language, words))
        misread = (one for word in words for one in known.misread(language, word))
        all_ = {*said, *meant, *alike, *called, *misread}
        terms.update(made.term(word) for word in all_ if known.knows(language, word))
    return terms


def _called(made: Analyser, language: str, words: Sequence[str]) -> Iterator[str]:
    """Yield what each of the words, and several together, are called in ``language``."""
    for word in words:
        yield from made.called_in(language, word)
    for _start, _end, others in made.expressions_called_in(language, words):
        yield from others


def joined(
    words: Sequence[str], language: str, known: Vocabulary | SeenWords
) -> Iterator[tuple[int, int]]:
    """Yield where neighbouring words are, written as one, a word of the texts."""
    stops = list(map(analyser(language).is_stop, words))
    for start, whole in enumerate(words):
        if stops[start]:
            continue
        for end in range(start + 2, min(start + _MOST_JOINED, len(words)) + 1):
            whole += words[end - 1]
            if stops[end - 1] or len(whole) < _SHORTEST_JOINED:
                continue
            if known.lists(language, whole):
                yield start, end
