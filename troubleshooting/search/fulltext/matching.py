"""Full text: entries that hold all the words asked for, or else most of their weight.

Ranking inside the engine costs as much as there are matches, so it is asked for only where these
are few. For common words it ranks those that hold all in titles and keys, topped up with a bounded
walk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..context import SearchContext, filled, marks
from ..engines.contract import Conjunction, Match, Select
from ..engines.statements import CommonTable, RowQuery, Step
from ..engines.tables import ENTRY, GRAM, MESSAGE
from ..index.document import gram
from ..reading.plan import QueryPlan
from .candidates import EntryRow, Scored, of_entries, rerank
from .conditions import condition
from .quorum import QUORUM, most_words

#: Candidates whose terms are compared with the query.
RERANKED = 30
#: A query that more entries match is common, and its matches are not ranked one by one.
COMMON = 1000
#: Words of a query of which one may be left out when titles and messages are compared with it.
_FEWEST, _MOST = 3, 10
#: If more titles and messages hold all but one word, such words name nothing.
_NEAR = 1000
#: Fewer strict matches than this are topped up by those of the quorum.
FEW = 5
#: With so many answers none is offered that may be one.
ENOUGH = 3
#: Articles that are offered where few or none are an answer.
GUESSES = 4
#: How far down the list a reader can page.
DEEPEST = 500


class _Sets(NamedTuple):
    """The combination of facets of each matching article, with spaces between; empty for none.

    They are thousands in a large base: one text of them is read and counted sooner than as many
    rows, or than the database groups them.
    """

    facets: str


class _ArticleSet(NamedTuple):
    article: int
    facets: int


@dataclass(slots=True)
class TextResult:
    """The result of the text tier: the best entries, and all articles by combination.

    ``articles`` are the facets of all articles, where these were asked for one by one;
    ``guesses`` are what comes nearest where nothing was found.
    """

    best: list[Scored] = field(default_factory=list)
    counts: dict[int, int] = field(default_factory=dict)
    articles: dict[int, int] = field(default_factory=dict)
    guesses: list[Scored] = field(default_factory=list)

    @property
    def is_found(self) -> bool:
        """Return whether anything was found."""
        return bool(self.counts)


def strict_match(context: SearchContext, plans: Sequence[QueryPlan]) -> Match | None:
    """Return a match of all words, in any language that knows them all."""
    conjunctions = tuple(c for plan in plans if (c := plan.conjunction()))
    return Match(conjunctions, only=condition(context, plans)) if conjunctions else None


def find_texts(context: SearchContext, plans: Sequence[QueryPlan], want: int) -> Step[TextResult]:
    """Return the entries that answer ``plans``, the best ``want`` articles of them in order."""
    match = strict_match(context, plans)
    # An article may match in each language that has all the words.
    most = min(max(RERANKED, want * len(match.any_of if match else plans)), DEEPEST)
    if match is None:
        return (yield from _of_most_words(context, plans, None, most))
    matching = context.engine.matching(match)
    sets = _sets(context, match, matching)
    selects = [*_best_of(context, match, matching, most), *_with_message(plans)]
    if context.scope.wanted is not context.scope.ids:  # facets chosen make no guess of an answer
        selects.append(_first_of(context, match, matching, context.visible_sets, RERANKED))
    listed = [of_entries(context, ids) for ids in selects]
    yield [sets, *listed]
    counts = _counts(context, sets)
    total = sum(counts.values())
    if total < FEW:
        return (yield from _of_most_words(context, plans, match, most))
    candidates = [row for question in listed for row in question.rows]
    if total > COMMON:
        candidates += yield from _of_heads(context, match, most)
    scored = rerank(context, plans, candidates, context.scope.visible)
    best = [one for one in scored if one.facets in context.scope.wanted]
    if total > COMMON:
        return TextResult(best, counts)
    near = [] if _is_named(best) else (yield from _near(context, plans, match))
    if not any(one.is_answer for one in [*scored, *near]):
        return TextResult(guesses=_nearest(best, candidates))
    shown = [one for one in near if one.facets in context.scope.wanted]
    fresh = {one.article: one.facets for one in near if not one.mark}
    counts = Counter(counts) + Counter(fresh.values())
    return TextResult(sorted([*best, *shown], key=lambda one: -one.value), dict(counts))


def find_texts_beside(
    context: SearchContext, plans: Sequence[QueryPlan], want: int
) -> Step[TextResult]:
    """Return the entries that hold all words of ``plans``, beside a code that is known.

    The best ``want`` articles of them in order; none where more than ``COMMON`` entries match.
    """
    match = strict_match(context, plans)
    if match is None:
        return TextResult()
    most = min(max(RERANKED, want), DEEPEST)
    matching = context.engine.matching(match, COMMON + 1)
    articles = RowQuery(
        _ArticleSet,
        ("e.article_id", "e.facets_id"),
        f"FROM {matching.name} e WHERE {matching.size} <= {COMMON}",
        common=(matching,),
    )
    listed = [of_entries(context, ids) for ids in _best_of(context, match, matching, most)]
    yield [articles, *listed]
    seen = {one.article: one.facets for one in articles.rows if one.facets in context.scope.visible}
    candidates = [row for question in listed for row in question.rows]
    best = rerank(context, plans, candidates, context.scope.wanted)
    return TextResult(best, dict(Counter(seen.values())), seen)


def _sets(context: SearchContext, match: Match, matching: CommonTable) -> RowQuery[_Sets]:
    """Return what asks for the combination of facets of each matching article.

    A conjunction is in the terms of one language, in which an article has one entry; only of
    several may more than one match.
    """
    placed = f"{matching.name} e"
    if len(match.any_of) > 1:
        placed = f"(SELECT DISTINCT e.article_id, e.facets_id FROM {placed}) e"
    joined = context.engine.joined("e.facets_id")
    return RowQuery(_Sets, (f"COALESCE({joined}, '')",), f"FROM {placed}", common=(matching,))


def _counts(context: SearchContext, sets: RowQuery[_Sets]) -> dict[int, int]:
    """Return how many articles there are by combination, of those that the reader may see."""
    visible, counted = context.scope.visible, Counter(sets.rows[0].facets.split())
    return {one: n for facets, n in counted.items() if (one := int(facets)) in visible}


def _best_of(
    context: SearchContext, match: Match, matching: CommonTable, most: int
) -> list[Select]:
    """Select all entries of ``matching`` if at most ``most``, the best if not too many."""
    return [
        Select(f"SELECT m.id FROM {matching.name} m WHERE {matching.size} <= {most}"),
        _first_of(context, match, matching, context.wanted_sets, most),
    ]


def _first_of(
    context: SearchContext,
    match: Match,
    matching: CommonTable,
    sets: frozenset[int] | None,
    most: int,
) -> Select:
    """Select the best ``most`` entries of ``matching`` if these are more, but not too many."""
    some = f"{matching.size} BETWEEN {most + 1} AND {COMMON}"
    return context.engine.best(match, matching, sets, most, condition=some)


def _of_most_words(
    context: SearchContext, plans: Sequence[QueryPlan], match: Match | None, most: int
) -> Step[TextResult]:
    """Return the few entries that hold all words, and those that hold most of their weight."""
    ids = most_words(context, plans, match)
    if ids is None:
        return TextResult()
    # A message of just these words, with what they were corrected to, confirms them all.
    asked = [of_entries(context, one) for one in (ids, *_with_message(plans, corrected=True))]
    yield asked
    rows = [row for question in asked for row in question.rows]
    scored = rerank(context, plans, rows, context.scope.visible)
    # What ranks above an answer is one as well: a worse one must not stand before it.
    last = max((place for place, one in enumerate(scored, 1) if one.is_answer), default=0)
    counts = Counter({one.article: one.facets for one in scored[:last]}.values())
    shown = [one for one in scored[:last] if one.facets in context.scope.wanted]
    answered = {one.article for one in scored[:last]}
    left = scored[last:] if len(answered) < ENOUGH else ()
    perhaps = (one for one in left if one.score.coverage >= QUORUM and one.article not in answered)
    guesses = [one for one in perhaps if one.facets in context.scope.wanted]
    return TextResult(shown[:most], dict(counts), guesses=_nearest(guesses, rows))


def _nearest(guesses: Sequence[Scored], rows: Iterable[EntryRow]) -> list[Scored]:
    """Return the few ``guesses`` to offer, best first; ``rows`` are what they were read from.

    Of an article one is offered, and of several versions of one document, which say the same.
    """
    first = {one.article: one for one in reversed(guesses)}
    nearest = [one for one in guesses if first[one.article] is one]
    titles = {row.entry: (row.language, row.title.casefold()) for row in rows}
    apart = {titles[one.entry]: one for one in reversed(nearest)}
    return [one for one in nearest if apart[titles[one.entry]] is one][:GUESSES]


def _of_heads(context: SearchContext, match: Match, most: int) -> Step[list[EntryRow]]:
    """Select of very many entries those with all words in titles and keys, topped up by any."""
    engine, sets = context.engine, context.wanted_sets
    head = replace(match, head=True)
    heads = engine.matching(head, COMMON + 1)
    parts = [
        engine.best(head, heads, sets, most, condition=f"{heads.size} <= {COMMON}"),
        engine.ids(head, sets, most, condition=f"{heads.size} > {COMMON}"),
        engine.ids(match, sets, most, but=head),
    ]
    sql = " UNION ALL ".join(f"SELECT id FROM ({part.sql}) p" for part in parts)
    parameters = tuple(value for part in parts for value in part.parameters)
    ids = Select(f"SELECT id FROM ({sql}) h LIMIT {most}", parameters)
    entries = replace(of_entries(context, ids), common=(heads,))
    yield [entries]
    return entries.rows


def _with_message(plans: Sequence[QueryPlan], corrected: bool = False) -> list[Select]:
    """Select entries with a message of exactly the words typed, else missed among thousands.

    ``corrected`` asks for those of plans alone that hold words which nothing confirms.
    """
    surfaces = sorted(
        {plan.surface for plan in plans if plan.conjunction() or (corrected and _is_read(plan))}
    )
    several = [surface for surface in surfaces if " " in surface]
    if not several:
        return []
    checksums = filled([gram(surface.split()) for surface in several])
    texts = filled(several)
    sql = (
        f"SELECT m.entry_id AS id FROM {GRAM} g JOIN {MESSAGE} m ON m.id = g.message_id"
        f" WHERE g.gram IN {marks(checksums)} AND m.words IN {marks(texts)} LIMIT {RERANKED}"
    )
    return [Select(sql, (*checksums, *texts))]


def _is_read(plan: QueryPlan) -> bool:
    """Return whether all words that say anything are known, be it after a correction."""
    return all(slot.any_terms or not slot.information for slot in plan.slots)


def _is_named(best: Sequence[Scored]) -> bool:
    """Return whether a title or message is nearly the query."""
    return any(one.is_named for one in best)


def _near(context: SearchContext, plans: Sequence[QueryPlan], match: Match) -> Step[list[Scored]]:
    """Select entries whose title or message is nearly the query but for one word.

    A word in another form than the message has it, or corrected to the wrong word, must not
    hide the message behind texts that merely hold all the words somewhere. Mere keywords are not
    tried: they are no message, and titles that hold common words are many. ``mark`` tells
    whether the article holds all the words after all.
    """
    either = _all_but_one(plans)
    if not either:
        return []
    engine, sets = context.engine, context.visible_sets
    head, matching = replace(match, any_of=either, head=True), engine.matching(match)
    heads = engine.matching(head, _NEAR + 1, but=match)
    some = f"{heads.size} BETWEEN {RERANKED + 1} AND {_NEAR}"
    selects = [
        Select(f"SELECT h.id FROM {heads.name} h WHERE {heads.size} <= {RERANKED}"),
        engine.best(head, heads, sets, RERANKED, condition=some),
    ]
    mark = (
        f"(SELECT COUNT(*) FROM {ENTRY} o WHERE o.article_id = e.article_id"
        f" AND o.translation_id IN (SELECT m.id FROM {matching.name} m))"
    )
    asked = [replace(of_entries(context, ids, mark), common=(heads, matching)) for ids in selects]
    yield asked
    rows = [row for question in asked for row in question.rows]
    return [one for one in rerank(context, plans, rows, context.scope.visible) if one.is_named]


def _all_but_one(plans: Sequence[QueryPlan]) -> tuple[Conjunction, ...]:
    """Return the known words of each phrase without one of them."""
    return tuple(
        tuple(slot.terms for slot in slots if slot is not left_out)
        for plan in plans
        for slots in [[slot for slot in plan.slots if slot.terms]]
        if plan.is_phrase and _FEWEST <= len(slots) <= _MOST
        for left_out in slots
    )
