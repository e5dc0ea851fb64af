"""An entry tried on past searches before it is saved: whose first results would be others?"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..access import Reader
from ..models import SearchFacets, SearchLog, VocabularyEntry
from ..search import SearchRequest, search
from ..search.own.words import PIN, OwnEntry, OwnWords, phrases
from ..search.result import Hit
from ..search.words.folding import words
from ..search.words.stemming import analyser
from .entries import Kind, as_entry, own_words

#: Past searches that are looked through, and different ones that are tried.
_LOOKED_AT, _TRIED = 5_000, 60
#: Seconds after which no more are tried.
_PATIENCE = 4.0
#: Hits that are compared.
_COMPARED = 3


@dataclass(frozen=True, slots=True)
class TrialDifference:
    """A past search (``count`` times) and its first article, before and after; None for none.

    ``is_own`` marks the words of the entry itself, which nobody need have searched for.
    ``is_first`` tells whether the first article differs; else one of the next two does.
    """

    text: str
    language: str
    count: int
    before: Hit | None
    after: Hit | None
    is_own: bool = False
    is_first: bool = True


@dataclass(slots=True)
class Trial:
    """What an entry changes. ``tried_count`` counts past searches that hold its words."""

    tried_count: int = 0
    changes: list[TrialDifference] = field(default_factory=list)
    is_cut: bool = False

    @property
    def changed_count(self) -> int:
        """Return how many past searches would give other results."""
        return sum(not one.is_own for one in self.changes)


def try_out(entry: VocabularyEntry, language: str) -> Trial:
    """Search as everybody does without and with the unsaved ``entry``.

    ``language`` is that of the searches for the entry's own words.
    """
    before, after = own_words(), own_words(entry)
    trial, until = Trial(), time.monotonic() + _PATIENCE
    own = entry.language or language
    for said in dict.fromkeys(_own_texts(entry)):
        if change := _change(said, own, 0, before, after):
            trial.changes.append(change)
    for text, asked_in, count in _past(as_entry(entry)):
        if trial.tried_count >= _TRIED or time.monotonic() > until:
            trial.is_cut = True
            break
        trial.tried_count += 1
        if change := _change(text, asked_in, count, before, after):
            trial.changes.append(change)
    return trial


def _own_texts(entry: VocabularyEntry) -> Iterator[str]:
    if entry.kind == Kind.NOTHING:
        return
    both = entry.kind == Kind.ALIKE
    for text in (entry.words, entry.meaning if both else ""):
        yield from filter(None, map(str.strip, text.split(",")))


def _past(entry: OwnEntry) -> list[tuple[str, str, int]]:
    """Return past searches that the entry may concern, as text, language and number.

    The newest first.
    """
    rows = SearchLog.objects.exclude(kind="log").order_by("-pk")
    counted: dict[tuple[str, str], int] = {}
    for said, codes, language in rows.values_list("words", "codes", "language")[:_LOOKED_AT]:
        text = " ".join([said, *codes]).strip()
        if text:
            counted[text, language] = counted.get((text, language), 0) + 1
    return [(*key, count) for key, count in counted.items() if _concerns(entry, *key)]


def _concerns(entry: OwnEntry, text: str, language: str) -> bool:
    """Return whether all words of a phrase of the entry stand in the search, in some form."""
    if entry.kind == PIN and OwnWords([entry]).pinned((), (), text.split()):
        return True
    made = analyser(entry.language or language)
    held = set(map(made.term, words(text)))
    texts = [entry.words, entry.meaning if entry.kind == Kind.ALIKE else ""]
    return any(held.issuperset(made.terms(phrase)) for said in texts for phrase in phrases(said))


def _change(
    text: str, language: str, count: int, before: OwnWords, after: OwnWords
) -> TrialDifference | None:
    was, now = (_first(text, language, own) for own in (before, after))
    if [one.article_id for one in was] == [one.article_id for one in now]:
        return None
    one, other = (next(iter(hits), None) for hits in (was, now))
    is_first = (one and one.article_id) != (other and other.article_id)
    return TrialDifference(text, language, count, one, other, not count, is_first)


def _first(text: str, language: str, own: OwnWords) -> Sequence[Hit]:
    visible = SearchFacets.objects.visible_to(Reader.PUBLIC)
    result = search(visible, SearchRequest(text, language, limit=_COMPARED), own=own)
    return (result.hits or result.guesses)[:_COMPARED]
