"""The search: a query and what the reader may see -> one result.

Tiers, best first: codes looked up in the typed index; messages; full text. A pasted text is
searched for the codes and messages it holds and, if it holds none and is short, for its words.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import override

from ..texts.languages.searching import generic_words
from .addresses import article_address
from .choices import choices
from .codes import answers as codetier
from .codes import guesses as guessing
from .codes import hits as codehits
from .codes.lookups import Lookups
from .context import Context, open_context
from .engines.statements import Step, together
from .fulltext import matching as texttier
from .fulltext.hits import Address, load, one_per_article
from .fulltext.weights import term_weights
from .pasted.answer import search_log
from .reading import understood
from .reading.plan import Plan, Planner, word_id
from .reading.query import MAX_WORDS, ParsedQuery, clean, is_log, parse
from .request import PAGE, SearchRequest, page_of
from .result import SearchResult
from .words.frequencies import facts_of

__all__ = ["PAGE", "SearchRequest", "search"]

#: Words of a query that are looked up as names of codes.
_NAMES = 64


def search(
    visible_sets: QuerySet[Any], request: SearchRequest, address: Address = article_address
) -> SearchResult:
    """Answer ``request``.

    ``visible_sets`` is a queryset of ``SearchFacets`` limited to what the reader may see:
    nothing else is found, counted or suggested. ``address`` gives the address of a hit's page.
    Never raises for any text.
    """
    started = time.perf_counter()
    context = open_context(visible_sets, request.language, request.filters)
    read = clean(request.text)
    kind = "empty" if not read.strip() else "log" if is_log(read) else "message"
    result = SearchResult(kind, request.language, searched=context.known.languages)
    if kind == "log":
        with override(request.language):
            search_log(context, parse(request.text), request, address, result)
    elif kind == "message":
        _search_typed(context, read, request, address, result)
    if len(request.text) > len(read):
        result.notices.append("cut")
    result.elapsed_ms = round((time.perf_counter() - started) * 1000, 2)
    return result


def _search_typed(
    context: Context, read: str, request: SearchRequest, address: Address, result: SearchResult
) -> None:
    query, answers, plans = _understand(context, read, request)
    result.kind = query.kind
    if query.capped:
        result.notices.append("terms_capped")
        result.words_searched = MAX_WORDS
    known = any(answer.used for answer in answers)
    steps: list[Step[Any]] = [
        codehits.find(context, answers, plans),
        _text(context, query, plans, known, request.offset + request.limit),
    ]
    if query.codes and not known:
        steps.append(guessing.guess(context, query.codes))
    cited, text, *guessed = together(context.rows, *steps)
    found = one_per_article([*cited.hits, *(one.as_found() for one in text.best)])
    counts = _counts(cited, text)
    page, result.offset = page_of(found, request)
    perhaps = one_per_article([one.as_found(guess=True) for one in text.guesses])
    guesses = [*(one for listed in guessed for one in listed), *([] if known else perhaps)]
    loaded = load(
        context, [*page, *guesses], term_weights(context.known.languages, plans, answers), address
    )
    result.hits = [hit for hit in loaded if not hit.guess]
    result.guesses = [hit for hit in loaded if hit.guess]
    result.total = context.scope.total(counts)
    result.facets = context.scope.facets(counts)
    result.understood = [*understood.readings(answers), *understood.words(plans, text.found)]
    result.choices = choices(result.hits)


def _understand(
    context: Context, read: str, request: SearchRequest
) -> tuple[ParsedQuery, list[codetier.Answer], list[Plan]]:
    """The query taken apart, what the base knows of its codes, and how to ask for its words.

    Names of codes that the base knows count in any letter case. Only the base can tell which
    words are such names, so all is looked up that a word could be: once, together.
    """
    lookups, query = Lookups(context), parse(read)
    planner = _planner(context, query, request)
    _, facts = together(
        context.rows,
        lookups.step(codetier.needed(lookups, query.codes), read.split()[:_NAMES]),
        facts_of(context, planner.terms()),
    )
    if names := lookups.names():
        query = parse(read, names)
        planner = _planner(context, query, request)
        asked = lookups.step(codetier.needed(lookups, query.codes))
        _, facts = together(context.rows, asked, facts_of(context, planner.terms(), facts))
    answers = codetier.answers(lookups, query.codes, request.without)
    plans = planner.plans(context.language, facts.count, facts.total, facts.is_seen)
    return query, answers, plans


def _planner(context: Context, query: ParsedQuery, request: SearchRequest) -> Planner:
    words = _telling(query) if query.codes else [word.folded for word in query.words]
    kept = [word for word in words if word_id(word) not in request.without]
    return Planner(context.known, kept, request.without)


def _telling(query: ParsedQuery) -> list[str]:
    """The words beside codes that say something of the problem."""
    folded = (word.folded for word in query.words)
    generic = generic_words()
    return [word for word in folded if word not in generic and len(word) > 1]


def _text(
    context: Context, query: ParsedQuery, plans: Sequence[Plan], codes_known: bool, want: int
) -> Step[texttier.Found]:
    """The text tier. Beside a code one word is not enough."""
    asked = max((len(plan.slots) for plan in plans), default=0)
    if asked < (2 if query.codes else 1):
        return texttier.Found()
    if codes_known:
        return (yield from texttier.find_beside(context, plans, want))
    return (yield from texttier.find(context, plans, want))


def _counts(cited: codehits.Cited, text: texttier.Found) -> dict[int, int]:
    """Articles by combination over both tiers, each counted once."""
    if not cited.articles:
        return text.counts
    return dict(Counter((text.articles | cited.articles).values()))
