"""Which sentences of an article a question is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ..representing.sentences import HEADING, TITLE, Sentence
from ..search.words.folding import words
from ..search.words.stemming import analyser

#: Passages of an article that a question is answered with.
MOST = 4


def terms_of(text: str, language: str) -> frozenset[str]:
    """Return what is compared of a text: its words without endings and stop words."""
    return frozenset(analyser(language).terms(words(text)))


def weights(question: frozenset[str], parts: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return how much each word of the question tells among ``parts``: rare ones most."""
    held = Counter(term for part in parts for term in part & question)
    return {term: 1 / count for term, count in held.items()}


def best_sentences(question: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences that hold most of the question, in the order of the article."""
    said = [one for one in sentences if one.role not in (TITLE, HEADING)]
    if not said:
        return []
    language = said[0].language
    asked = terms_of(question, language)
    parts = [terms_of(one.text, language) for one in said]
    worth = weights(asked, parts)
    scores = [_score(part, worth) for part in parts]
    places = sorted(range(len(said)), key=lambda place: (-scores[place], place))[:MOST]
    return [said[place] for place in sorted(places) if scores[place] > 0]


def _score(part: frozenset[str], worth: Mapping[str, float]) -> float:
    return sum(value for term, value in worth.items() if term in part)
