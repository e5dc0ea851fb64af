"""A pasted log or ticket -> evidence in the text and a card for each article it leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ..codes import CodeMention
from . import codetier, guessing, texttier, understood
from .choices import choices
from .codetier import WEAK, Answer
from .context import Context
from .hits import Address, Found, load, one_per_article
from .log import Lines
from .logtier import FoundMessage, code_evidence, find_mentions, find_messages, message_evidence
from .query import MAX_WORDS, ParsedQuery, QueryCode, code_of_mention
from .result import Evidence, SearchResult, Understood
from .stemming import analyser
from .weights import term_weights
from .words import words

if TYPE_CHECKING:
    from .engine import SearchRequest

#: Distinct codes of a text that are compared with the base, those of which every reading is
#: looked up (documented ones first), and places of evidence that are returned.
_DISTINCT = 5_000
_CODES = 200
_EVIDENCE = 500
#: Codes for which the nearest documented ones are looked for, if none is documented.
_GUESSED = 5
#: A pasted text of at most so many characters is also searched for its words.
_SHORT = 2_000


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why an entry is shown: the line, what stands there, and how much that counts."""

    found: Found
    start: int
    value: str
    worth: float


def search_log(
    context: Context,
    query: ParsedQuery,
    request: SearchRequest,
    address: Address,
    result: SearchResult,
) -> None:
    """Fill ``result`` with what the text of ``query`` holds."""
    lines = Lines(query.text)
    mentions = find_mentions(context, query.text)
    answers = _answers(context, mentions, request.without)
    messages = find_messages(context, query.text)
    result.evidence = _evidence(lines, mentions, messages, answers)
    reasons = [*_by_code(context, lines, answers), *_by_message(lines, messages)]
    result.understood = _understood(answers, messages)
    if reasons:
        weights = _weights(context, answers, messages)
        _fill(context, reasons, weights, request, address, result)
    elif len(query.text) <= _SHORT:
        _by_words(context, query, request, address, result)
    if not result.total and answers:
        codes = list(dict.fromkeys(answer.code for answer in answers))
        result.guesses = guessing.guess(context, codes[:_GUESSED], address)


def _answers(
    context: Context, mentions: Sequence[CodeMention], without: frozenset[str]
) -> list[Answer]:
    """What the base knows of the codes; in a text only definite readings count."""
    distinct = {mention.code: mention for mention in reversed(mentions)}
    in_order = list(reversed(distinct))[:_DISTINCT]
    documented = codetier.documented(context, [code.key for code in in_order])
    in_order.sort(key=lambda code: code.key not in documented)
    codes = [code_of_mention(distinct[code]) for code in in_order[:_CODES]]
    found = codetier.answers(context, codes, without)
    return [answer for answer in found if answer.reading.kind not in WEAK]


def _evidence(
    lines: Lines,
    mentions: Sequence[CodeMention],
    messages: Sequence[FoundMessage],
    answers: Sequence[Answer],
) -> list[Evidence]:
    """All places, in the order of the text; a code is known in whatever spelling it stands."""
    code_at = {mention.start: mention.code for mention in mentions}
    known = {code_at[answer.code.start] for answer in answers if answer.used}
    places = [code_evidence(lines, one, one.code in known) for one in mentions]
    places += [message_evidence(lines, one) for one in messages]
    places.sort(key=lambda one: (one.start, -one.end))
    return list(dict.fromkeys(places))[:_EVIDENCE]


def _by_code(context: Context, lines: Lines, answers: Sequence[Answer]) -> list[_Reason]:
    """The entries that cite the codes; each code counts where it first stands."""
    places: dict[str, QueryCode] = {}
    for answer in answers:
        for code in answer.known if answer.used else ():
            places.setdefault(code.canonical, answer.code)
    reasons = []
    for cited in codetier.citations(context, places):
        code = places[cited.canonical]
        why = _why(lines.of(code.start), code.spelling)
        found = Found(cited.entry, cited.article, cited.language, cited.facets, "code", why, 0.0)
        reasons.append(_Reason(found, code.start, cited.canonical, 2.0))
    return reasons


def _by_message(lines: Lines, messages: Sequence[FoundMessage]) -> list[_Reason]:
    reasons = []
    for m in messages:
        why = _why(lines.of(m.start), m.text)
        found = Found(m.entry, m.article, m.language, m.facets, "message", why, 0.0)
        reasons.append(_Reason(found, m.start, m.text, 1.0 + m.share))
    return reasons


def _why(line: int, value: str) -> str:
    return _("line %(line)d: %(value)s") % {"line": line, "value": value}


def _fill(
    context: Context,
    reasons: Sequence[_Reason],
    weights: Mapping[str, Mapping[str, float]],
    request: SearchRequest,
    address: Address,
    result: SearchResult,
) -> None:
    """Articles by how much of the text speaks for them, then by where it first does."""
    worth: dict[int, dict[str, float]] = {}
    for reason in reasons:
        worth.setdefault(reason.found.article, {})[reason.value] = reason.worth
    total = {article: sum(values.values()) for article, values in worth.items()}
    ordered = sorted(
        (reason for reason in reasons if reason.found.facets in context.scope.wanted),
        key=lambda reason: (
            -total[reason.found.article],
            reason.start,
            -reason.worth,
            reason.found.language != context.language,
            reason.found.entry,
        ),
    )
    counts = context.engine.facet_counts_of({reason.found.entry for reason in reasons})
    found = one_per_article([reason.found for reason in ordered])
    page = found[request.offset : request.offset + request.limit]
    result.hits = load(context, page, weights, address)
    result.total = context.scope.total(counts)
    result.facets = context.scope.facets(counts)
    result.choices = choices(result.hits)


def _weights(
    context: Context, answers: Sequence[Answer], messages: Sequence[FoundMessage]
) -> dict[str, dict[str, float]]:
    """What to mark in the snippets: codes, and the words of messages in their language."""
    weights = term_weights(context.planner().plans([], ""), answers)
    for message in messages:
        terms = analyser(message.language).terms(words(message.text))
        weights.setdefault(message.language, {}).update(dict.fromkeys(terms, 1.0))
    return weights


def _by_words(
    context: Context,
    query: ParsedQuery,
    request: SearchRequest,
    address: Address,
    result: SearchResult,
) -> None:
    """The words of a short text that names no known code or message."""
    distinct = list(dict.fromkeys(words(query.text)))[:MAX_WORDS]
    plans = context.planner().plans(distinct, context.language)
    plans = [plan.of_known_words() for plan in plans]  # names in a ticket are no reason
    text = texttier.find(context, plans, request.offset + request.limit)
    found = one_per_article([one.as_found() for one in text.best])
    page = found[request.offset : request.offset + request.limit]
    result.hits = load(context, page, term_weights(plans, ()), address)
    result.total = context.scope.total(text.counts)
    result.facets = context.scope.facets(text.counts)
    result.understood += understood.words(plans, text.found)


def _understood(answers: Sequence[Answer], messages: Sequence[FoundMessage]) -> list[Understood]:
    said = [Understood("message", m.text, m.text, reading=m.language) for m in messages]
    return [*understood.readings(answers), *{one.value: one for one in said}.values()]
