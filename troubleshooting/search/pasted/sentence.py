"""Known messages inside what was typed in one line -> the entries that quote them.

A sentence holds a message by the same rules as a pasted text does. What stands around it (who is
concerned, since when, the number of a ticket) does not matter.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from ..context import SearchContext
from ..engines.statements import Step
from ..fulltext.candidates import Scored, of_entries, rerank, these
from ..fulltext.hits import ChosenEntry
from ..reading.plan import QueryPlan
from ..reading.query import ParsedQuery
from ..result import Understood
from ..words.folding import words
from .evidence import FoundMessage, Wording, find_messages, sharing

#: More quoting entries than these are not compared with the words beside the message.
_COMPARED = 300


@dataclass(slots=True)
class Quoted:
    """The hits by message, in order.

    Those that quote one which stands there whole, and those that quote one which nearly does
    (``partial``); the facets of every article that quotes one, and what was understood.
    """

    hits: list[ChosenEntry] = field(default_factory=list)
    partial: list[ChosenEntry] = field(default_factory=list)
    articles: dict[int, int] = field(default_factory=dict)
    understood: list[Understood] = field(default_factory=list)


def find_quoting(
    context: SearchContext, query: ParsedQuery, plans: Sequence[QueryPlan], without: Collection[str]
) -> Step[Quoted]:
    """Return the entries that quote a message which stands in the sentence of ``query``.

    Longer messages come first; of the same one what answers the other words best. Words that are
    a message and nothing else are left to the search for words.
    """
    wording = Wording(query.text)
    pairs = yield from sharing(context, wording)
    found = yield from find_messages(context, wording, pairs, without)
    typed = [] if query.codes else words(query.text)
    longest: dict[int, FoundMessage] = {}
    for one in sorted(found, key=lambda one: one.start - one.end)[:_COMPARED]:
        if words(one.text) != typed:
            longest.setdefault(one.entry, one)
    if not longest:
        return Quoted()
    rows = of_entries(context, these(sorted(longest)))
    yield [rows]
    scored = rerank(context, plans, rows.rows, context.scope.visible)

    def order(one: Scored) -> tuple[int, float]:
        message = longest[one.entry]
        return message.start - message.end, -one.value

    ordered = sorted(scored, key=order)
    hits: dict[bool, list[ChosenEntry]] = {True: [], False: []}
    for entry in ordered:
        message = longest[entry.entry]
        if entry.facets in context.scope.wanted:
            hits[message.share == 1].append(entry._replace(why=message.text).as_chosen())
    return Quoted(
        hits[True],
        hits[False],
        {one.article: one.facets for one in ordered},
        understood_messages(found),
    )


def understood_messages(messages: Sequence[FoundMessage]) -> list[Understood]:
    """Return what was understood of the messages of a text, each once."""
    listed = {m.text: Understood("message", m.text, m.text, m.id, m.language) for m in messages}
    return list(listed.values())
