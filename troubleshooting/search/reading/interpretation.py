"""A typed query with what the base knows of it: its codes, and a plan for its words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...texts.codes import Reading
from ...texts.languages.searching import generic_words
from ..codes.answers import Answer, answers_for, needed_readings
from ..codes.lookups import Lookups
from ..context import Context
from ..engines.statements import together
from ..words.frequencies import facts_of
from .names import candidates
from .plan import Plan, Planner, word_id
from .query import ParsedQuery, parse


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A query taken apart, what the base knows of its codes, and what to ask for its words."""

    query: ParsedQuery
    answers: Sequence[Answer]
    plans: Sequence[Plan]

    @property
    def has_known_code(self) -> bool:
        """Whether the base documents one of the codes."""
        return any(answer.used for answer in self.answers)


def interpret(context: Context, text: str, without: Collection[str]) -> Interpretation:
    """Take ``text`` apart, leaving out the readings, words and corrections named in ``without``.

    Names of codes that the base knows count in any letter case. Only the base can tell which
    words are such names, so all is looked up that a word could be: once, together.
    """
    lookups, query = Lookups(context), parse(text)
    planner = _planner(context, query, without)
    _, facts = together(
        context.rows,
        lookups.step(_asked(lookups, query), candidates(text)),
        facts_of(context, planner.terms()),
    )
    if lookups.names() or any(lookups.of(r) for code in query.possible for r in code.readings):
        query = parse(text, lookups.names(), lookups.of)
        planner = _planner(context, query, without)
        asked = lookups.step(needed_readings(lookups, query.codes))
        _, facts = together(context.rows, asked, facts_of(context, planner.terms(), facts))
    answers = answers_for(lookups, query.codes, without)
    plans = planner.plans(context.language, facts.count, facts.total, facts.is_seen)
    return Interpretation(query, answers, plans)


def _asked(lookups: Lookups, query: ParsedQuery) -> list[Reading]:
    """The readings of what is a code, and of what is one if the base knows it."""
    possible = (reading for code in query.possible for reading in code.readings)
    return [*needed_readings(lookups, query.codes), *possible]


def _planner(context: Context, query: ParsedQuery, without: Collection[str]) -> Planner:
    words = _telling(query) if query.codes else [word.folded for word in query.words]
    return Planner(context.known, [w for w in words if word_id(w) not in without], without)


def _telling(query: ParsedQuery) -> list[str]:
    """The words beside codes that say something of the problem."""
    folded = (word.folded for word in query.words)
    generic = generic_words()
    return [word for word in folded if word not in generic and len(word) > 1]
