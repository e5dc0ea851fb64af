"""The search: a query and what the reader may see -> one result.

Tiers, best first: codes looked up in the typed index; messages; full text. A pasted text is
searched for the codes and messages it holds and, if it holds none and is short, for its words.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import override

from . import codehits, codetier, guessing, texttier, understood
from .addresses import article_address
from .choices import choices
from .context import Context, open_context
from .hits import Address, load, one_per_article
from .logsearch import search_log
from .plan import Plan
from .query import ParsedQuery, clean, is_log, parse
from .result import SearchResult
from .weights import term_weights

#: Hits of one page, and how far a reader can page.
PAGE = 20
#: Words of a query that are looked up as names of codes.
_NAMES = 64
#: Words that announce a code but say nothing about the problem.
_GENERIC = frozenset(
    [
        "code",
        "codes",
        "error",
        "errors",
        "erreur",
        "erreurs",
        "fehler",
        "fehlercode",
        "hr",
        "hresult",
        "status",
        "statut",
        "http",
        "event",
        "evenement",
        "id",
        "numero",
        "number",
        "exit",
        "aadsts",
        "message",
    ]
)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is asked.

    ``language`` is the reader's; ``filters`` maps facets (``facets.NAMES``) to chosen values;
    ``without`` names readings to leave out (``Understood.id``).
    """

    text: str
    language: str
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limit: int = PAGE
    offset: int = 0
    without: frozenset[str] = frozenset()


def search(
    visible_sets, request: SearchRequest, address: Address = article_address
) -> SearchResult:
    """Answer ``request``.

    ``visible_sets`` is a queryset of ``SearchFacets`` limited to what the reader may see:
    nothing else is found, counted or suggested. ``address`` gives the address of a hit's page.
    Never raises for any text.
    """
    started = time.perf_counter()
    context = open_context(visible_sets, request.language, request.filters)
    query = _parse(context, request.text)
    result = SearchResult(query.kind, request.language, searched=context.known.languages)
    if query.cut:
        result.notices.append("cut")
    if query.kind == "log":
        with override(request.language):
            search_log(context, query, request, address, result)
    elif query.kind != "empty":
        _search_typed(context, query, request, address, result)
    result.elapsed_ms = round((time.perf_counter() - started) * 1000, 2)
    return result


def _parse(context: Context, text: str) -> ParsedQuery:
    """``text`` taken apart; names of codes that the base knows count in any letter case."""
    read = clean(text)
    if is_log(read):
        return parse(text)
    return parse(text, codetier.known_names(context, read.split()[:_NAMES]))


def _search_typed(
    context: Context,
    query: ParsedQuery,
    request: SearchRequest,
    address: Address,
    result: SearchResult,
) -> None:
    words = _telling(query) if query.codes else [word.folded for word in query.words]
    plans = context.planner().plans(words, context.language)
    answers = codetier.answers(context, query.codes, request.without)
    by_code, cited = codehits.find(context, answers, plans)
    text = _text(context, query, plans, words, bool(cited), request.offset + request.limit)
    found = one_per_article([*by_code, *(one.as_found() for one in text.best)])
    counts = _counts(context, cited, text)
    page = found[request.offset : request.offset + request.limit]
    result.hits = load(context, page, term_weights(plans, answers), address)
    result.total = context.scope.total(counts)
    result.facets = context.scope.facets(counts)
    result.understood = [*understood.readings(answers), *understood.words(plans, text.found)]
    result.choices = choices(result.hits)
    if query.codes and not cited:
        result.guesses = guessing.guess(context, query.codes, address)


def _telling(query: ParsedQuery) -> list[str]:
    """The words beside codes that say something of the problem."""
    folded = (word.folded for word in query.words)
    return [word for word in folded if word not in _GENERIC and len(word) > 1]


def _text(
    context: Context,
    query: ParsedQuery,
    plans: Sequence[Plan],
    words: Sequence[str],
    codes_known: bool,
    want: int,
) -> texttier.Found:
    """The text tier. Beside a code one word is not enough."""
    if len(words) < (2 if query.codes else 1):
        return texttier.Found()
    return texttier.find(context, plans, want, narrow=codes_known)


def _counts(context: Context, cited: set[int], text: texttier.Found) -> Mapping[int, int]:
    """Articles by combination over both tiers, each counted once."""
    if not cited:
        return text.counts
    return context.visible_counts(context.engine.facet_counts_of(cited | text.entries))
