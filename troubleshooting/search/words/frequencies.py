"""How many entries that the reader may see hold a term, and whether any does now.

Both are asked together and remembered. What is hidden counts for nothing: by numbers of all entries
a draft would say what it holds, and change what is found. Numbers are remembered for a while, since
they only weigh, and forgotten early where the base has grown or shrunk by more than a tenth, as a
young one does within minutes. Whether a term may be seen must be exact: it is remembered only as
long as the content stays the same, and only for readers who see the same.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from ..context import SearchContext
from ..engines.statements import RowQuery, Step
from ..engines.tables import ENTRY
from .seen import SeenWords
from .vocabulary import Vocabulary

_SECONDS = 300
_MOST = 100_000
#: Terms of one search that are looked up; further ones are taken for unseen.
_LOOKUPS = 1_500
#: Numbers are still good enough if that of all entries has changed by no more than this share.
_DRIFT = 0.1
#: A base of more entries is asked for its commonest terms at once rather than term by term.
_LARGE = 5_000
#: Entries of a sample, and how many of these have to hold a term to tell how common it is, give or
#: take a fifth.
_SAMPLE, _TELLING = 1_600, 20
#: Shares of entries are asked for in parts of this.
SHARES = 1_000_000
#: Stands for all entries among the terms.
ALL = ""


class Frequencies:
    """Numbers of entries that readers of a kind see, by term, and in ``ALL`` that of all these."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: dict[str, int] = {}
        self._until = 0.0
        self._token = ""
        self._total = 0
        self._has_shares = False
        self._seen: dict[tuple[str, frozenset[int]], dict[str, bool]] = {}

    def remembered(self, terms: Collection[str], token: str) -> dict[str, int]:
        """Return the numbers that are remembered of ``terms`` and ``ALL``; forget what is too old.

        ``token`` names the state of the content; in another one than that of the last count
        ``ALL`` has to be counted again.
        """
        now = self._clock()
        if now > self._until or len(self._counts) > _MOST:
            self._forget()
            self._seen, self._until = {}, now + _SECONDS
        counts = self._counts
        found = {term: counts[term] for term in terms if term in counts}
        if ALL in counts and token and token == self._token:
            found[ALL] = counts[ALL]
        return found

    def known(self) -> Mapping[str, int]:
        """Return all numbers that are remembered, of whatever age."""
        return self._counts

    def visibility(self, token: str, sets: frozenset[int]) -> dict[str, bool]:
        """Return which terms are known to stand, or not to stand, in an entry with one of ``sets``.

        The mapping is for the caller to add to. Of another state of the content than ``token``
        nothing is known, nor of one without a name.
        """
        if (token, sets) in self._seen and token:
            return self._seen[token, sets]
        self._seen = {key: known for key, known in list(self._seen.items()) if key[0] == token}
        return self._seen.setdefault((token, sets), {}) if token else {}

    def remember(self, counts: Mapping[str, int], token: str) -> bool:
        """Note numbers just counted; return whether those remembered before still hold.

        They do not if the number of all entries has drifted away from the one they go with.
        """
        before = self._counts.get(ALL)
        holds = before is None or abs(counts.get(ALL, before) - before) <= _DRIFT * before
        if not holds:
            self._forget()
        if ALL in counts:
            self._token, self._total = token, counts[ALL]
        for term, count in counts.items():
            self._counts.setdefault(term, count)
        return holds

    def _forget(self) -> None:
        self._counts, self._has_shares = {}, False

    @property
    def is_large(self) -> bool:
        """Return whether there were many entries when they were last counted."""
        return self._total > _LARGE

    @property
    def lacks_shares(self) -> bool:
        """Return whether the commonest terms have not been noted."""
        return not self._has_shares

    def note_shares(self, shares: Iterable[tuple[int, str]]) -> None:
        """Note of the commonest terms which share of all entries holds them."""
        for share, term in shares:
            self._counts.setdefault(term, round(share / SHARES * self._total))
        self._has_shares = True


#: By ``SearchContext.seen_by``.
frequencies: dict[Hashable, Frequencies] = defaultdict(Frequencies)


class _Entries(NamedTuple):
    number: int


@dataclass(slots=True)
class TermFacts:
    """What is known of the terms of one search once its questions are answered."""

    all_are_seen: bool
    counts: dict[str, int] = field(default_factory=dict)
    visible: set[str] = field(default_factory=set)

    def count(self, term: str) -> int:
        """Return the number of entries that the reader may see and that hold ``term``."""
        return self.counts.get(term, 0)

    def is_seen(self, term: str) -> bool:
        """Return whether an entry that the reader may see holds ``term``."""
        return self.all_are_seen or term in self.visible

    def words(self, vocabulary: Vocabulary) -> SeenWords:
        """Return the words that the reader knows, of those that were asked about."""
        return SeenWords(vocabulary, None if self.all_are_seen else self.is_seen)

    @property
    def total(self) -> int:
        """Return the number of all entries that the reader may see."""
        return self.count(ALL)


def facts_of(
    context: SearchContext, terms: Collection[str], before: TermFacts | None = None
) -> Step[TermFacts]:
    """Return how many entries that the reader may see hold each of ``terms``, and which any does.

    What was found out ``before`` is not asked again.
    """
    terms = set(terms) if len(terms) <= _LOOKUPS else set(sorted(terms)[:_LOOKUPS])
    if before and terms <= before.counts.keys():
        return before
    remembered = frequencies[context.seen_by]
    facts = TermFacts(not context.scope.hidden)
    seen = {} if facts.all_are_seen else remembered.visibility(context.token, context.scope.ids)
    if remembered.is_large:
        yield from _learn_common(context, remembered, seen, facts.all_are_seen)
    facts.counts = remembered.remembered(terms, context.token)
    facts.visible = {term for term in terms if seen.get(term)}
    unknown = {ALL, *terms} - facts.counts.keys()
    # Not ``terms - seen.keys()``, which walks all that was ever seen.
    looked_at = set() if facts.all_are_seen else {term for term in terms if term not in seen}
    counted = yield from _ask(context, unknown, looked_at, facts)
    seen.update((term, term in facts.visible) for term in looked_at)
    if not remembered.remember(counted, context.token):
        again = facts.counts.keys() - counted.keys()
        remembered.remember((yield from _ask(context, again, (), facts)), context.token)
    return facts


def _learn_common(
    context: SearchContext, remembered: Frequencies, visible: dict[str, bool], all_are_seen: bool
) -> Step[None]:
    """Learn how many entries hold the commonest terms, and that they may be seen.

    A database that knows shares knows those of all entries. Where the reader does not see all, a
    sample of those seen tells. ``visible`` is added to.
    """
    if all_are_seen:
        shares = context.engine.common_terms() if remembered.lacks_shares else None
        if shares:
            yield [shares]
            remembered.note_shares(shares.rows)
        return
    number = _SAMPLE if remembered.lacks_shares else 0
    if not number and not visible:
        number = context.engine.seen_at_once
    if not number:
        return
    some = context.engine.some_terms(context.visible_sets or (), number)
    yield [some]
    sample = [set(row.terms.split()) for row in some.rows]
    visible.update(dict.fromkeys(chain.from_iterable(sample), True))
    if remembered.lacks_shares:
        remembered.note_shares(_shares(sample))


def _shares(sample: Sequence[Collection[str]]) -> Iterator[tuple[int, str]]:
    """Yield the share of entries that hold a term, of terms that many of a ``sample`` hold."""
    counts = Counter(chain.from_iterable(sample))
    for term, count in counts.items():
        if count >= _TELLING:
            yield round(count / len(sample) * SHARES), term


def _ask(
    context: SearchContext, unknown: Collection[str], looked_at: Collection[str], facts: TermFacts
) -> Step[dict[str, int]]:
    """Count the visible entries of ``unknown`` terms, and note which of the others may be seen."""
    sets = context.visible_sets
    counting = sorted(set(unknown) - {ALL})
    asked = [*counting, *sorted(set(looked_at) - set(counting))]
    of_terms = context.engine.term_facts(asked, len(counting), sets)
    inside, of_sets = ("1 = 1", []) if sets is None else context.engine.among("e.facets_id", sets)
    of_all = RowQuery(_Entries, ("COUNT(*)",), f"FROM {ENTRY} e WHERE {inside}", tuple(of_sets))
    yield [*([of_terms] if asked else ()), *([of_all] if ALL in unknown else ())]
    counted = dict.fromkeys([ALL], of_all.rows[0].number) if of_all.rows else {}
    for row in of_terms.rows:
        if row.entries is not None:
            counted[asked[row.place]] = row.entries
        if row.seen:
            facts.visible.add(asked[row.place])
    facts.counts |= counted
    return counted
