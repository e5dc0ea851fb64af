"""A word of the query -> its slot in a plan: what does for it, and what it says."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from ..words.misread import intended
from ..words.seen import SeenWords
from ..words.stemming import analyser
from .drafts import PlanDraft
from .plan import RELATED, Slot

#: Known words that an unknown one is taken for.
_NEAREST = 4
#: Letters of a word of which one may be wrong before nothing is left of the word.
_LETTERS = 4
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
#: What a slip of a word that says nothing says nevertheless: it may be a word of its own.
_SLIP = 0.5
#: A word that is common in texts of any subject says less than a base of few texts makes it seem.
_COMMON = 0.5


def rarity(count: int, total: int) -> float:
    """Return the weight of a word that ``count`` of ``total`` entries hold, in nats, above 0.

    It is the inverse document frequency of BM25 with 1 added in the logarithm, as Lucene has it, so
    that a word that most entries hold has no weight below 0.
    """
    return math.log(1 + (total - min(count, total) + 0.5) / (count + 0.5))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database knows of terms: see ``Planner.plans``. ``known`` are the reader's words."""

    known: SeenWords
    count: Callable[[str], int]
    total: int
    is_visible: Callable[[str], bool]
    pieces: Collection[str]

    def holds(self, word: str) -> bool:
        """Return whether a text that the reader may see holds the word, in any language."""
        return any(self.known.knows(language, word) for language in self.known.languages)


def make_slot(draft: PlanDraft, word: str, facts: Facts) -> Slot:
    """Return what is known of a word of ``draft`` once the database has told of its terms."""
    make = analyser(draft.language).term
    others = tuple(one for one in draft.alike.get(word, ()) if facts.is_visible(make(one)))
    own = tuple(one for one in draft.own.get(word, ()) if facts.is_visible(make(one)))
    called = () if own else draft.translated.get(word, ())
    translated = tuple(one for one in called if facts.is_visible(make(one)))
    known = _is_known(draft, word, facts, bool(translated))
    stands_for_others = own or translated or (others and not known)
    near = () if stands_for_others else _best(draft.near.get(word, ()), word, make, facts)
    # A slip of a word that says nothing rather than of one that says something.
    is_slip = word in draft.stops and not (own or facts.holds(word) or _begun(word, near))
    near = () if is_slip else near
    joined = tuple(one for one in others if one == word.replace(" ", ""))
    same = ((word,) if known else ()) + own + joined + translated + near
    terms = tuple(dict.fromkeys(map(make, same)))
    others = () if translated else others
    alike = tuple(term for term in dict.fromkeys(map(make, others)) if term not in terms)
    count = sum(map(facts.count, terms or alike))
    weight = rarity(count, facts.total) * (1.0 if terms or alike else _UNKNOWN)
    is_filler = analyser(draft.language).is_filler(word) and not own
    said = rarity(count if known or translated else 0, facts.total)
    if is_filler or is_slip:
        said *= 0.0 if is_filler else _SLIP
        return Slot(*(word, terms, count, weight * _FILLER, (), said), certainty=0.0, is_vague=True)
    if analyser(draft.language).is_common(word) and not own:
        weight, said = weight * _COMMON, said * _COMMON
    if not known and not own and _IDENTIFIER.fullmatch(word):
        said *= _NUMBERED
    elif not (terms or alike):
        said *= _ABSENT
    meant = () if known or own else (*translated, *others, *near)
    certainty = 0.0
    if word not in facts.pieces:
        certainty = _certainty(draft.language, word, meant[0] if meant else word)
    if meant and meant[0] in translated:
        certainty = RELATED
    is_typed = bool(own or joined) or (known and facts.known.holds(draft.language, word))
    if known and not is_typed:
        certainty = min(certainty, RELATED)
    # A slip is told by its letters, not by its root.
    is_typed = is_typed or (bool(near) and not known and certainty != RELATED)
    spelt = tuple(map(make, draft.expressions.get(word, ())))
    vague = analyser(draft.language).is_vague(word) and not own
    return Slot(
        *(word, terms, count, weight, meant, said, certainty, alike, own, spelt, vague),
        is_translated=bool(translated),
        is_typed=is_typed,
    )


def _is_known(draft: PlanDraft, word: str, facts: Facts, is_translated: bool) -> bool:
    """Return whether the language knows the word, and the reader may see a text that holds it.

    A word of another language of which it is known what it is called in this one is known here in
    the form typed alone: that other words have its stem here is by chance ("files", "fil").
    """
    language = draft.language
    if is_translated and not facts.known.holds(language, word):
        return False
    return facts.known.knows(language, word) and facts.is_visible(analyser(language).term(word))


def _best(
    groups: Sequence[Sequence[str]], word: str, make: Callable[[str], str], facts: Facts
) -> tuple[str, ...]:
    """Return the most frequent words of the first group that holds one which the reader may see."""
    seen = ([one for one in group if facts.is_visible(make(one))] for group in groups)
    near = next((group for group in seen if group), [])
    near.sort(key=lambda other: (other[0] != word[0], -facts.count(make(other)), other))
    return tuple(near[:_NEAREST])


def _begun(word: str, near: Sequence[str]) -> bool:
    """Return whether one of the words that may be meant is begun by ``word``."""
    return any(one.startswith(word) for one in near)


def _certainty(language: str, word: str, other: str) -> float:
    """Return how surely ``word`` means ``other``, 0 to 1.

    One error in so many letters says nothing: of short words nearly any has a known neighbour.
    """
    if word.replace(" ", "") == other or other in intended(word):
        return 1.0
    made = analyser(language)
    root = made.root(word)
    if other in made.synonyms(word) or (root and made.root(other) == root):
        return RELATED
    if other.startswith(word):
        return len(word) / len(other)
    return max(0.0, 1 - OSA.distance(word, other) * _LETTERS / len(word))
