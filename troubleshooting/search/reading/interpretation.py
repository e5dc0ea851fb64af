"""A typed query with what the base knows of it: its codes, and a plan for its words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ...texts.codes import Lookup, Reading, ReadingKind
from ...texts.languages import named_platforms
from ...texts.languages.searching import generic_words
from ..codes.answers import WEAK, CodeAnswer, answers_for, needed_readings
from ..codes.lookups import Lookups
from ..context import SearchContext
from ..engines.statements import Step, together
from ..own.words import OwnWords
from ..words.folding import Word, fold, name_parts, words
from ..words.frequencies import TermFacts, facts_of
from ..words.seen import SeenWords
from ..words.stemming import analyser
from .asides import asides, is_aside
from .drafts import first_terms
from .names import candidates
from .operators import Conditions
from .plan import QueryPlan
from .planning import Planner
from .query import ParsedQuery, QueryCode, parse
from .removals import word_id

_PARTS_OF_NAMES = (ReadingKind.SYMBOL_PART, ReadingKind.SYMBOL_NEAR)


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A query taken apart, what the base knows of its codes, and what to ask for its words.

    ``numbers`` are the codes, as typed, that texts hold as numbers, and that the base documents as
    a part or a form of another number only: these are words too.
    """

    query: ParsedQuery
    answers: Sequence[CodeAnswer]
    plans: Sequence[QueryPlan]
    numbers: frozenset[str] = frozenset()

    @property
    def has_known_code(self) -> bool:
        """Return whether the base documents one of the codes, and none is one of ``numbers``."""
        return any(answer.used for answer in self.answers) and not self.numbers

    @property
    def is_unsure(self) -> bool:
        """Return whether nothing but numbers was typed for codes, each read as another one."""
        used = [answer for answer in self.answers if answer.used]
        return bool(used) and all(answer.is_of_another_number for answer in used)

    @property
    def is_about_the_unknown(self) -> bool:
        """Return whether a word beside the codes is one that no language of the texts knows."""
        slots = [slot for plan in self.plans for slot in plan.slots]
        known = {slot.word for slot in slots if slot.any_terms}
        return any(slot.word.isalpha() and slot.word not in known for slot in slots)

    def without_codes(self) -> Interpretation:
        """Return the same with no code taken for what was meant."""
        unused = [replace(answer, used=False) for answer in self.answers]
        return replace(self, answers=unused, numbers=frozenset())

    def narrowed(self, conditions: Callable[[str], Conditions]) -> Interpretation:
        """Return the same with what a text of each language has to meet."""
        plans = [replace(plan, conditions=conditions(plan.language)) for plan in self.plans]
        return replace(self, plans=plans)


def interpret(context: SearchContext, text: str, without: Collection[str]) -> Interpretation:
    """Take ``text`` apart, leaving out the readings, words and corrections named in ``without``.

    Names of codes that the base knows count in any letter case. Only the base can tell which
    words are such names, so all is looked up that a word could be: once, together.
    """
    lookups, query = Lookups(context), parse(text)
    asked, _pieces = _asked_words(context, query, query.codes, without)
    read = (one for code in (*query.codes, *query.possible) for one in code.readings)
    parts = [fold(one.canonical) for one in read if one.kind in _PARTS_OF_NAMES]
    first = _FirstTerms.of(context, [*asked, *parts], context.own)
    _, facts = together(
        context.rows,
        lookups.step(_asked(lookups, query), candidates(text)),
        facts_of(context, first.terms),
    )
    together(context.rows, lookups.step(_misspelt(lookups, query)))
    known_words = facts.words(context.vocabulary)
    is_known = _is_known(known_words, lookups)
    if lookups.names() or any(is_known(r) for code in query.possible for r in code.readings):
        query = parse(text, lookups.names(), is_known)
        together(context.rows, lookups.step(needed_readings(lookups, query.codes)))
    answers = answers_for(lookups, query.codes, without)
    known = {answer.number for answer in answers if answer.used}
    numbers = _said_as_numbers(Interpretation(query, answers, ()), known_words)
    unknown = [
        code
        for number, code in enumerate(query.codes)
        if number not in known or code.spelling in numbers
    ]
    asked, pieces = _asked_words(context, query, unknown, without, known_words)
    platforms = named_platforms(query.text)
    if first.words != asked:
        first = _FirstTerms.of(context, asked, context.own)
    planned = _planned(context, first, without, context.own, platforms, facts)
    ((planner, facts),) = together(context.rows, planned)
    plans = planner.plans(context.language, facts.count, facts.total, facts.is_seen, pieces)
    return Interpretation(query, answers, plans, numbers)


def _said_as_numbers(reading: Interpretation, known: SeenWords) -> frozenset[str]:
    """Return the codes of a query of nothing but other numbers that texts hold as they stand."""
    if not reading.is_unsure:
        return frozenset()
    used = {answer.code.spelling for answer in reading.answers if answer.used}
    return frozenset(filter(known.knows_somewhere, used))


class _FirstTerms(NamedTuple):
    """Folded words with the terms that have to be known before they are planned."""

    words: Sequence[str]
    terms: set[str]

    @classmethod
    def of(cls, context: SearchContext, words: Sequence[str], own: OwnWords) -> _FirstTerms:
        """Return those of ``words``."""
        return cls(words, first_terms(context.vocabulary, words, own))


def planner_for(
    context: SearchContext, asked: Sequence[str], without: Collection[str], own: OwnWords
) -> Step[tuple[Planner, TermFacts]]:
    """Return the planner of folded words, and what is known of all terms that it asks about.

    ``own`` are what editors say of words.
    """
    first = _FirstTerms.of(context, asked, own)
    return (yield from _planned(context, first, without, own))


def _planned(
    context: SearchContext,
    first: _FirstTerms,
    without: Collection[str],
    own: OwnWords,
    platforms: Collection[str] = (),
    before: TermFacts | None = None,
) -> Step[tuple[Planner, TermFacts]]:
    """Return what ``planner_for`` does. What was found out ``before`` is not asked again.

    ``platforms`` are those that the query names.
    """
    facts = yield from facts_of(context, first.terms, before)
    known = facts.words(context.vocabulary)
    planner = Planner(known, first.words, without, platforms, own)
    return planner, (yield from facts_of(context, first.terms | planner.terms(), facts))


def _is_known(known: SeenWords, lookups: Lookups) -> Callable[[Reading], bool]:
    """Return what tells whether the base knows a reading. A word of a text is no part of a name."""

    def is_known(reading: Reading) -> bool:
        if reading.kind in _PARTS_OF_NAMES:
            word = fold(reading.canonical)
            if any(known.lists(language, word) for language in known.languages):
                return False
        return bool(lookups.of(reading))

    return is_known


def _asked(lookups: Lookups, query: ParsedQuery) -> list[Reading]:
    """Return the readings of what is a code, and of what is one if the base knows it.

    Only ``_misspelt`` ones are left for later.
    """
    possible = (reading for code in query.possible for reading in code.readings)
    asked = [*needed_readings(lookups, query.codes), *possible]
    return [one for one in asked if one.lookup != Lookup.KEY_NEAR]


def _misspelt(lookups: Lookups, query: ParsedQuery) -> list[Reading]:
    """Return the readings by a similar name, of what no code was found to be called.

    Thousands of rows may begin as a name does: they are not read of one that is known.
    """
    unknown = [
        code
        for code in (*query.codes, *query.possible)
        if not any(lookups.of(one) for one in code.readings if one.kind not in WEAK)
    ]
    readings = (reading for code in unknown for reading in code.readings)
    return [one for one in readings if one.lookup == Lookup.KEY_NEAR]


def _asked_words(
    context: SearchContext,
    query: ParsedQuery,
    unknown: Sequence[QueryCode],
    without: Collection[str],
    known: SeenWords | None = None,
) -> tuple[list[str], set[str]]:
    """Return the words to ask for, those of ``unknown`` codes among them, and parts of names.

    A name that no text holds as it stands counts as the words it is made of, unless it may be a
    slip of one that a text holds. ``known`` are the words of texts that the reader may see; before
    they are known a name counts as all of these.
    """
    said: Sequence[Word] = _telling(query) if query.codes else query.words
    pieces: set[str] = set()
    if known:
        said, says_nothing = _problem(query, said, known)
        pieces.update(word.folded for word in said if says_nothing)
    spelt = [(word.start, query.text[word.start : word.end], word.folded) for word in said]
    spelt += [
        (code.start, code.spelling, word) for code in unknown for word in words(code.spelling)
    ]
    asked: list[str] = []
    for _, spelling, word in sorted(spelt):
        parts = name_parts(spelling)
        if known is None:
            asked += [word, *parts, *(context.vocabulary.slips(word) if parts else ())]
            continue
        if parts and _is_whole(context, known, word):
            parts = []
        pieces.update(parts)
        asked += parts or [word]
    return [word for word in asked if word_id(word) not in without], pieces


def _is_whole(context: SearchContext, known: SeenWords, word: str) -> bool:
    """Return whether a name is looked for as it stands, or as what it may be a slip of."""
    is_known = context.own.knows(word) or known.knows_somewhere(word)
    return is_known or known.misread_somewhere(word) or known.slip_somewhere(word)


def _problem(
    query: ParsedQuery, words: Sequence[Word], known: SeenWords
) -> tuple[Sequence[Word], bool]:
    """Return the words without those that say who, when or which ticket and that no text holds.

    Some text holds nearly any number of a date, so these go in any case. Where nothing else was
    said they are all there is to search for, and the second value is true: an entry that holds
    them is no answer.
    """
    places = asides(query.text)
    languages = [analyser(name) for name in known.languages]
    beside = any(
        not is_aside(word, places) and not any(made.is_stop(word.folded) for made in languages)
        for word in words
    )
    kept = [
        word
        for word in words
        if not is_aside(word, places)
        or (beside and not word.folded.isdigit() and known.knows_somewhere(word.folded))
    ]
    return (kept, False) if beside else (words, True)


def _telling(query: ParsedQuery) -> list[Word]:
    """Return the words beside codes that say something of the problem."""
    generic = generic_words()
    return [word for word in query.words if word.folded not in generic and len(word.folded) > 1]
