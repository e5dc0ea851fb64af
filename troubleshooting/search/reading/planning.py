"""The words of a query -> a plan for each language.

Words that the language does not know are corrected towards the words it does know, but only in
languages that the query may be written in: of a French message no English words are guessed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from rapidfuzz.distance import OSA

from ..own.words import OwnWords
from ..words.seen import SeenWords
from ..words.stemming import analyser
from ..words.vocabulary import Vocabulary
from .plan import AT_HOME, RELATED, QueryPlan, Slot
from .removals import correction_id, meaning_id

#: Known words that an unknown one is taken for.
_NEAREST = 4
#: Letters of a word of which one may be wrong before nothing is left of the word.
_LETTERS = 4
#: Neighbouring words that may be one name of the base, and letters that it must have.
_MOST_JOINED = 6
_SHORTEST_JOINED = 5
#: A word that no text holds says less of what is meant than a rare one: it may be a name.
_UNKNOWN = 0.3
#: A word that no text holds, nor any that is like it, says more than the rarest of those that do:
#: what it names, the base has nothing about.
_ABSENT = 1.25
#: What is named by its number (KB4012345) is what is asked about: of one that no text holds, what
#: merely shares the words beside it is no answer.
_NUMBERED = 2.0
_IDENTIFIER = re.compile(r"(?=.{0,30}[0-9]{4})[0-9]{0,30}[a-z]{1,30}[0-9]{1,30}[a-z]{0,30}")
#: A word that callers say around any problem (please, since this morning) hardly orders.
_FILLER = 0.2
#: A word that is common in texts of any subject says less than a base of few texts makes it seem.
_COMMON = 0.5


def rarity(count: int, total: int) -> float:
    """Return the weight of a word that ``count`` of ``total`` entries hold (as in BM25)."""
    return math.log(1 + (total - min(count, total) + 0.5) / (count + 0.5))


@dataclass(slots=True)
class PlanDraft:
    """A plan before anything is known of its terms.

    ``near`` maps words that the language does not list to groups of known words they may stand for
    (``SeenWords.near``), and ``alike`` words to others that mean the same. By the editors' entries
    ``own`` maps words to others that do just as well, ``words`` lack those that mean nothing,
    ``meanings`` is shown. ``expressions`` are those of several words, with these where they are
    looked for as well.
    """

    language: str
    home: float
    near: dict[str, list[list[str]]] = field(default_factory=dict)
    alike: dict[str, list[str]] = field(default_factory=dict)
    own: dict[str, list[str]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    expressions: dict[str, list[str]] = field(default_factory=dict)
    meanings: list[tuple[str, str]] = field(default_factory=list)


def first_terms(known: Vocabulary, words: Sequence[str], own: OwnWords) -> set[str]:
    """Return the terms of which it has to be known whether they are seen before words are planned.

    They are those of the words themselves and of what may mean the same.
    """
    terms: set[str] = set()
    for language in known.languages:
        made = analyser(language)
        runs = [*made.expressions(words), *joined(words, language, known)]
        expressions = [words[start:end] for start, end in runs]
        said = [*words, *map(" ".join, expressions), *map("".join, expressions)]
        meant = [one for _, others in own.meanings(language, words) for one in others]
        all_ = {*said, *meant, *(one for word in said for one in made.synonyms(word))}
        terms.update(made.term(word) for word in all_ if known.knows(language, word))
    return terms


def joined(
    words: Sequence[str], language: str, known: Vocabulary | SeenWords
) -> Iterator[tuple[int, int]]:
    """Yield where neighbouring words are, written as one, a word of the texts."""
    made = analyser(language)
    for start, first in enumerate(words):
        whole = first
        for end in range(start + 2, min(start + _MOST_JOINED, len(words)) + 1):
            last = words[end - 1]
            whole += last
            if made.is_stop(first) or made.is_stop(last) or len(whole) < _SHORTEST_JOINED:
                continue
            if known.lists(language, whole):
                yield start, end


class Planner:
    """Makes the plans of one search from the folded ``words`` of the query.

    ``without`` names corrections that the reader does not want (``correction_id``), ``platforms``
    those that the query names, ``own`` what editors say of words. What the plans need to know of
    terms is asked for in between: ``terms`` says of which.
    """

    def __init__(
        self,
        vocabulary: SeenWords,
        words: Sequence[str],
        without: Collection[str] = (),
        platforms: Collection[str] = (),
        own: OwnWords | None = None,
    ) -> None:
        self.known = vocabulary
        self.own = own or OwnWords()
        self.platforms = frozenset(platforms)
        self.words = words
        homes = {language: self._home(language) for language in vocabulary.languages}
        best = max(homes.values(), default=0.0)
        self.drafts = [PlanDraft(language, home) for language, home in homes.items()]
        for draft in self.drafts:
            draft.words = self._telling(draft.language)
            self._note_meanings(draft, without)
            if draft.home >= best - AT_HOME:
                self._draft(draft, without)

    def terms(self) -> set[str]:
        """Return the terms of which the plans need to know how many entries hold them.

        They are own words and corrections; of them it is asked too whether the reader may see an
        entry.
        """
        own = {
            analyser(draft.language).term(word)
            for draft in self.drafts
            for word in draft.words
            if self.known.knows(draft.language, word)
        }
        others = {
            analyser(draft.language).term(other)
            for draft in self.drafts
            for listed in chain(draft.alike.values(), draft.own.values(), *draft.near.values())
            for other in listed
        }
        return own | others

    def plans(
        self,
        reader: str,
        count: Callable[[str], int],
        total: int,
        is_visible: Callable[[str], bool] = lambda term: True,
        pieces: Collection[str] = (),
    ) -> list[QueryPlan]:
        """Return a plan for each language, the one that the query is written in first.

        ``count`` tells how many of ``total`` entries hold a term, ``is_visible`` whether one does
        that the reader may see: any other is unknown to this reader, whatever hidden texts say.
        ``pieces`` are the words that stand only in a name, no evidence that an entry answers.
        """
        facts = _Facts(count, max(total, 1), is_visible, pieces)
        plans = [self._plan(draft, facts) for draft in self.drafts]
        return sorted(plans, key=lambda plan: (-plan.home, plan.language != reader))

    def _home(self, language: str) -> float:
        """Return the share of the words that the language knows; stop words tell most.

        It knows those of its texts, and those that people are known to search by.
        """
        made = analyser(language)
        stop = made.stop_words
        known = (self.known.lists(language, word) or made.is_said(word) for word in self.words)
        score = sum(
            2.0 if word in stop else float(one) for word, one in zip(self.words, known, strict=True)
        )
        return score / max(1, sum(2.0 if word in stop else 1.0 for word in self.words))

    def _telling(self, language: str) -> list[str]:
        """Return the words but for those that mean nothing to the editors, if any are left.

        A word of another language that this one does not know means nothing here either.
        """
        known, dropped = self.known, self.own.nothing(language, self.words)
        for other in (one for one in known.languages if one != language):
            places = self.own.nothing(other, self.words)
            dropped |= {one for one in places if not known.knows(language, self.words[one])}
        left = [word for place, word in enumerate(self.words) if place not in dropped]
        made = analyser(language)
        return left if any(not made.is_stop(word) for word in left) else list(self.words)

    def _note_meanings(self, draft: PlanDraft, without: Collection[str]) -> None:
        """Note what runs of words mean by the editors' entries.

        Word by word the meant ones do as well as those typed. Where a side has more, any word of
        the other side does for these.
        """
        for places, meant in self.own.meanings(draft.language, self.words):
            said = [self.words[place] for place in places]
            kept = [word for word in meant if self.known.knows(draft.language, word)]
            shown = " ".join(said), " ".join(meant)
            if not kept or meaning_id(*shown) in without:
                continue
            draft.meanings.append(shown)
            for place, word in enumerate(said):
                draft.own.setdefault(word, []).extend(kept[place : place + 1] or kept)
            for word in kept[len(said) :]:
                draft.own.setdefault(word, []).extend(said)
                draft.words += [word] if word not in draft.words else []

    def _draft(self, draft: PlanDraft, without: Collection[str]) -> None:
        """Note the nearest known words of each word that the language does not know."""
        made = analyser(draft.language)
        self._note_expressions(draft, without)
        for word in dict.fromkeys(self.words):
            if made.is_stop(word):
                continue
            if made.is_filler(word) and not self.known.knows(draft.language, word):
                continue
            if alike := self._alike(draft.language, word, without):
                draft.alike[word] = alike
            if not self.known.lists(draft.language, word):
                draft.near[word] = [
                    [
                        one
                        for one in group
                        if not made.is_stop(one) and correction_id(word, one) not in without
                    ]
                    for group in self.known.near(draft.language, word)
                ]

    def _note_expressions(self, draft: PlanDraft, without: Collection[str]) -> None:
        """Note what several words mean together; unknown words among them say no more."""
        made = analyser(draft.language)
        for start, end in [
            *made.expressions(self.words),
            *joined(self.words, draft.language, self.known),
        ]:
            said = self.words[start:end]
            together = " ".join(said)
            alike = self._alike(draft.language, together, without)
            if not alike and self.known.lists(draft.language, "".join(said)):
                alike = ["".join(said)]
            if alike:
                draft.alike[together] = alike
                kept = said if made.has_form(together) else self._known(draft.language, said)
                draft.words = [one for one in draft.words if one not in said or one in kept]
                draft.words.append(together)
                if len(said) > 1:
                    telling = [one for one in said if not made.is_stop(one)]
                    draft.expressions[together] = telling if set(telling) <= set(kept) else []

    def _known(self, language: str, words: Sequence[str]) -> list[str]:
        return [one for one in words if self.known.knows(language, one)]

    def _alike(self, language: str, word: str, without: Collection[str]) -> list[str]:
        """Return known words that mean the same as ``word``, one of each term."""
        made = analyser(language)
        alike = (one for one in made.synonyms(word) if self.known.knows(language, one))
        kept = [one for one in alike if correction_id(word, one) not in without]
        return list({made.term(one): one for one in kept}.values())

    def _plan(self, draft: PlanDraft, facts: _Facts) -> QueryPlan:
        content = [word for word in draft.words if self._says_something(draft.language, word)]
        slots = {word: self._slot(draft, word, facts) for word in dict.fromkeys(content)}
        said = (slots[word] for word in content if word not in draft.expressions)
        first = [slot.terms[0] if slot.terms else slot.word for slot in said]
        meant = [
            slots[word].corrected[0] if word in slots and slots[word].corrected else word
            for word in self.words
        ]
        own = {word for word, slot in slots.items() if slot.own}
        meanings = [one for one in draft.meanings if own.intersection(one[0].split())]
        return QueryPlan(
            draft.language,
            tuple(slots.values()),
            " ".join(first),
            " ".join(meant),
            draft.home,
            sum(slot.information for slot in slots.values()),
            self.platforms,
            meanings=tuple(dict.fromkeys(meanings)),
        )

    def _says_something(self, language: str, word: str) -> bool:
        """Return whether a word counts.

        No stop word of the language does, nor one of another that this language does not know.
        """
        if analyser(language).is_stop(word):
            return False
        if self.known.knows(language, word):
            return True
        return not any(analyser(draft.language).is_stop(word) for draft in self.drafts)

    def _slot(self, draft: PlanDraft, word: str, facts: _Facts) -> Slot:
        make = analyser(draft.language).term
        known = self.known.knows(draft.language, word) and facts.is_visible(make(word))
        others = [one for one in draft.alike.get(word, ()) if facts.is_visible(make(one))]
        own = tuple(one for one in draft.own.get(word, ()) if facts.is_visible(make(one)))
        near = (
            ()
            if own or (others and not known)
            else _best(draft.near.get(word, ()), word, make, facts)
        )
        terms = tuple(dict.fromkeys(map(make, ((word,) if known else ()) + own + near)))
        alike = tuple(term for term in dict.fromkeys(map(make, others)) if term not in terms)
        count = sum(map(facts.count, terms or alike))
        weight = rarity(count, facts.total) * (1.0 if terms or alike else _UNKNOWN)
        if analyser(draft.language).is_filler(word) and not own:
            return Slot(word, terms, count, weight * _FILLER, certainty=0.0, is_vague=True)
        said = rarity(count if known else 0, facts.total)
        if analyser(draft.language).is_common(word) and not own:
            weight, said = weight * _COMMON, said * _COMMON
        if not known and not own and _IDENTIFIER.fullmatch(word):
            said *= _NUMBERED
        elif not (known or own or others or near):
            said *= _ABSENT
        meant = () if known or own else (*others, *near)
        certainty = 0.0
        if word not in facts.pieces:
            certainty = _certainty(draft.language, word, meant[0] if meant else word)
        spelt = tuple(map(make, draft.expressions.get(word, ())))
        vague = analyser(draft.language).is_vague(word) and not own
        return Slot(word, terms, count, weight, meant, said, certainty, alike, own, spelt, vague)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the database knows of terms."""

    count: Callable[[str], int]
    total: int
    is_visible: Callable[[str], bool]
    pieces: Collection[str]


def _best(
    groups: Sequence[Sequence[str]], word: str, make: Callable[[str], str], facts: _Facts
) -> tuple[str, ...]:
    """Return the most frequent words of the first group that holds one which the reader may see."""
    seen = ([one for one in group if facts.is_visible(make(one))] for group in groups)
    near = next((group for group in seen if group), [])
    near.sort(key=lambda other: (other[0] != word[0], -facts.count(make(other)), other))
    return tuple(near[:_NEAREST])


def _certainty(language: str, word: str, other: str) -> float:
    """Return how surely ``word`` means ``other``, 0 to 1.

    One error in so many letters says nothing: of short words nearly any has a known neighbour.
    """
    if word.replace(" ", "") == other:
        return 1.0
    made = analyser(language)
    root = made.root(word)
    if other in made.synonyms(word) or (root and made.root(other) == root):
        return RELATED
    if other.startswith(word):
        return len(word) / len(other)
    return max(0.0, 1 - OSA.distance(word, other) * _LETTERS / len(word))
