"""The best candidates, read from the index and ordered by ``rank``."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Container, Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from ..context import SearchContext
from ..engines.contract import Select, sql_list
from ..engines.statements import RowQuery
from ..engines.tables import ENTRY, TEXT
from ..reading.plan import QueryPlan
from ..reading.platforms import platform_fit
from ..words.folding import words
from .answering import holds_enough, is_about
from .hits import ChosenEntry
from .ranking import Candidate, Ranker, Score

#: A message is what was asked for when it is the query as nearly as this.
IS_MESSAGE = 0.72
#: A title or message that is as near to the query as this is all of it.
IS_THE_QUERY = 0.9
#: Messages that may be meant although a word of them is not; and the share of letters in which a
#: title or message must agree for the whole to confirm words that are wrong in themselves.
_MAYBE, IS_ALIKE = 0.3, 0.85
#: What it counts for that a text is in the language of the reader.
READER = 0.1
#: What the very words of a title or message count for, beyond their terms.
SURFACE = 0.5
#: What it counts for or against an entry that the query names a platform.
PLATFORM = 0.5


class Scored(NamedTuple):
    """An entry that answers the query, with its score in its language.

    ``why`` is the message that the query nearly is, or else empty; ``mark`` is what the question
    for candidates was asked to tell of each. ``is_answer`` tells whether the entry holds enough of
    what was asked for; if not it is a guess.
    """

    entry: int
    article: int
    language: str
    facets: int
    score: Score
    value: float
    why: str = ""
    mark: int = 0
    is_answer: bool = True

    @property
    def is_named(self) -> bool:
        """Return whether a title or message of the entry is nearly the query."""
        return max(self.score.message, self.score.title) >= IS_MESSAGE

    @property
    def is_the_query(self) -> bool:
        """Return whether a title or message of the entry says what the query says, and no more."""
        return max(self.score.message, self.score.title) >= IS_THE_QUERY

    def as_chosen(self, guess: bool = False) -> ChosenEntry:
        """Return the entry as a hit: of the message tier if the query nearly is a message."""
        tier = "message" if self.why else "text"
        entry = (self.entry, self.article, self.language, self.facets)
        return ChosenEntry(*entry, tier, self.why, self.value, guess)


class EntryRow(NamedTuple):
    """An entry with its terms; ``messages`` is a JSON list of those it quotes, or empty."""

    entry: int
    article: int
    facets: int
    mark: int
    language: str
    title: str
    title_terms: str
    key_terms: str
    body_terms: str
    messages: str


def of_entries(context: SearchContext, ids: Select, mark: str = "0") -> RowQuery[EntryRow]:
    """Return what asks for the terms of the entries ``ids``.

    ``mark`` is an SQL expression that is given with each of them.
    """
    return RowQuery(
        EntryRow,
        (
            *("t.entry_id", "e.article_id", "e.facets_id", mark),
            *("e.language", "t.title", "t.title_terms", "t.key_terms", "t.body_terms"),
            f"COALESCE({context.engine.messages_of('t.entry_id')}, '')",
        ),
        f"FROM {TEXT} t JOIN {ENTRY} e ON e.translation_id = t.entry_id"
        f" WHERE t.entry_id IN ({ids.sql})",
        ids.parameters,
    )


def these(entries: Collection[int]) -> Select:
    """Return entries by their ids, for ``of_entries``."""
    return Select(sql_list(entries)[1:-1])


def rerank(
    context: SearchContext,
    plans: Sequence[QueryPlan],
    rows: Iterable[EntryRow],
    sets: Container[int],
) -> list[Scored]:
    """Return the entries of ``rows`` that have one of ``sets``, best first.

    Each in its own language.

    Of texts with the same terms the one with the very words asked for comes first.
    """
    rankers = {plan.language: (Ranker(plan.slots, plan.sequence), plan) for plan in plans}
    scored: dict[int, Scored] = {}
    for row in rows:
        if row.entry not in scored and row.language in rankers and row.facets in sets:
            ranker, plan = rankers[row.language]
            if plan.conditions.allow((row.title_terms, row.key_terms, row.body_terms)):
                scored[row.entry] = _scored(context, row, ranker, plan)
    return sorted(scored.values(), key=lambda one: (-one.value, one.entry))


def _scored(context: SearchContext, row: EntryRow, ranker: Ranker, plan: QueryPlan) -> Scored:
    score = ranker.score(Candidate(row.entry, row.title_terms, row.key_terms, row.body_terms))
    said = json.loads(row.messages) if score.message >= _MAYBE and row.messages else []
    message = said[score.nearest] if 0 <= score.nearest < len(said) else ""
    by_title = _alike(row.title, plan) if score.title else 0.0
    by_message = _alike(message, plan)
    message = message if score.message >= IS_MESSAGE else ""
    alike = max(by_title, by_message if message else 0.0)
    value = score.value + SURFACE * alike
    value += PLATFORM * platform_fit(context, plan.platforms, row.facets)
    value += READER if row.language == context.language else 0.0
    is_named = (
        max(score.message, score.title) >= IS_MESSAGE
        and score.names
        and plan.is_answered(score.evidence)
    )
    is_answer = (
        is_named
        or max(by_title, by_message) >= IS_ALIKE
        or (holds_enough(score, plan) and is_about(score, plan, _named(row)))
    )
    entry = (row.entry, row.article, row.language, row.facets)
    return Scored(*entry, score, value, message, row.mark, is_answer)


def _named(row: EntryRow) -> Callable[[], list[str]]:
    """Return what reads the title of an entry and its messages."""
    return lambda: [row.title, *(json.loads(row.messages) if row.messages else ())]


def _alike(text: str, plan: QueryPlan) -> float:
    return fuzz.ratio(" ".join(words(text)), plan.surface) / 100 if text else 0.0
