"""A pasted log or ticket -> evidence in the text and a card for each article it leads to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ...texts.languages import named_platforms
from ..choices import choices
from ..codes.answers import CodeAnswer
from ..codes.guesses import nearest_as_guesses
from ..context import SearchContext
from ..engines.statements import Step, together
from ..fulltext.hits import Address, load, one_per_article
from ..fulltext.matching import find_texts
from ..fulltext.weights import term_weights
from ..own.words import OwnWords
from ..reading import understood
from ..reading.interpretation import planner_for
from ..reading.plan import QueryPlan
from ..reading.platforms import platform_fit
from ..reading.query import MAX_WORDS, ParsedQuery
from ..reading.removals import word_id
from ..request import SearchRequest, page_of
from ..result import Hit, PastedPlace, SearchResult
from ..words.folding import words
from ..words.stemming import analyser
from .codes import LogCodes
from .evidence import FoundMessage, Wording, find_messages, sharing
from .mentions import MAX_WORDS as LOG_WORDS
from .mentions import LineNumbers
from .reasons import HitReason, by_code, by_message, evidence, in_words, named_places
from .sentence import understood_messages

#: A pasted text of at most so many characters is also searched for its words, and for the platform
#: that it names; a long log names them in paths.
_SHORT = 2_000


def search_log(
    context: SearchContext,
    query: ParsedQuery,
    request: SearchRequest,
    address: Address,
    result: SearchResult,
) -> None:
    """Fill ``result`` with what the text of ``query`` holds."""
    codes, wording = LogCodes(context, query.text, request.without), Wording(query.text)
    _, pairs = together(context.rows, codes.look_up(), sharing(context, wording))
    by_words = len(query.text) <= _SHORT and not codes.are_known() and not _refused(request)
    answers, messages, planned = together(
        context.rows,
        codes.answers(),
        find_messages(context, wording, pairs, request.without),
        _plans(context, query.text if by_words else "", request),
    )
    lines = LineNumbers(query.text)
    result.evidence = evidence(lines, codes, messages, answers)
    result.understood = [*understood.readings(answers), *understood_messages(messages)]
    if codes.is_cut or wording.is_cut:
        _cap(result, LOG_WORDS)
    if messages or any(answer.used for answer in answers):
        (reasons,) = together(context.rows, by_code(context, lines, codes, answers))
        reasons += by_message(query.text, lines, messages)
        named = named_platforms(query.text) if len(query.text) <= _SHORT else ()
        weights = _weights(context, answers, messages)
        _fill(context, reasons, weights, named, request, address, result)
    else:
        _fill_by_words(context, planned, answers, request, address, result)


def _refused(request: SearchRequest) -> bool:
    """Return whether the reader took out a code or message.

    Then its words are not wanted either.
    """
    return any(not name.startswith(("word:", "correction:")) for name in request.without)


def _plans(
    context: SearchContext, text: str, request: SearchRequest
) -> Step[tuple[list[QueryPlan], bool]]:
    """Return the plans for the words of a text, and whether it has more words than are used."""
    distinct = list(dict.fromkeys(words(text)))
    kept = [word for word in distinct[:MAX_WORDS] if word_id(word) not in request.without]
    if not kept:
        return [], False
    planner, facts = yield from planner_for(context, kept, request.without, OwnWords())
    plans = planner.plans(context.language, facts.count, facts.total, facts.is_seen)
    # Names in a ticket are no reason.
    return [plan.of_known_words() for plan in plans], len(distinct) > MAX_WORDS


def _cap(result: SearchResult, number: int) -> None:
    result.notices.append("terms_capped")
    result.words_searched = number


def _fill(
    context: SearchContext,
    reasons: Sequence[HitReason],
    weights: Mapping[str, Mapping[str, float]],
    platforms: Collection[str],
    request: SearchRequest,
    address: Address,
    result: SearchResult,
) -> None:
    """Fill in articles by how much of the text speaks for them, then by where it first does.

    ``platforms`` are those that the text names.
    """
    worth: dict[int, dict[str, float]] = {}
    for reason in reasons:
        worth.setdefault(reason.entry.article, {})[reason.value] = reason.worth
    total = {article: sum(values.values()) for article, values in worth.items()}
    ordered = sorted(
        (reason for reason in reasons if reason.entry.facets in context.scope.wanted),
        key=lambda reason: (
            -total[reason.entry.article],
            -platform_fit(context, platforms, reason.entry.facets),
            reason.start,
            -reason.worth,
            reason.entry.language != context.language,
            reason.entry.entry,
        ),
    )
    counts = Counter({r.entry.article: r.entry.facets for r in reasons}.values())
    found = one_per_article([reason.entry for reason in ordered])
    page, result.offset = page_of(found, request)
    result.hits = load(context, page, weights, address)
    result.total = context.scope.total(counts)
    result.facets = context.scope.facets(counts)
    result.choices = choices(result.hits)
    places = named_places(reasons)
    result.hits = [_placed(hit, places[hit.article_id]) for hit in result.hits]


def _placed(hit: Hit, places: tuple[PastedPlace, ...]) -> Hit:
    defines = any(place.defines for place in places)
    return replace(hit, why=in_words(places), places=places, defines=defines)


def _weights(
    context: SearchContext, answers: Sequence[CodeAnswer], messages: Sequence[FoundMessage]
) -> dict[str, dict[str, float]]:
    """Return what to mark in the snippets: codes, and the words of messages in their language."""
    weights = term_weights(context.vocabulary.languages, (), answers)
    for message in messages:
        terms = analyser(message.language).terms(words(message.text))
        weights.setdefault(message.language, {}).update(dict.fromkeys(terms, 1.0))
    return weights


def _fill_by_words(
    context: SearchContext,
    planned: tuple[list[QueryPlan], bool],
    answers: Sequence[CodeAnswer],
    request: SearchRequest,
    address: Address,
    result: SearchResult,
) -> None:
    """Search a short text without known code or message for its words.

    Where they find nothing the nearest codes are offered.
    """
    plans, is_capped = planned
    typed = list(dict.fromkeys(answer.code for answer in answers))
    text, guesses = together(
        context.rows,
        find_texts(context, plans, request.offset + request.limit),
        nearest_as_guesses(context, typed),
    )
    found = one_per_article([one.as_chosen() for one in text.best])
    page, result.offset = page_of(found, request)
    perhaps = one_per_article([one.as_chosen(guess=True) for one in text.guesses])
    shown = page if text.is_found else [*guesses, *perhaps]
    loaded = load(context, shown, term_weights((), plans, ()), address)
    result.hits = [hit for hit in loaded if not hit.guess]
    result.guesses = [hit for hit in loaded if hit.guess]
    result.total = context.scope.total(text.counts)
    result.facets = context.scope.facets(text.counts)
    result.understood += understood.words(plans, text.is_found, request.text, loaded)
    if is_capped:
        _cap(result, MAX_WORDS)
