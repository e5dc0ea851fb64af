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
from ..reading.operators import ANY
from ..reading.plan import QueryPlan
from ..reading.query import ParsedQuery
from ..result import Understood
from ..words.folding import words
from .evidence import FoundMessage, Wording, find_messages, sharing

#: Quoting entries that are listed; those of them that are compared with the words beside the
#: message, where none of these excludes any.
_LISTED, _COMPARED = 300, 100


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
    in_order = sorted(found, key=lambda one: (one.start - one.end, not one.is_title))
    just_typed = {text for text in {one.text for one in found} if words(text) == typed}
    for one in in_order[:_LISTED]:
        if one.text not in just_typed:
            longest.setdefault(one.entry, one)
    if not longest:
        return Quoted()
    may_exclude = any(plan.conditions != ANY for plan in plans)
    compared = list(longest)[: _LISTED if may_exclude else _COMPARED]
    rows = of_entries(context, these(sorted(compared)))
    yield [rows]
    scored = rerank(context, plans, rows.rows, context.scope.visible)

    def order(one: Scored) -> tuple[int, float]:
        message = longest[one.entry]
        return message.start - message.end, -one.value

    ordered = [
        one._replace(why=longest[one.entry].text).as_chosen() for one in sorted(scored, key=order)
    ]
    ordered += [longest[entry].as_chosen() for entry in list(longest)[len(compared) :]]
    hits: dict[bool, list[ChosenEntry]] = {True: [], False: []}
    for entry in ordered:
        if entry.facets in context.scope.wanted:
            hits[longest[entry.entry].share == 1].append(entry)
    return Quoted(
        hits[True],
        hits[False],
        {one.article: one.facets for one in ordered},
        understood_messages(found),
    )


def understood_messages(messages: Sequence[FoundMessage]) -> list[Understood]:
    """Return what was understood of the messages of a text, each once."""
    by_text = {message.text: message for message in messages}  # many articles quote the same one
    return [
        Understood("message", text, text, message.id, message.language)
        for text, message in by_text.items()
    ]
