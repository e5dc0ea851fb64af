"""The search: a query and what the reader may see -> one result.

Query -> reading -> candidates -> ranking -> hits. Tiers, best first: codes looked up in the typed
index; messages; full text. A pasted text is searched for the codes and messages it holds and, if
it holds none and is short, for its words.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import override

from .addresses import article_address, document_address
from .choices import choices
from .codes.guesses import nearest_as_guesses
from .codes.hits import Cited, find_citing
from .context import SearchContext, open_context
from .documents import find_documents
from .engines.statements import Step, together
from .fulltext.hits import Address, ChosenEntry, load, newest_first, one_per_article
from .fulltext.matching import ENOUGH, GUESSES, TextResult, find_texts, find_texts_beside
from .fulltext.weights import term_weights
from .learning.reading import find_learned
from .learning.weights import Learned
from .own.pins import find_pinned, first
from .own.words import OwnWords
from .pasted.answer import search_log
from .pasted.sentence import Quoted, find_quoting
from .reading import understood
from .reading.interpretation import Interpretation, interpret
from .reading.operators import Operators, operators
from .reading.query import MAX_WORDS, clean, is_log, parse
from .request import PAGE, SearchRequest, page_of
from .result import DocumentHit, SearchResult
from .semantic.fusion import reordered
from .semantic.guessing import standing_out, with_meaning
from .semantic.opinion import find_alike

__all__ = ["PAGE", "SearchRequest", "search"]

#: Articles among which answers to a question narrow.
_NARROWED = 100


def search(
    visible_sets: QuerySet[Any],
    request: SearchRequest,
    address: Address = article_address,
    own: OwnWords | None = None,
) -> SearchResult:
    """Answer ``request``.

    ``visible_sets`` is a queryset of ``SearchFacets`` limited to what the reader may see:
    nothing else is found, counted or suggested. ``address`` gives the address of a hit's page.
    ``own`` stands in for the words that editors keep.
    Never raises for any text.
    """
    started = time.perf_counter()
    context = open_context(visible_sets, request.language, request.filters, own, request.unwanted)
    text = clean(request.text)
    result = SearchResult("empty", request.language, searched=context.vocabulary.languages)
    if is_log(text):
        result.kind = "log"
        with override(request.language):
            search_log(context, parse(request.text), request, address, result)
    elif text.strip():
        asked = operators(text, request.without)
        if asked.only_excludes or not asked.text.strip():
            return _nothing_asked(asked, result)
        reading = interpret(context, asked.text, request.without)
        narrowed = partial(asked.conditions, reader=context.language)
        candidates = _candidates(context, reading.narrowed(narrowed), request)
        is_widened = asked.narrows and not candidates.are_any
        if is_widened:
            wider = _candidates(context, reading, request)
            is_widened = wider.are_any or not standing_out(candidates.alike)
            candidates = wider if is_widened else candidates
        if reading.is_unsure and (candidates.say(reading.numbers) or reading.is_about_the_unknown):
            reading, candidates = reading.without_codes(), candidates.without_codes()
        _fill(context, reading, candidates, request, address, result)
        result.understood += understood.conditions(asked, is_widened)
        if is_widened:
            result.notices.append("widened")
    if len(request.text) > len(text):
        result.notices.append("cut")
    result.elapsed_ms = round((time.perf_counter() - started) * 1000, 2)
    return result


def _nothing_asked(asked: Operators, result: SearchResult) -> SearchResult:
    """Answer a query of exclusions alone; without those that were taken out nothing is left."""
    result.kind = "message"
    if asked.excluded:
        result.understood = understood.conditions(asked, is_widened=False)
        result.notices.append("only_excluded")
    return result


@dataclass(frozen=True, slots=True)
class _Candidates:
    """What each tier has for a query, in its order.

    ``nearest`` are documented codes that come near to one that is not, ``documents`` whole
    documents, ``pinned`` the editors' choice, ``learned`` what readers opened after such queries
    and ``alike`` what is near in meaning; ``has_only_words`` tells that no code is written as one.
    """

    has_only_words: bool
    cited: Cited
    quoted: Quoted
    text: TextResult
    nearest: Sequence[ChosenEntry]
    documents: list[DocumentHit]
    pinned: Sequence[ChosenEntry]
    learned: Learned
    alike: Sequence[ChosenEntry]

    @property
    def are_any(self) -> bool:
        """Return whether words or codes speak for any article, be it as a guess."""
        return bool(self.counts() or self.text.guesses)

    def ranked(self) -> list[ChosenEntry]:
        """Return the entries that answer the query, one an article.

        First those that editors pinned, then by codes, by messages, by words.

        A message stands before a code that is only the same words written together. One of which
        words are missing counts as its words do; a title or message that is all of the query comes
        before one that is a part of it.
        """
        known = (self.cited.hits, self.quoted.hits)
        cited, quoted = reversed(known) if self.has_only_words else known
        named = [one.as_chosen() for one in self.text.best if one.is_the_query]
        texts = [*self.quoted.partial, *(one.as_chosen() for one in self.text.best)]
        texts = self.learned.ordered(sorted(texts, key=lambda one: -one.value))
        if settings.SEMANTIC_FUSION == "rrf":
            texts = reordered(texts, self.alike)
        before = [] if self.cited.hits else self.learned.ordered(named)
        return first(self.pinned, one_per_article([*before, *cited, *quoted, *texts]))

    def say(self, numbers: frozenset[str]) -> bool:
        """Return whether the best text is an answer and has one of ``numbers`` as it stands."""
        best = self.text.best[:1]
        return any(one.is_answer and not numbers.isdisjoint(one.score.words) for one in best)

    def without_codes(self) -> _Candidates:
        """Return the same where a number was typed, and read as another one that is documented.

        What cites that one is no more than a guess: texts hold the number itself, or it stands
        beside words that nothing here is about.
        """
        guessed = [replace(one, guess=True) for one in self.cited.hits[:GUESSES]]
        return replace(self, cited=Cited(), nearest=[*guessed, *self.nearest])

    def guesses(self, has_known_code: bool, answers: Sequence[ChosenEntry]) -> list[ChosenEntry]:
        """Return what may be meant instead. Beside a known code or message no text is guessed.

        What is near in meaning comes last, where fewer than ``ENOUGH`` articles are ``answers``:
        a second opinion that orders anew what words found makes results worse.
        """
        has_message = self.quoted.hits or self.quoted.partial
        texts = [] if has_known_code or has_message else self.text.guesses
        listed = {one.article for one in (*self.pinned, *answers)}
        near = self.learned.ordered([one.as_chosen(guess=True) for one in texts])
        near = one_per_article(near)
        if len(answers) < ENOUGH and not (has_known_code or has_message):
            near = with_meaning(near, self.alike, {one.article for one in answers}, GUESSES)
        guessed = one_per_article([*self.nearest, *near])
        return [one for one in guessed if one.article not in listed]

    def counts(self) -> dict[int, int]:
        """Return the articles by combination of facets over all tiers, each counted once."""
        others = self.quoted.articles | {one.article: one.facets for one in self.pinned}
        if self.cited.articles:
            articles = self.text.articles | others | self.cited.articles
            return dict(Counter(articles.values()))
        listed = {one.article for one in self.text.best}
        if sum(self.text.counts.values()) > len(listed):
            return self.text.counts  # too many to be listed, those with the message among them
        fresh = (held for one, held in others.items() if one not in listed)
        return dict(Counter(self.text.counts) + Counter(fresh))


def _candidates(
    context: SearchContext, reading: Interpretation, request: SearchRequest
) -> _Candidates:
    want = max(request.offset + request.limit, _NARROWED if request.keep else 0)
    unknown = () if reading.has_known_code else reading.query.codes
    return _Candidates(
        all(code.is_words for code in reading.query.codes),
        *together(
            context.rows,
            find_citing(context, reading.answers, reading.plans),
            find_quoting(context, reading.query, reading.plans, request.without),
            _texts(context, reading, want),
            nearest_as_guesses(context, unknown),
            find_documents(context, reading.query.text, document_address),
            find_pinned(context, reading),
            find_learned(context, reading),
            find_alike(context, reading),
        ),
    )


def _texts(context: SearchContext, reading: Interpretation, want: int) -> Step[TextResult]:
    """Return the text tier. Beside a code one word is not enough."""
    words = max((len(plan.slots) for plan in reading.plans), default=0)
    if words < (2 if reading.has_known_code else 1):
        return TextResult()
    if reading.has_known_code:
        return (yield from find_texts_beside(context, reading.plans, want))
    return (yield from find_texts(context, reading.plans, want))


def _fill(
    context: SearchContext,
    reading: Interpretation,
    candidates: _Candidates,
    request: SearchRequest,
    address: Address,
    result: SearchResult,
) -> None:
    """Make hits of a page of the candidates, with counts and what was understood."""
    result.kind = reading.query.kind
    if reading.query.capped:
        result.notices.append("terms_capped")
        result.words_searched = MAX_WORDS
    ranked = candidates.ranked()
    if request.sort == "date":
        ranked = newest_first(context, ranked)
    counts = candidates.counts()
    if request.keep:
        left = set(request.keep([one.article for one in ranked[:_NARROWED]]))
        ranked = [one for one in ranked if one.article in left]
        counts = dict(Counter(one.facets for one in ranked))
    page, result.offset = page_of(ranked, request)
    guesses = candidates.guesses(reading.has_known_code, ranked)
    weights = term_weights(context.vocabulary.languages, reading.plans, reading.answers)
    loaded = load(context, [*page, *guesses], weights, address)
    result.hits = [hit for hit in loaded if not hit.guess]
    result.guesses = [hit for hit in loaded if hit.guess]
    result.total = context.scope.total(counts)
    result.facets = context.scope.facets(counts)
    result.understood = [
        *understood.readings(reading.answers),
        *candidates.quoted.understood,
        *understood.words(
            *(reading.plans, candidates.text.is_found, reading.query.text, loaded),
            answers=reading.answers,
        ),
    ]
    result.choices = choices(result.hits)
    result.documents = candidates.documents
