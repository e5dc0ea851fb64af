"""What to offer where a question finds nothing: what its single words find, fused.

An assistant reads what it is given and can tell whether it answers; a list of hits must not claim
so. That is why the search itself does not do it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ..search import SearchResult
from ..search.result import Hit
from ..search.words.folding import words
from ..search.words.stemming import analyser

#: Words that are asked for, and articles of one.
_MOST_WORDS = 8
_DEEP = 10
#: The constant of reciprocal rank fusion (Cormack, Clarke, Büttcher: SIGIR 2009).
_DAMPING = 60
#: What a word counts for that alone leads to guesses only, such as one of every subject.
_GUESSED = 0.5
_MOST = 3


def loosely(text: str, language: str, ask: Callable[[str], SearchResult]) -> list[Hit]:
    """Return the articles that the words of ``text`` find one by one, the best first."""
    worth: dict[int, float] = {}
    hits: dict[int, Hit] = {}
    for word in list(_telling(text, language))[:_MOST_WORDS]:
        result = ask(word)
        share = 1.0 if result.hits else _GUESSED
        for rank, hit in enumerate((result.hits or result.guesses)[:_DEEP], start=1):
            hits.setdefault(hit.article_id, replace(hit, guess=True))
            worth[hit.article_id] = worth.get(hit.article_id, 0.0) + share / (_DAMPING + rank)
    return _best(hits, worth)


def _best(hits: dict[int, Hit], worth: dict[int, float]) -> list[Hit]:
    ordered: Sequence[int] = sorted(hits, key=lambda number: -worth[number])
    return [hits[number] for number in ordered[:_MOST]]


def _telling(text: str, language: str) -> Iterator[str]:
    """Yield the words of a text that say something, each once."""
    known = analyser(language)
    seen: set[str] = set()
    for word in words(text):
        term = known.term(word)
        if len(word) > 2 and term not in seen and not known.is_stop(word):
            seen.add(term)
            yield word
